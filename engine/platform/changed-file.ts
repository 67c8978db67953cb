/** The Problem of a file that holds something else than when it was opened; the same words from every Host. */
import type { Problem } from '../base/problem.ts';
import { problem } from '../base/problem.ts';

/** For the file called `name`, which was left as it is. */
export function changedFile(name: string): Problem {
  return problem('file/changed', `“${name}” was changed since it was opened here.`, {
    hint: 'Save under another name to keep both, or replace the file.',
    at: { path: name },
  });
}
