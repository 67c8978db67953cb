/** Writing a file whole or not at all: temporary file, sync, rename, sync of the folder. */
import { basename, dirname, join } from 'node:path';
import type { FileSystem } from '../../engine/platform/file-system.ts';
import { isFileError } from '../../engine/platform/file-system.ts';
import type { RandomSource } from '../../engine/platform/seams.ts';

const temporaryName = /^\.(.+)\.[0-9a-f]{16}\.part$/;

/** Replaces the content of `path`. When it rejects, the old content is untouched; when it resolves, the new one is safe. */
export async function writeAtomically(
  files: FileSystem,
  random: RandomSource,
  path: string,
  bytes: Uint8Array,
): Promise<void> {
  const folder = dirname(path);
  const temporary = join(folder, `.${basename(path)}.${hex(random.bytes(8))}.part`);
  try {
    await writeSynced(files, temporary, bytes);
    await files.rename(temporary, path);
  } catch (error) {
    await files.remove(temporary).catch(() => undefined);
    throw error;
  }
  await files.syncFolder(folder);
}

/** Removes what interrupted writes left behind in a folder. */
export async function sweepTemporaryFiles(files: FileSystem, folder: string): Promise<void> {
  const names = await files.list(folder).catch((error: unknown) => {
    if (isFileError(error, 'notFound')) return [];
    throw error;
  });
  for (const name of names) {
    if (temporaryName.test(name)) await files.remove(join(folder, name)).catch(() => undefined);
  }
}

async function writeSynced(files: FileSystem, path: string, bytes: Uint8Array): Promise<void> {
  const file = await files.create(path);
  try {
    await file.write(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Bytes as hexadecimal digits. */
export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
