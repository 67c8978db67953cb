/** One line over the canvas while the first example runs and nothing was edited yet. */
import { useDocument, useRun } from '../stores/services.ts';
import { factor } from './figures.ts';

export function RunHint() {
  const untouched = useDocument(
    (state) => state.history.length === 0 && Object.keys(state.document.elements).length > 0,
  );
  const words = useRun(({ progress }) => {
    if (progress.state === 'running') return `Running · ${factor(progress.realTimeFactor)} real time · Space to pause`;
    return progress.state === 'paused' ? 'Paused · Space to go on' : undefined;
  });
  return untouched && words !== undefined ? (
    <p className="run-hint" data-testid="run-hint">
      {words}
    </p>
  ) : null;
}
