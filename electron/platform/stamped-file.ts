/** Files with the stamp of their content, so that nobody's newer work is written over unseen. */
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { problem } from '../../engine/base/problem.ts';
import { failed, ok } from '../../engine/base/result.ts';
import type { Result } from '../../engine/base/result.ts';
import type { FileSystem } from '../../engine/platform/file-system.ts';
import { isFileError } from '../../engine/platform/file-system.ts';
import type { FileStamp } from '../../engine/platform/host.ts';
import type { RandomSource } from '../../engine/platform/seams.ts';
import { writeAtomically } from './atomic-write.ts';
import { fileResult, largestFile } from './file-problems.ts';

/** The stamp of a content. */
export function stampOf(bytes: Uint8Array): FileStamp {
  return createHash('sha256').update(bytes).digest('hex');
}

export interface Stamped {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly stamp: FileStamp;
}

/** The whole file at `path`. */
export function readStamped(files: FileSystem, path: string): Promise<Result<Stamped>> {
  return fileResult('read', basename(path), async () => {
    const bytes = await files.read(path, largestFile);
    return { bytes, stamp: stampOf(bytes) };
  });
}

/**
 * Replaces the file at `path`. With `expected`, a file that holds something else is left alone (`file/changed`); one that
 * is gone is written anew.
 */
export async function writeStamped(
  files: FileSystem,
  random: RandomSource,
  path: string,
  bytes: Uint8Array,
  expected?: FileStamp,
): Promise<Result<FileStamp>> {
  const name = basename(path);
  const present = expected === undefined ? ok(undefined) : await presentStamp(files, path);
  if (!present.ok) return present;
  if (present.value !== undefined && present.value !== expected && present.value !== stampOf(bytes)) {
    return failed(
      problem('file/changed', `“${name}” was changed since it was opened here.`, {
        hint: 'Save under another name to keep both, or replace the file.',
        at: { path: name },
      }),
    );
  }
  return fileResult('write', name, async () => {
    await writeAtomically(files, random, path, bytes);
    return stampOf(bytes);
  });
}

/** undefined when there is no file. */
function presentStamp(files: FileSystem, path: string): Promise<Result<FileStamp | undefined>> {
  return fileResult('write', basename(path), async () => {
    try {
      return stampOf(await files.read(path, largestFile));
    } catch (error) {
      if (isFileError(error, 'notFound')) return undefined;
      throw error;
    }
  });
}
