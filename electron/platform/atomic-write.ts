/** Writing a file whole or not at all: temporary file, sync, rename, sync of the folder. */
import { basename, dirname, join } from 'node:path';
import type { FileSystem } from '../../engine/platform/file-system.ts';
import { FileError, isFileError } from '../../engine/platform/file-system.ts';
import type { RandomSource } from '../../engine/platform/seams.ts';

/** Name, process that writes it, random digits: `.net.spikeloom.4711-0a1b2c3d-0a1b2c3d.0123456789abcdef.part`. */
const temporaryName = /^\..*\.(\d+-[0-9a-f]{8}-[0-9a-f]{8})\.[0-9a-f]{16}\.part$/;
/** Of the file's name, so much stands in the temporary one: names must not become too long for the disk. */
const shownCharacters = 40;

/** A content that is safe on disk beside the file whose content it may become. */
export interface PreparedFile {
  /** Puts the content in the place of the file. When it resolves, it is safe; when it rejects, the file has the old content or the new. */
  replace(): Promise<void>;
  /** As `replace`, but rejects with `exists` when there is a file by now. */
  add(): Promise<void>;
  discard(): Promise<void>;
}

/** Replaces the content of `path`. When it resolves, the new one is safe; when it rejects, the old or the new one is there, whole. */
export async function writeAtomically(
  files: FileSystem,
  random: RandomSource,
  path: string,
  bytes: Uint8Array,
): Promise<void> {
  const prepared = await prepareFile(files, random, path, bytes);
  await prepared.replace();
}

/** Writes the content of `path` beside it. Leaves nothing when it rejects. */
export async function prepareFile(
  files: FileSystem,
  random: RandomSource,
  path: string,
  bytes: Uint8Array,
): Promise<PreparedFile> {
  const folder = dirname(path);
  const shown = [...basename(path)].slice(0, shownCharacters).join('');
  const temporary = join(folder, `.${shown}.${files.processes.own}.${hex(random.bytes(8))}.part`);
  const discard = (): Promise<void> => files.remove(temporary).catch(() => undefined);

  async function orDiscard(operation: () => Promise<void>): Promise<void> {
    try {
      await operation();
    } catch (error) {
      await discard();
      throw error;
    }
  }

  await orDiscard(() => writeSynced(files, temporary, bytes));
  return {
    discard,
    async replace() {
      await orDiscard(() => files.rename(temporary, path));
      await files.syncFolder(folder);
    },
    async add() {
      await orDiscard(() => addName(files, temporary, path));
      await files.syncFolder(folder);
    },
  };
}

/**
 * Removes what interrupted writes left behind in a folder; never rejects. Files of a process that still runs are left
 * alone: it may be writing them now.
 */
export async function sweepTemporaryFiles(files: FileSystem, folder: string): Promise<void> {
  const names = await files.list(folder).catch(() => []);
  for (const name of names) {
    const [, writer] = temporaryName.exec(name) ?? [];
    if (writer === undefined || files.processes.isRunning(writer)) continue;
    await files.remove(join(folder, name)).catch(() => undefined);
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

async function addName(files: FileSystem, from: string, to: string): Promise<void> {
  try {
    await files.link(from, to);
  } catch (error) {
    if (isFileError(error, 'exists')) throw error;
    // Some disks know no second names.
    if (await isThere(files, to)) throw new FileError('exists', `${to} exists`);
    return files.rename(from, to);
  }
  await files.remove(from).catch(() => undefined);
}

async function isThere(files: FileSystem, path: string): Promise<boolean> {
  try {
    await files.status(path);
    return true;
  } catch (error) {
    if (isFileError(error, 'notFound')) return false;
    throw error;
  }
}

/** The whole file; undefined when there is none. */
export async function readIfPresent(
  files: FileSystem,
  path: string,
  maximumBytes: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return await files.read(path, maximumBytes);
  } catch (error) {
    if (isFileError(error, 'notFound')) return undefined;
    throw error;
  }
}

/** Bytes as hexadecimal digits. */
export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
