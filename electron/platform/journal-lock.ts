/**
 * Lock of a journal among processes: one file that names its owner. Whoever changes it first moves it to a name of its own,
 * which only one process can do; the lock of a process that is gone counts for nothing.
 */
import { basename, join } from 'node:path';
import { FileError, isFileError } from '../../engine/platform/file-system.ts';
import type { FileSystem } from '../../engine/platform/file-system.ts';
import type { Clock, RandomSource } from '../../engine/platform/seams.ts';
import { hex, prepareFile, readIfPresent } from './atomic-write.ts';
import type { PreparedFile } from './atomic-write.ts';

const maximumBytes = 1 << 12;
const ownerLine = /^(\S+) [0-9a-f]{16}\n$/;
/** How often, and how many milliseconds apart, it is looked again while another process is at work on the lock. */
const looks = 200;
const pause = 10;

/** The lock is another process's by now. */
export class TakenError extends Error {
  constructor() {
    super('another process has the journal');
    this.name = 'TakenError';
  }
}

/** Operations on one lock must not overlap within a process. They reject with FileError. */
export interface JournalLock {
  /**
   * Gets the lock; false when a running process has it and `take` is not set. `onGot` is called, before anybody else can get
   * it, when this one did not have it before; with true when it is taken from a process that may still write.
   */
  claim(take: boolean, onGot: (contested: boolean) => Promise<void>): Promise<boolean>;
  /** Rejects with TakenError when the lock is not this one's. */
  check(): Promise<void>;
  /** Runs the operation while nobody else can get the lock; rejects with TakenError when it is not this one's. */
  alone(operation: () => Promise<void>): Promise<void>;
  release(): Promise<void>;
}

/** Removes locks that were not finished by processes that are gone. Never rejects. */
export async function sweepLocks(files: FileSystem, folder: string): Promise<void> {
  const names = await files.list(folder).catch(() => []);
  for (const name of names.filter((one) => one.endsWith('.new') && movedName.test(one))) {
    if (!files.processes.isRunning(processOf(name))) await files.remove(join(folder, name)).catch(() => undefined);
  }
}

/** Whether the lock files among `names` show that another running process has the journal `id`. */
export async function isLockedElsewhere(
  files: FileSystem,
  folder: string,
  id: string,
  names: readonly string[],
): Promise<boolean> {
  if (holders(names, id).some((name) => isElsewhere(files, processOf(name)))) return true;
  return (
    names.includes(`${id}.lock`) && isElsewhere(files, ownerOf(await contentOf(files, join(folder, `${id}.lock`))))
  );
}

/** The lock of the journal `id` in `folder`. */
export function createJournalLock(
  files: FileSystem,
  random: RandomSource,
  clock: Clock,
  folder: string,
  id: string,
): JournalLock {
  return new LockFile(files, random, clock, folder, id);
}

class LockFile implements JournalLock {
  readonly #files: FileSystem;
  readonly #random: RandomSource;
  readonly #clock: Clock;
  readonly #folder: string;
  readonly #id: string;
  readonly #path: string;
  /** Content of the lock when it is this one's. */
  readonly #mine: string;
  /** Whether there may be a lock to release. */
  #claimed = false;

  constructor(files: FileSystem, random: RandomSource, clock: Clock, folder: string, id: string) {
    [this.#files, this.#random, this.#clock, this.#folder, this.#id] = [files, random, clock, folder, id];
    this.#path = join(folder, `${id}.lock`);
    this.#mine = `${files.processes.own} ${hex(random.bytes(8))}\n`;
  }

  async claim(take: boolean, onGot: (contested: boolean) => Promise<void>): Promise<boolean> {
    for (let look = 0; look < looks; look += 1) {
      const got = await this.#tryClaim(take, onGot);
      this.#claimed ||= got === true;
      if (got !== undefined) return got;
      await this.#clock.wait(pause);
    }
    throw this.#busy();
  }

  async check(): Promise<void> {
    let missed = 0;
    for (let look = 0; look < looks && missed < 3; look += 1) {
      const present = await contentOf(this.#files, this.#path);
      if (present === this.#mine) return;
      if (present !== undefined) break;
      // Between the two looks it may have come back.
      missed = (await this.#isMoving()) ? 0 : missed + 1;
    }
    throw new TakenError();
  }

  async alone(operation: () => Promise<void>): Promise<void> {
    // Another one's lock is not moved: its owner would have to wait for it.
    await this.check();
    const grabbed = await this.#grabAnywhere();
    if (grabbed === undefined) throw new TakenError();
    try {
      if ((await contentOf(this.#files, grabbed.holder)) !== this.#mine) throw new TakenError();
      await operation();
    } finally {
      await this.#files.rename(grabbed.holder, this.#path);
    }
  }

  async release(): Promise<void> {
    if (!this.#claimed) return;
    await this.#removeMine();
    for (const name of await this.#held()) {
      if (processOf(basename(name)) === this.#files.processes.own) await this.#files.remove(name);
    }
    this.#claimed = false;
  }

  /** One attempt; undefined when another process was faster. */
  async #tryClaim(take: boolean, onGot: (contested: boolean) => Promise<void>): Promise<boolean | undefined> {
    const present = await contentOf(this.#files, this.#path);
    if (present === this.#mine) return true;
    if (!take && (await this.#isHadElsewhere(present))) return false;
    const grabbed = await this.#grabAnywhere();
    if (grabbed === undefined) {
      if (!(await this.#make())) return undefined;
      await onGot(false);
      return true;
    }
    const { holder, abandoned } = grabbed;
    const contested = isElsewhere(this.#files, ownerOf(await contentOf(this.#files, holder)));
    if (contested && !take && !abandoned) {
      await this.#files.rename(holder, this.#path);
      return false;
    }
    await this.#install(holder, () => onGot(contested));
    return true;
  }

  async #isHadElsewhere(present: string | undefined): Promise<boolean> {
    if (present !== undefined) return isElsewhere(this.#files, ownerOf(present));
    return (await this.#held()).some((name) => this.#isAtWork(name));
  }

  /** Paths under which the lock is at present moved aside. */
  async #held(): Promise<string[]> {
    return holders(await this.#files.list(this.#folder), this.#id).map((name) => join(this.#folder, name));
  }

  #isAtWork(holder: string): boolean {
    return isElsewhere(this.#files, processOf(basename(holder)));
  }

  #busy(): FileError {
    return new FileError('other', `${this.#path} is in use by another process`);
  }

  /** Moves the lock aside from the name it has; undefined when somebody else was faster. */
  async #grab(from: string): Promise<string | undefined> {
    const own = `${this.#id}.${this.#files.processes.own}.${hex(this.#random.bytes(8))}.held`;
    const holder = join(this.#folder, own);
    try {
      await this.#files.rename(from, holder);
      return holder;
    } catch (error) {
      if (isFileError(error, 'notFound')) return undefined;
      throw error;
    }
  }

  /**
   * Moves the lock aside from wherever it is, once no other process is at work on it; undefined when there is none.
   * `abandoned`: by a process that died at work; whoever had the lock before may have lost it.
   */
  async #grabAnywhere(): Promise<{ holder: string; abandoned: boolean } | undefined> {
    for (let look = 0; look < looks; look += 1) {
      const names = await this.#held();
      if (names.some((name) => this.#isAtWork(name))) {
        await this.#clock.wait(pause);
        continue;
      }
      const holder = await this.#grab(this.#path);
      if (holder !== undefined) return { holder, abandoned: false };
      const [left] = names;
      if (left === undefined) return undefined;
      const found = await this.#grab(left);
      if (found !== undefined) return { holder: found, abandoned: true };
    }
    throw this.#busy();
  }

  #prepare(): Promise<PreparedFile> {
    return prepareFile(this.#files, this.#random, this.#path, new TextEncoder().encode(this.#mine));
  }

  /**
   * Makes the lock; false when there is one by now, or another process is before this one. It comes under a name of its own
   * first, so that of two that make one at the same time each sees the other, and the first by name goes on.
   */
  async #make(): Promise<boolean> {
    const name = `${this.#id}.${this.#files.processes.own}.${hex(this.#random.bytes(8))}.new`;
    const made = join(this.#folder, name);
    try {
      await this.#write(made);
      for (let look = 0; look < looks; look += 1) {
        const names = await this.#files.list(this.#folder);
        const rivals = rivalsOf(names, this.#id).filter((rival) => isElsewhere(this.#files, processOf(rival)));
        if (names.includes(`${this.#id}.lock`) || holders(names, this.#id).length > 0) return false;
        if (rivals.some((rival) => rival < name)) return false;
        if (rivals.length === 0) {
          await this.#files.rename(made, this.#path);
          return true;
        }
        await this.#clock.wait(pause);
      }
      throw this.#busy();
    } finally {
      await this.#files.remove(made).catch(() => undefined);
    }
  }

  async #write(path: string): Promise<void> {
    const file = await this.#files.create(path);
    try {
      await file.write(new TextEncoder().encode(this.#mine));
    } finally {
      await file.close();
    }
  }

  /** Puts the own lock in the place of the one that was moved aside. */
  async #install(holder: string, onGot: () => Promise<void>): Promise<void> {
    try {
      await onGot();
      await (await this.#prepare()).replace();
    } finally {
      // Never put back: its owner may write into a file that nobody reads by now.
      await this.#files.remove(holder).catch(() => undefined);
    }
    for (const left of await this.#held()) {
      if (!this.#isAtWork(left)) await this.#files.remove(left).catch(() => undefined);
    }
  }

  /** Whether the lock is moved aside and may come back; one that this process could not put back is put back now. */
  async #isMoving(): Promise<boolean> {
    const names = await this.#held();
    for (const name of names.filter((held) => processOf(basename(held)) === this.#files.processes.own)) {
      if ((await contentOf(this.#files, name)) !== this.#mine) continue;
      await this.#files.rename(name, this.#path);
      return true;
    }
    const moving = names.some((name) => this.#isAtWork(name));
    if (moving) await this.#clock.wait(pause);
    return moving;
  }

  /** Removes the own lock, and no other one. */
  async #removeMine(): Promise<void> {
    const holder = await this.#grab(this.#path);
    if (holder === undefined) return;
    const content = await contentOf(this.#files, holder).catch(() => undefined);
    if (content === this.#mine) await this.#files.remove(holder);
    else await this.#files.rename(holder, this.#path);
  }
}

const movedName = /^([^.]+)\.(\d+-[0-9a-f]{8}-[0-9a-f]{8})\.[0-9a-f]{16}\.(held|new)$/;

/** Names under which the lock of the journal is moved aside. */
function holders(names: readonly string[], id: string): string[] {
  return names.filter((name) => name.endsWith('.held') && movedName.exec(name)?.[1] === id);
}

/** Names under which a lock of the journal is being made. */
function rivalsOf(names: readonly string[], id: string): string[] {
  return names.filter((name) => name.endsWith('.new') && movedName.exec(name)?.[1] === id);
}

/** Whether the process runs and is not this one. */
function isElsewhere(files: FileSystem, owner: string | undefined): boolean {
  return owner !== undefined && owner !== files.processes.own && files.processes.isRunning(owner);
}

/** The process that moved the lock aside or makes one. */
function processOf(moved: string): string {
  return movedName.exec(moved)?.[2] ?? '';
}

async function contentOf(files: FileSystem, path: string): Promise<string | undefined> {
  const bytes = await readIfPresent(files, path, maximumBytes);
  return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
}

/** The process named in a lock; undefined when the lock is damaged, as a loss of power may leave it. */
function ownerOf(content: string | undefined): string | undefined {
  return content === undefined ? undefined : ownerLine.exec(content)?.[1];
}
