/** A FileSystem in memory for tests: fails or stops at a chosen call, is shared by processes, and forgets what was not synced. */
import { FileError } from '../../engine/platform/file-system.ts';
import type { FileErrorKind, FileSystem, OpenFile } from '../../engine/platform/file-system.ts';
import { createMemoryDisk } from './memory-disk.test-support.ts';
import type { Choose, Inode, MemoryDisk } from './memory-disk.test-support.ts';

/** What can happen to a call: an error, half a write and then an error, or the end of the process before, amid or after it. */
export const faults = ['EIO', 'ENOSPC', 'EACCES', 'short', 'crash before', 'crash amid', 'crash after'] as const;
export type Fault = (typeof faults)[number];

export interface MemoryFileSystem extends FileSystem {
  /** Call number `call` (from 0) meets the fault, and all later ones when `forever`. Usually the disk is full. */
  failAt(call: number, options?: { readonly forever?: boolean; readonly fault?: Fault }): void;
  readonly calls: number;
  /** Whether the fault was met. */
  readonly failed: boolean;
  /** Resolves when the process crashed. Its calls never end from then on. */
  readonly gone: Promise<void>;
  crash(): void;
  /** Waits before each call; for tests that choose the order of calls. */
  pause: () => Promise<void>;
  /** Contents by path, as a process would see them. */
  contents(): Map<string, string>;
  /** Another process on the same disk. */
  otherProcess(): MemoryFileSystem;
  /** A new process after a loss of power; without `choose`, all that was not synced is lost. */
  afterPowerLoss(choose?: Choose): MemoryFileSystem;
}

const errors: Readonly<Record<Exclude<Fault, `crash ${string}`>, FileErrorKind>> = {
  EIO: 'other',
  ENOSPC: 'full',
  EACCES: 'notAllowed',
  short: 'full',
};

/** An empty file system, or one with the given files, all of them synced. */
export function createMemoryFileSystem(initial: Readonly<Record<string, string>> = {}): MemoryFileSystem {
  const bytes = Object.entries(initial).map(([path, text]) => [path, new TextEncoder().encode(text)] as const);
  return processOn(createMemoryDisk(new Map(bytes)), new Set());
}

/** Names of processes count up, so that no two tests see the same. */
let processes = 0;

function processOn(disk: MemoryDisk, running: Set<string>): MemoryFileSystem {
  const own = `${++processes}-00000000-00000000`;
  running.add(own);
  let calls = 0;
  let failing = { from: Infinity, to: Infinity, fault: 'ENOSPC' as Fault };
  let failed = false;
  let reportGone = (): void => undefined;
  const gone = new Promise<void>((resolve) => (reportGone = resolve));
  const forever = new Promise<never>(() => undefined);

  function crash(): void {
    running.delete(own);
    reportGone();
  }

  /** One call: `effect` is the whole of it, `half` what a fault amid it leaves. */
  async function call<T>(effect: () => T, half: () => unknown = () => undefined): Promise<T> {
    await view.pause();
    if (!running.has(own)) return forever;
    const number = calls++;
    if (number < failing.from || number >= failing.to) return effect();
    failed = true;
    const { fault } = failing;
    if (fault === 'short' || fault === 'crash amid') half();
    if (fault === 'crash after') effect();
    if (fault in errors) throw new FileError(errors[fault as keyof typeof errors], `${fault} at call ${number}`);
    crash();
    return forever;
  }

  function openFile(inode: Inode): OpenFile {
    return {
      write: (bytes) =>
        call(
          () => disk.append(inode, bytes),
          () => disk.append(inode, bytes.subarray(0, bytes.length >> 1)),
        ),
      sync: () => call(() => void (inode.synced = inode.bytes.length)),
      close: () => call(() => undefined),
    };
  }

  const view: MemoryFileSystem = {
    pause: async () => undefined,
    processes: { own, isRunning: (name) => running.has(name) },
    get calls() {
      return calls;
    },
    get failed() {
      return failed;
    },
    gone,
    crash,
    failAt(number, { forever: always = false, fault = 'ENOSPC' } = {}) {
      failed = false;
      failing = { from: calls + number, to: always ? Infinity : calls + number + 1, fault };
    },
    contents: () => new Map([...disk.files].map(([path, { bytes }]) => [path, new TextDecoder().decode(bytes)])),
    otherProcess: () => processOn(disk, running),
    afterPowerLoss: (choose) => processOn(disk.afterPowerLoss(choose), new Set()),
    read: (path, maximumBytes) =>
      call(() => {
        const { bytes } = disk.find(path);
        if (bytes.length > maximumBytes) throw new FileError('tooLarge', `${path} is too large`);
        return bytes.slice();
      }),
    create: (path) =>
      call(() => {
        if (disk.files.has(path)) throw new FileError('exists', `${path} exists`);
        return openFile(disk.make(path));
      }),
    openForAppend: (path) => call(() => openFile(disk.files.get(path) ?? disk.make(path))),
    link: (from, to) => call(() => disk.link(from, to)),
    rename: (from, to) => call(() => disk.rename(from, to)),
    remove: (path) => call(() => disk.remove(path)),
    status: (path) =>
      call(() => {
        const { bytes, modifiedAt } = disk.find(path);
        return { bytes: bytes.length, modifiedAt };
      }),
    list: (path) => call(() => disk.list(path)),
    makeFolder: (path) => call(() => disk.makeFolder(path)),
    syncFolder: (path) => call(() => disk.syncFolder(path)),
  };
  return view;
}
