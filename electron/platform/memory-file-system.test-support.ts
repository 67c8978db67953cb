/** A FileSystem in memory for tests, which fails or stops at a chosen call and forgets what was not synced. */
import { dirname } from 'node:path';
import { FileError } from '../../engine/platform/file-system.ts';
import type { FileSystem, OpenFile } from '../../engine/platform/file-system.ts';

export interface MemoryFileSystem extends FileSystem {
  /** Fails call number `call` (from 0), and all later ones when `forever`; a `short` write writes half first. */
  failAt(call: number, options?: { readonly forever?: boolean; readonly short?: boolean }): void;
  readonly calls: number;
  /** Contents by path, as a process would see them. */
  contents(): Map<string, string>;
  /** The same files after a loss of power: only what was synced remains. */
  afterPowerLoss(): MemoryFileSystem;
}

interface Content {
  bytes: Uint8Array<ArrayBuffer>;
  /** Length that survives a loss of power. */
  synced: number;
  /** Counts calls, in place of a time. */
  modifiedAt: number;
}

/** An empty file system, or one with the given files, all of them synced. */
export function createMemoryFileSystem(initial: Readonly<Record<string, string>> = {}): MemoryFileSystem {
  const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
  const files = new Map<string, Content>();
  for (const [path, text] of Object.entries(initial))
    files.set(path, { bytes: encode(text), synced: encode(text).length, modifiedAt: 0 });
  /** Names that survive a loss of power. */
  let durable = new Map(files);
  let calls = 0;
  let failing = { from: Infinity, to: Infinity, short: false };

  const fails = (): boolean => {
    const call = calls++;
    return call >= failing.from && call < failing.to;
  };
  function step(): void {
    if (fails()) throw new FileError('full', 'the disk is full');
  }
  function find(path: string): Content {
    const content = files.get(path);
    if (content === undefined) throw new FileError('notFound', `${path} does not exist`);
    return content;
  }
  function openFile(content: Content): OpenFile {
    return {
      write: async (bytes) => {
        const failed = fails();
        const part =
          failed && !failing.short
            ? bytes.subarray(0, 0)
            : bytes.subarray(0, failed ? bytes.length >> 1 : bytes.length);
        content.bytes = new Uint8Array([...content.bytes, ...part]);
        content.modifiedAt = calls;
        if (failed) throw new FileError('full', 'the disk is full');
      },
      sync: async () => {
        step();
        content.synced = content.bytes.length;
      },
      close: async () => step(),
    };
  }
  function make(path: string): Content {
    const content = { bytes: new Uint8Array(), synced: 0, modifiedAt: calls };
    files.set(path, content);
    return content;
  }

  return {
    get calls() {
      return calls;
    },
    failAt(call, options = {}) {
      failing = {
        from: calls + call,
        to: options.forever === true ? Infinity : calls + call + 1,
        short: options.short === true,
      };
    },
    contents: () => new Map([...files].map(([path, content]) => [path, new TextDecoder().decode(content.bytes)])),
    afterPowerLoss: () =>
      createMemoryFileSystem(
        Object.fromEntries(
          [...durable].map(([path, content]) => [
            path,
            new TextDecoder().decode(content.bytes.subarray(0, content.synced)),
          ]),
        ),
      ),
    read: async (path, maximumBytes) => {
      step();
      const { bytes } = find(path);
      if (bytes.length > maximumBytes) throw new FileError('tooLarge', `${path} is too large`);
      return bytes.slice();
    },
    create: async (path) => {
      step();
      if (files.has(path)) throw new FileError('exists', `${path} exists`);
      return openFile(make(path));
    },
    openForAppend: async (path) => {
      step();
      return openFile(files.get(path) ?? make(path));
    },
    rename: async (from, to) => {
      step();
      files.set(to, find(from));
      files.delete(from);
    },
    remove: async (path) => {
      step();
      find(path);
      files.delete(path);
    },
    status: async (path) => {
      step();
      return { bytes: find(path).bytes.length, modifiedAt: find(path).modifiedAt };
    },
    list: async (path) => {
      step();
      return [...files.keys()].filter((file) => dirname(file) === path).map((file) => file.slice(path.length + 1));
    },
    makeFolder: async () => step(),
    syncFolder: async () => {
      step();
      durable = new Map(files);
    },
  };
}
