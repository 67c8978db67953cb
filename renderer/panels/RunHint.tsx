/** One line over the canvas while the first example runs and nothing was edited yet. */
import { useCommandKeys } from '../commands/use-command-keys.ts';
import { useDocument, useRun } from '../stores/services.ts';
import { printKeys } from '../ui/Kbd.tsx';
import { factor } from './figures.ts';

export function RunHint() {
  const untouched = useDocument(
    (state) => state.history.length === 0 && Object.keys(state.document.elements).length > 0,
  );
  const keys = useCommandKeys('run.toggle');
  const press = keys === undefined ? '' : ` · ${printKeys(keys)} to `;
  const words = useRun(({ progress }) => {
    if (progress.state === 'running')
      return `Running · ${factor(progress.realTimeFactor)} real time${press && `${press}pause`}`;
    return progress.state === 'paused' ? `Paused${press && `${press}go on`}` : undefined;
  });
  return untouched && words !== undefined ? (
    <p className="run-hint" data-testid="run-hint">
      {words}
    </p>
  ) : null;
}
