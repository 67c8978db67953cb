/** A disk in memory that knows what survives a loss of power: unsynced writes may be lost, torn or out of order, unsynced names undone. */
import { basename, dirname } from 'node:path';
import { FileError } from '../../engine/platform/file-system.ts';

/** A whole number from 0 to `count - 1`. */
export type Choose = (count: number) => number;

export interface Inode {
  bytes: Uint8Array<ArrayBuffer>;
  /** Length of what survives a loss of power for certain; writes only append. */
  synced: number;
  /** Counts changes of the disk, in place of a time. */
  modifiedAt: number;
}

/** A change of names that survives only when it is synced or by chance. */
interface NameChange {
  readonly folder: string;
  apply(names: Map<string, Inode>): void;
}

export interface MemoryDisk {
  readonly files: ReadonlyMap<string, Inode>;
  isFolder(path: string): boolean;
  makeFolder(path: string): void;
  /** Names of the entries of a folder. */
  list(folder: string): string[];
  find(path: string): Inode;
  make(path: string): Inode;
  link(from: string, to: string): void;
  rename(from: string, to: string): void;
  remove(path: string): void;
  append(inode: Inode, bytes: Uint8Array): void;
  syncFolder(folder: string): void;
  /** A disk as it may be found after a loss of power; without `choose`, all that was not synced is lost. */
  afterPowerLoss(choose?: Choose): MemoryDisk;
}

const sectorBytes = 16;

/** A disk with these files, all of them synced, and their folders. */
export function createMemoryDisk(initial: ReadonlyMap<string, Uint8Array<ArrayBuffer>>): MemoryDisk {
  const folders = new Set<string>(['/']);
  const files = new Map<string, Inode>();
  /** Names that survive a loss of power for certain. */
  const durable = new Map<string, Inode>();
  let unsynced: NameChange[] = [];
  let time = 0;

  function makeFolder(path: string): void {
    if (files.has(path)) throw new FileError('exists', `${path} is a file`);
    for (let folder = path; !folders.has(folder); folder = dirname(folder)) folders.add(folder);
  }
  function find(path: string): Inode {
    if (folders.has(path)) throw new FileError('other', `${path} is a folder`);
    const inode = files.get(path);
    if (inode === undefined) throw new FileError('notFound', `${path} does not exist`);
    return inode;
  }
  function change(path: string, apply: NameChange['apply']): void {
    const folder = dirname(path);
    if (!folders.has(folder)) throw new FileError('notFound', `${folder} does not exist`);
    apply(files);
    unsynced.push({ folder, apply });
  }

  for (const [path, bytes] of initial) {
    makeFolder(dirname(path));
    const inode = { bytes, synced: bytes.length, modifiedAt: 0 };
    files.set(path, inode);
    durable.set(path, inode);
  }

  return {
    files,
    isFolder: (path) => folders.has(path),
    makeFolder,
    list(folder) {
      if (files.has(folder)) throw new FileError('other', `${folder} is no folder`);
      if (!folders.has(folder)) throw new FileError('notFound', `${folder} does not exist`);
      const inside = [...files.keys(), ...folders].filter((path) => dirname(path) === folder && path !== '/');
      return inside.map((path) => basename(path));
    },
    find,
    make(path) {
      const inode = { bytes: new Uint8Array(), synced: 0, modifiedAt: ++time };
      if (folders.has(path)) throw new FileError('other', `${path} is a folder`);
      change(path, (names) => names.set(path, inode));
      return inode;
    },
    link(from, to) {
      const inode = find(from);
      if (files.has(to) || folders.has(to)) throw new FileError('exists', `${to} exists`);
      change(to, (names) => names.set(to, inode));
    },
    rename(from, to) {
      const inode = find(from);
      if (folders.has(to)) throw new FileError('other', `${to} is a folder`);
      change(to, (names) => {
        names.set(to, inode);
        if (names.get(from) === inode) names.delete(from);
      });
    },
    remove(path) {
      find(path);
      change(path, (names) => names.delete(path));
    },
    append(inode, bytes) {
      const joined = new Uint8Array(inode.bytes.length + bytes.length);
      joined.set(inode.bytes);
      joined.set(bytes, inode.bytes.length);
      inode.bytes = joined;
      inode.modifiedAt = ++time;
    },
    syncFolder(folder) {
      if (!folders.has(folder)) throw new FileError('notFound', `${folder} does not exist`);
      for (const { apply } of unsynced.filter((one) => one.folder === folder)) apply(durable);
      unsynced = unsynced.filter((one) => one.folder !== folder);
    },
    afterPowerLoss(choose) {
      const names = new Map(durable);
      for (const { apply } of unsynced) if (choose !== undefined && choose(2) === 1) apply(names);
      const left = createMemoryDisk(
        new Map([...names].map(([path, inode]) => [path, remains(inode, choose)] as const)),
      );
      for (const folder of folders) left.makeFolder(folder);
      return left;
    },
  };
}

/** What a loss of power leaves of a file: the synced part, and any sectors of the rest, zeros in the place of lost ones. */
function remains({ bytes, synced }: Inode, choose: Choose | undefined): Uint8Array<ArrayBuffer> {
  if (choose === undefined || bytes.length === synced) return bytes.slice(0, synced);
  const length = [synced, bytes.length, synced + choose(bytes.length - synced + 1)][choose(3)] as number;
  const left = bytes.slice(0, length);
  if (choose(2) === 0) return left;
  for (let at = synced; at < length; at += sectorBytes) {
    if (choose(2) === 0) left.fill(0, at, Math.min(at + sectorBytes, length));
  }
  return left;
}
