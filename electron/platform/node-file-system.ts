/** The FileSystem of Node. */
import { link, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { FileError } from '../../engine/platform/file-system.ts';
import type { FileErrorKind, FileSystem, OpenFile } from '../../engine/platform/file-system.ts';
import { nodeProcesses } from './node-processes.ts';

const ownerOnly = 0o600;

/** The files of this machine. */
export const nodeFileSystem: FileSystem = {
  processes: nodeProcesses,
  read: (path, maximumBytes) => translated(() => readWhole(path, maximumBytes)),
  create: (path) => translated(async () => openFile(await open(path, 'wx', ownerOnly))),
  openForAppend: (path) => translated(async () => openFile(await open(path, 'a', ownerOnly))),
  link: (from, to) => translated(() => link(from, to)),
  rename: (from, to) => translated(() => rename(from, to)),
  remove: (path) => translated(() => rm(path)),
  status: (path) => translated(() => statusOf(path)),
  list: (path) => translated(() => readdir(path)),
  makeFolder: (path) => translated(() => makeFolder(path)),
  syncFolder: (path) => translated(() => syncFolder(path)),
};

async function readWhole(path: string, maximumBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    if (size > maximumBytes)
      throw new FileError('tooLarge', `${path} has ${size} bytes; at most ${maximumBytes} can be read.`);
    return new Uint8Array(await handle.readFile());
  } finally {
    await handle.close();
  }
}

function openFile(handle: FileHandle): OpenFile {
  return {
    write: (bytes) => translated(() => handle.appendFile(bytes)),
    sync: () => translated(() => handle.sync()),
    close: () => translated(() => handle.close()),
  };
}

async function statusOf(path: string): Promise<{ bytes: number; modifiedAt: number }> {
  const { size, mtimeMs } = await stat(path);
  return { bytes: size, modifiedAt: mtimeMs };
}

async function makeFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true });
  if (first === undefined) return;
  // A new name is safe when the folder that it stands in is synced.
  for (let made = path; made.length >= first.length && made !== dirname(made); made = dirname(made)) {
    await syncFolder(dirname(made));
  }
}

async function syncFolder(path: string): Promise<void> {
  // Windows cannot open folders; renames there are durable by its journal.
  if (process.platform === 'win32') return;
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const kinds: Readonly<Record<string, FileErrorKind>> = {
  ENOENT: 'notFound',
  EEXIST: 'exists',
  EACCES: 'notAllowed',
  EPERM: 'notAllowed',
  EROFS: 'notAllowed',
  ENOSPC: 'full',
  EDQUOT: 'full',
};

async function translated<T>(operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    if (error instanceof FileError || !(error instanceof Error)) throw error;
    const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
    throw new FileError(kinds[code] ?? 'other', error.message);
  }
}
