/** What is wrong with the lines of a table: the first findings one by one, the rest by their number. */
import { problem, type Problem } from '../base/problem.ts';

/** Problems listed at most; further ones are only counted. */
const listed = 20;

/** Problems counted at most; then the rest of the file is not looked at. */
const counted = 10_000;

export interface Findings {
  /** Notes a problem; it is only made when it will be listed. */
  add(make: () => Problem): void;
  /** So many were found that looking further helps nobody. */
  full(): boolean;
  problems(): readonly Problem[];
}

/** No findings yet. */
export function createFindings(): Findings {
  const problems: Problem[] = [];
  let found = 0;
  return {
    add(make) {
      found += 1;
      if (found <= listed) problems.push(make());
    },
    full: () => found >= counted,
    problems() {
      if (found <= listed) return problems;
      const rest = found >= counted ? `More than ${counted - listed}` : String(found - listed);
      return [...problems, problem('csv/bad-cell', `${rest} more cells or lines are bad.`)];
    },
  };
}
