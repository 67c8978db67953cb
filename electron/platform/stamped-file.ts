/** Files with the stamp of their content, so that nobody's newer work is written over unseen. */
import { createHash } from 'node:crypto';
import { basename, dirname } from 'node:path';
import { failed, ok } from '../../engine/base/result.ts';
import type { Result } from '../../engine/base/result.ts';
import { changedFile } from '../../engine/platform/changed-file.ts';
import type { FileSystem } from '../../engine/platform/file-system.ts';
import { FileError, isFileError } from '../../engine/platform/file-system.ts';
import type { FileStamp } from '../../engine/platform/host.ts';
import type { RandomSource } from '../../engine/platform/seams.ts';
import { prepareFile, readIfPresent, sweepTemporaryFiles } from './atomic-write.ts';
import type { PreparedFile } from './atomic-write.ts';
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
 * is gone is written anew. The last look at the file is right before it is replaced: only a change between these two
 * calls, with nothing written in between, goes unseen.
 */
export async function writeStamped(
  files: FileSystem,
  random: RandomSource,
  path: string,
  bytes: Uint8Array,
  expected?: FileStamp,
): Promise<Result<FileStamp>> {
  const written = await fileResult('write', basename(path), async () => {
    refuseTooLarge(bytes);
    const stamp = stampOf(bytes);
    if (expected !== undefined && !(await holds(files, path, [expected, stamp]))) return undefined;
    const prepared = await prepareFile(files, random, path, bytes);
    if (expected !== undefined && !(await orDiscard(prepared, () => holds(files, path, [expected, stamp])))) {
      await prepared.discard();
      return undefined;
    }
    await prepared.replace();
    await sweepTemporaryFiles(files, dirname(path));
    return stamp;
  });
  if (!written.ok) return written;
  return written.value === undefined ? failed(changedFile(basename(path))) : ok(written.value);
}

/** Writes the file at `path`, which must not be there; undefined when it is. */
export function addStamped(
  files: FileSystem,
  random: RandomSource,
  path: string,
  bytes: Uint8Array,
): Promise<Result<FileStamp | undefined>> {
  return fileResult('write', basename(path), async () => {
    refuseTooLarge(bytes);
    const prepared = await prepareFile(files, random, path, bytes);
    try {
      await prepared.add();
    } catch (error) {
      if (isFileError(error, 'exists')) return undefined;
      throw error;
    }
    return stampOf(bytes);
  });
}

/** Whether the file has one of these contents or is gone. A file that is too large to be ours does not. */
async function holds(files: FileSystem, path: string, stamps: readonly FileStamp[]): Promise<boolean> {
  try {
    const bytes = await readIfPresent(files, path, largestFile);
    return bytes === undefined || stamps.includes(stampOf(bytes));
  } catch (error) {
    if (isFileError(error, 'tooLarge')) return false;
    throw error;
  }
}

async function orDiscard<T>(prepared: PreparedFile, operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    await prepared.discard();
    throw error;
  }
}

/** What could not be opened again is not written. */
function refuseTooLarge({ length }: Uint8Array): void {
  if (length > largestFile)
    throw new FileError('tooLarge', `${length} bytes; at most ${largestFile} can be opened again`);
}
