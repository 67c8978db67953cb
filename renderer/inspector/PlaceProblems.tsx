/** Problems of the element that no row shows: those of its inputs, its kind, its run. */
import type { Problem } from '../../engine/base/problem.ts';
import { Icon } from '../ui/icons.tsx';
import { tabOf } from './tab-problems.ts';

export function PlaceProblems({ problems }: { readonly problems: readonly Problem[] }) {
  const shown = problems.filter((found) => tabOf(found) === undefined);
  if (shown.length === 0) return null;
  return (
    <ul className="place-problems" aria-label="Problems">
      {shown.map((found, index) => (
        <li key={index} data-severity={found.severity}>
          <Icon name={found.severity === 'error' ? 'error' : 'warning'} size={14} />
          <span>
            {found.message} {found.hint}
          </span>
        </li>
      ))}
    </ul>
  );
}
