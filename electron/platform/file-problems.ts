/** Failed file operations as Problems that say what to do. */
import type { Problem } from '../../engine/base/problem.ts';
import { problem } from '../../engine/base/problem.ts';
import type { Result } from '../../engine/base/result.ts';
import { failed, ok } from '../../engine/base/result.ts';
import type { FileErrorKind } from '../../engine/platform/file-system.ts';
import { FileError } from '../../engine/platform/file-system.ts';

/** Largest file that is read: the limit of the project format. */
export const largestFile = 256 << 20;

const hints: Readonly<Record<FileErrorKind, string>> = {
  notFound: 'It may have been moved or removed; choose it again.',
  exists: 'Choose another name.',
  notAllowed: 'Choose a place that you may read and write.',
  full: 'Make room on the disk or choose another place.',
  tooLarge: 'Files of up to 256 MB can be opened.',
  other: 'Try again, or choose another place.',
};

/** The value of an operation on the file called `name`, or the Problem it failed with. Errors that are no FileError are bugs. */
export async function fileResult<T>(
  verb: 'read' | 'write',
  name: string,
  operation: () => Promise<T>,
): Promise<Result<T>> {
  try {
    return ok(await operation());
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return failed(fileProblem(verb, name, error));
  }
}

function fileProblem(verb: 'read' | 'write', name: string, error: FileError): Problem {
  const details = { hint: hints[error.kind], cause: error.message, at: { path: name } };
  if (error.kind === 'notFound' && verb === 'read')
    return problem('file/not-found', `“${name}” does not exist.`, details);
  return problem(`file/${verb}`, `“${name}” could not be ${verb === 'read' ? 'read' : 'saved'}.`, details);
}
