/** One journal on disk: appended to and synced line by line. What was not acknowledged is cut off before anything follows it. */
import { dirname } from 'node:path';
import type { FileSystem, OpenFile } from '../../engine/platform/file-system.ts';
import type { RandomSource } from '../../engine/platform/seams.ts';
import { prepareFile, readIfPresent, writeAtomically } from './atomic-write.ts';

const maximumBytes = 1 << 29;
const lineEnd = 10;

/** Operations must not overlap. They reject with FileError. */
export interface JournalFile {
  /** All whole lines but those of an append that failed; none when there is no file. */
  read(): Promise<readonly string[]>;
  /** Resolves when the lines are safe on disk. When it rejects, they do not count, but may after a crash. */
  append(lines: readonly string[]): Promise<void>;
  replace(lines: readonly string[]): Promise<void>;
  /**
   * Begins anew with what is on disk. With `copy`, a copy takes the place of the file: a process that has it open writes into
   * the void from then on, and what it wrote before is in the copy.
   */
  reopen(copy: boolean): Promise<void>;
  close(): Promise<void>;
}

/** Who may write the journal, when there are others. */
export interface JournalGuard {
  /** Rejects when somebody else may. */
  check(): Promise<void>;
  /** Runs the operation while nobody else can come to write; rejects when somebody else may. */
  alone(operation: () => Promise<void>): Promise<void>;
}

/** The journal at `path`, whose folder exists. */
export function createJournalFile(
  files: FileSystem,
  random: RandomSource,
  path: string,
  guard: JournalGuard,
): JournalFile {
  return new GuardedJournal(files, random, path, guard);
}

class GuardedJournal implements JournalFile {
  readonly #files: FileSystem;
  readonly #random: RandomSource;
  readonly #path: string;
  readonly #guard: JournalGuard;
  #file: OpenFile | undefined;
  /** Bytes that were acknowledged; undefined when that is not known: all whole lines count then. */
  #safe: number | undefined;

  constructor(files: FileSystem, random: RandomSource, path: string, guard: JournalGuard) {
    [this.#files, this.#random, this.#path, this.#guard] = [files, random, path, guard];
  }

  async read(): Promise<readonly string[]> {
    const bytes = await this.#content();
    return new TextDecoder()
      .decode(bytes.subarray(0, this.#counting(bytes)))
      .split('\n')
      .slice(0, -1);
  }

  async append(lines: readonly string[]): Promise<void> {
    try {
      await this.#write(encode(lines));
    } catch (error) {
      // How much was written is unknown: the next append looks at the file again.
      await this.close().catch(() => undefined);
      throw error;
    }
  }

  async replace(lines: readonly string[]): Promise<void> {
    const bytes = encode(lines);
    await this.close().catch(() => undefined);
    const prepared = await prepareFile(this.#files, this.#random, this.#path, bytes);
    try {
      await this.#guard.alone(async () => {
        this.#safe = undefined;
        await prepared.replace();
        this.#safe = bytes.length;
      });
    } catch (error) {
      await prepared.discard();
      throw error;
    }
  }

  async reopen(copy: boolean): Promise<void> {
    this.#safe = undefined;
    await this.close().catch(() => undefined);
    if (copy) await this.#rewrite(await this.#content());
  }

  async close(): Promise<void> {
    const closing = this.#file;
    this.#file = undefined;
    await closing?.close();
  }

  async #write(bytes: Uint8Array): Promise<void> {
    const isNew = this.#file === undefined;
    const file = (this.#file ??= await this.#openSafe());
    // Who takes the journal over first says so and then makes a copy: this is the file that counts, or nobody reads it.
    if (isNew) await this.#guard.check();
    await file.write(bytes);
    await file.sync();
    await this.#guard.check();
    this.#safe = (this.#safe ?? 0) + bytes.length;
  }

  async #openSafe(): Promise<OpenFile> {
    const bytes = await this.#content();
    const kept = this.#counting(bytes);
    if (kept < bytes.length) await this.#guard.alone(() => this.#rewrite(bytes.subarray(0, kept)));
    this.#safe = kept;
    const opened = await this.#files.openForAppend(this.#path);
    await this.#files.syncFolder(dirname(this.#path));
    return opened;
  }

  /** How many bytes count: what is read is what the next append goes on from. */
  #counting(bytes: Uint8Array): number {
    return Math.min(this.#safe ?? Infinity, wholeLines(bytes));
  }

  async #content(): Promise<Uint8Array> {
    return (await readIfPresent(this.#files, this.#path, maximumBytes)) ?? new Uint8Array();
  }

  #rewrite(bytes: Uint8Array): Promise<void> {
    return writeAtomically(this.#files, this.#random, this.#path, bytes);
  }
}

/** Bytes of the whole lines before anything that a loss of power tore: it leaves zeros, which no line has. */
function wholeLines(bytes: Uint8Array): number {
  const zero = bytes.indexOf(0);
  return (zero === -1 ? bytes : bytes.subarray(0, zero)).lastIndexOf(lineEnd) + 1;
}

function encode(lines: readonly string[]): Uint8Array {
  return new TextEncoder().encode(lines.map((line) => `${line}\n`).join(''));
}
