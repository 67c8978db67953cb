/** One journal on disk: appended to and synced line by line; a torn last line, left by a crash, is cut off. */
import { dirname } from 'node:path';
import type { FileSystem, OpenFile } from '../../engine/platform/file-system.ts';
import { isFileError } from '../../engine/platform/file-system.ts';
import type { RandomSource } from '../../engine/platform/seams.ts';
import { writeAtomically } from './atomic-write.ts';

const maximumBytes = 1 << 29;

/** Operations must not overlap. They reject with FileError. */
export interface JournalFile {
  /** All whole lines; none when there is no file. */
  read(): Promise<readonly string[]>;
  /** Resolves when the lines are safe on disk. */
  append(lines: readonly string[]): Promise<void>;
  replace(lines: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** The journal at `path`, whose folder exists. */
export function createJournalFile(files: FileSystem, random: RandomSource, path: string): JournalFile {
  let file: OpenFile | undefined;

  async function close(): Promise<void> {
    const closing = file;
    file = undefined;
    await closing?.close();
  }

  async function replace(lines: readonly string[]): Promise<void> {
    await close();
    await writeAtomically(files, random, path, encode(lines));
  }

  async function openWhole(): Promise<OpenFile> {
    const { lines, torn } = await contentOf(files, path);
    if (torn) await replace(lines);
    const opened = await files.openForAppend(path);
    await files.syncFolder(dirname(path));
    return opened;
  }

  return {
    read: async () => (await contentOf(files, path)).lines,
    replace,
    close,
    async append(lines) {
      file ??= await openWhole();
      try {
        await file.write(encode(lines));
        await file.sync();
      } catch (error) {
        // How much was written is unknown: the next append looks at the file again.
        await close().catch(() => undefined);
        throw error;
      }
    },
  };
}

async function contentOf(files: FileSystem, path: string): Promise<{ lines: readonly string[]; torn: boolean }> {
  const bytes = await files.read(path, maximumBytes).catch((error: unknown) => {
    if (isFileError(error, 'notFound')) return new Uint8Array();
    throw error;
  });
  const lines = new TextDecoder().decode(bytes).split('\n');
  const rest = lines.pop();
  return { lines, torn: rest !== '' };
}

function encode(lines: readonly string[]): Uint8Array {
  return new TextEncoder().encode(lines.map((line) => `${line}\n`).join(''));
}
