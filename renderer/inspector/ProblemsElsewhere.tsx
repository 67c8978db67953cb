/** A line that tells on one tab of the inspector what is wrong on the other, and leads there. */
import type { Problem } from '../../engine/base/problem.ts';
import { useServices } from '../stores/services.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/icons.tsx';
import { problemsOfTab, type FieldTab } from './tab-problems.ts';

const places: Readonly<Record<FieldTab, string>> = { equations: 'In the equations', parameters: 'In the parameters' };

export function ProblemsElsewhere({ tab, problems }: { readonly tab: string; readonly problems: readonly Problem[] }) {
  const { session } = useServices();
  const other: FieldTab = tab === 'equations' ? 'parameters' : 'equations';
  const [worst, ...more] = tab === 'equations' || tab === 'parameters' ? problemsOfTab(problems, other) : [];
  if (worst === undefined) return null;
  return (
    <p className="problems-elsewhere" data-severity={worst.severity}>
      <Icon name={worst.severity === 'error' ? 'error' : 'warning'} size={14} />
      <span>
        {places[other]}: {worst.message}
        {more.length > 0 && ` And ${more.length} more.`}{' '}
        <Button look="link" onClick={() => session.getState().change({ inspectorTab: other })}>
          Show
        </Button>
      </span>
    </p>
  );
}
