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
    }
    throw this.#busy();
  }

  async check(): Promise<void> {
    for (let look = 0; look < looks; look += 1) {
      const present = await contentOf(this.#files, this.#path);
      if (present === this.#mine) return;
      if (present !== undefined || !(await this.#isMoving())) break;
    }
    throw new TakenError();
  }

  async alone(operation: () => Promise<void>): Promise<void> {
    const holder = await this.#grabAnywhere();
    if (holder === undefined) throw new TakenError();
    try {
      if ((await contentOf(this.#files, holder)) !== this.#mine) throw new TakenError();
      await operation();
    } finally {
      await this.#files.rename(holder, this.#path);
    }
  }

  async release(): Promise<void> {
    if (this.#claimed) await this.#removeMine();
    this.#claimed = false;
  }

  /** One attempt; undefined when another process was faster. */
  async #tryClaim(take: boolean, onGot: (contested: boolean) => Promise<void>): Promise<boolean | undefined> {
    const present = await contentOf(this.#files, this.#path);
    if (present === this.#mine) return true;
    if (!take && (await this.#isHadElsewhere(present))) return false;
    const holder = await this.#grabAnywhere();
    if (holder === undefined) {
      if (!(await this.#make())) return undefined;
      await onGot(false);
      return true;
    }
    const contested = isElsewhere(this.#files, ownerOf(await contentOf(this.#files, holder)));
    if (contested && !take) {
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

  /** Moves the lock aside from wherever it is, once no other process is at work on it; undefined when there is none. */
  async #grabAnywhere(): Promise<string | undefined> {
    for (let look = 0; look < looks; look += 1) {
      const names = await this.#held();
      if (names.some((name) => this.#isAtWork(name))) {
        await this.#clock.wait(pause);
        continue;
      }
      const [left] = names;
      const holder = (await this.#grab(this.#path)) ?? (left === undefined ? undefined : await this.#grab(left));
      if (holder !== undefined || left === undefined) return holder;
    }
    throw this.#busy();
  }

  #prepare(): Promise<PreparedFile> {
    return prepareFile(this.#files, this.#random, this.#path, new TextEncoder().encode(this.#mine));
  }

  /** Makes the lock; false when somebody else has one by now. */
  async #make(): Promise<boolean> {
    const prepared = await this.#prepare();
    try {
      await prepared.add();
    } catch (error) {
      if (isFileError(error, 'exists')) return false;
      throw error;
    }
    // Somebody may have made one and moved it aside since it was looked for.
    const names = await this.#held();
    if (!names.some((name) => this.#isAtWork(name))) return (await contentOf(this.#files, this.#path)) === this.#mine;
    await this.#removeMine();
    return false;
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
    for (const name of names) {
      if (this.#isAtWork(name) || (await contentOf(this.#files, name)) !== this.#mine) continue;
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

const holderName = /^([^.]+)\.(\d+-[0-9a-f]{8}-[0-9a-f]{8})\.[0-9a-f]{16}\.held$/;

function holders(names: readonly string[], id: string): string[] {
  return names.filter((name) => holderName.exec(name)?.[1] === id);
}

/** Whether the process runs and is not this one. */
function isElsewhere(files: FileSystem, owner: string | undefined): boolean {
  return owner !== undefined && owner !== files.processes.own && files.processes.isRunning(owner);
}

/** The process that moved the lock aside. */
function processOf(holder: string): string {
  return holderName.exec(holder)?.[2] ?? '';
}

async function contentOf(files: FileSystem, path: string): Promise<string | undefined> {
  const bytes = await readIfPresent(files, path, maximumBytes);
  return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
}

/** The process named in a lock; undefined when the lock is damaged, as a loss of power may leave it. */
function ownerOf(content: string | undefined): string | undefined {
  return content === undefined ? undefined : ownerLine.exec(content)?.[1];
}
