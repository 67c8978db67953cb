/** Journals of all sessions: a file each, written by one process at a time, operations on one of them in turn, failures as Problems. */
import { join } from 'node:path';
import { problem } from '../../engine/base/problem.ts';
import type { Result } from '../../engine/base/result.ts';
import { failed, ok } from '../../engine/base/result.ts';
import type { FileSystem } from '../../engine/platform/file-system.ts';
import type { HostJournal, JournalSummary } from '../../engine/platform/host.ts';
import type { Clock, RandomSource } from '../../engine/platform/seams.ts';
import { sweepTemporaryFiles } from './atomic-write.ts';
import { createJournalFile } from './journal-file.ts';
import type { JournalFile } from './journal-file.ts';
import { createJournalLock, isLockedElsewhere, sweepLocks, TakenError } from './journal-lock.ts';
import type { JournalLock } from './journal-lock.ts';
import { journalsToRemove } from './old-journals.ts';
import { nodeClock } from './node-seams.ts';

/**
 * Journals on disk. A process writes those that it claimed; which of its pages may, is not asked here. `taken` in the list
 * means: by another process.
 */
export interface JournalStore extends Omit<HostJournal, 'onTaken' | 'release'> {
  release(id: string): Promise<Result<void>>;
  /** Resolves when what was begun is done, the files are closed and the journals are released. */
  close(): Promise<void>;
}

interface Journal {
  readonly file: JournalFile;
  readonly lock: JournalLock;
  last: Promise<unknown>;
}

const journalName = /^([A-Za-z0-9_-]+)\.jsonl$/;

/** Journals in `folder`. Ids must be checked by the caller: letters, digits, `-` and `_` only. */
export function createJournalStore(
  files: FileSystem,
  random: RandomSource,
  folder: string,
  clock: Clock = nodeClock,
): JournalStore {
  const turns = new JournalTurns(files, random, folder, clock);
  return {
    list: () =>
      attempt(
        'file/read',
        'The journals could not be listed.',
        turns.ready().then(() => listAll(files, folder)),
      ),
    claim: (id, take) =>
      attempt(
        'file/write',
        'The journal could not be taken into use.',
        turns.inTurn(id, ({ file, lock }) => lock.claim(take, (contested) => file.reopen(contested))),
      ),
    release: (id) => attempt('file/write', 'The journal could not be released.', turns.inTurn(id, release)),
    read: (id) =>
      attempt(
        'file/read',
        'The journal could not be read.',
        turns.inTurn(id, ({ file }) => file.read()),
      ),
    append: (id, lines) =>
      attempt(
        'file/write',
        'The last edits could not be written to the journal.',
        turns.inTurn(id, ({ file }) => file.append(lines)),
      ),
    restart: (id, lines) =>
      attempt(
        'file/write',
        'The journal of the new project could not be written.',
        turns.inTurn(id, ({ file }) => file.replace(lines)),
      ),
    async close() {
      await Promise.allSettled(turns.ids().map((id) => turns.inTurn(id, release)));
    },
  };
}

async function release({ file, lock }: Journal): Promise<void> {
  await file.reopen(false);
  await lock.release();
}

/** Operations on the journals of a folder: those on one of them in turn, all of them once the folder is ready. */
class JournalTurns {
  readonly #files: FileSystem;
  readonly #random: RandomSource;
  readonly #folder: string;
  readonly #clock: Clock;
  readonly #journals = new Map<string, Journal>();
  #prepared: Promise<void> | undefined;

  constructor(files: FileSystem, random: RandomSource, folder: string, clock: Clock) {
    [this.#files, this.#random, this.#folder, this.#clock] = [files, random, folder, clock];
  }

  ids(): string[] {
    return [...this.#journals.keys()];
  }

  async ready(): Promise<void> {
    this.#prepared ??= this.#prepare();
    await this.#prepared.catch((error: unknown) => {
      this.#prepared = undefined;
      throw error;
    });
  }

  inTurn<T>(id: string, operation: (journal: Journal) => Promise<T>): Promise<T> {
    const journal = this.#journals.get(id) ?? this.#journal(id);
    this.#journals.set(id, journal);
    const result = journal.last
      .catch(() => undefined)
      .then(() => this.ready())
      .then(() => operation(journal));
    journal.last = result;
    return result;
  }

  #journal(id: string): Journal {
    const lock = createJournalLock(this.#files, this.#random, this.#clock, this.#folder, id);
    const file = createJournalFile(this.#files, this.#random, join(this.#folder, `${id}.jsonl`), lock);
    return { file, lock, last: Promise.resolve() };
  }

  async #prepare(): Promise<void> {
    await this.#files.makeFolder(this.#folder);
    await sweepTemporaryFiles(this.#files, this.#folder);
    await sweepLocks(this.#files, this.#folder);
    // What is old can go another time.
    await this.#removeOld().catch(() => undefined);
  }

  async #removeOld(): Promise<void> {
    for (const { id } of journalsToRemove(await listAll(this.#files, this.#folder), this.#clock.wallTime())) {
      const { lock } = this.#journal(id);
      if (!(await lock.claim(false, async () => undefined))) continue;
      await this.#files.remove(join(this.#folder, `${id}.jsonl`)).catch(() => undefined);
      await lock.release();
    }
  }
}

async function listAll(files: FileSystem, folder: string): Promise<readonly JournalSummary[]> {
  const names = await files.list(folder);
  const ids = names.flatMap((name) => journalName.exec(name)?.[1] ?? []);
  const found = await Promise.all(
    ids.map(async (id) => ({
      id,
      changedAt: (await files.status(join(folder, `${id}.jsonl`))).modifiedAt,
      taken: await isLockedElsewhere(files, folder, id, names),
    })),
  );
  return found.sort((left, right) => right.changedAt - left.changedAt);
}

/** The Problem of a process or page that may not write the journal. */
export function takenProblem(): ReturnType<typeof problem> {
  return problem('journal/taken', 'Another window writes the journal of this project.', {
    hint: 'Go on in that window, or take the project over here.',
  });
}

async function attempt<T>(
  code: 'file/read' | 'file/write',
  message: string,
  operation: Promise<T>,
): Promise<Result<T>> {
  try {
    return ok(await operation);
  } catch (error) {
    if (error instanceof TakenError) return failed(takenProblem());
    const hint = 'Check that the disk is not full and may be written to.';
    return failed(problem(code, message, { cause: String(error), hint }));
  }
}
