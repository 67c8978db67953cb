/** What is wrong with a file or an operation, as sentences in its dialog. */
import type { Problem } from '../../engine/base/problem.ts';
import { Icon } from '../ui/icons.tsx';

interface SeriesProblemsProps {
  readonly title: string;
  readonly problems: readonly Problem[];
}

export function SeriesProblems({ title, problems }: SeriesProblemsProps) {
  if (problems.length === 0) return null;
  return (
    <div className="import-problems" role="alert">
      <p className="import-problems-title">
        <Icon name="error" size={14} /> {title}
      </p>
      <ul>
        {problems.slice(0, 6).map((found, index) => (
          <li key={index}>
            {found.message} {found.hint}
          </li>
        ))}
        {problems.length > 6 && <li>… and {problems.length - 6} more.</li>}
      </ul>
    </div>
  );
}
