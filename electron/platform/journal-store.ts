/** Journals of all sessions: a file each, operations on one of them in turn, failures as Problems. */
import { join } from 'node:path';
import { problem } from '../../engine/base/problem.ts';
import type { Result } from '../../engine/base/result.ts';
import { failed, ok } from '../../engine/base/result.ts';
import type { FileSystem } from '../../engine/platform/file-system.ts';
import type { HostJournal } from '../../engine/platform/host.ts';
import type { RandomSource } from '../../engine/platform/seams.ts';
import { sweepTemporaryFiles } from './atomic-write.ts';
import { createJournalFile } from './journal-file.ts';
import type { JournalFile } from './journal-file.ts';

/** What is known of a journal without reading it. */
export interface StoredJournal {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly changedAt: number;
}

/** Journals on disk; who may write them is not asked here. */
export interface JournalStore extends Pick<HostJournal, 'read' | 'append' | 'restart'> {
  /** All journals, the latest first. */
  list(): Promise<Result<readonly StoredJournal[]>>;
  /** Resolves when what was begun is done and the files are closed. */
  close(): Promise<void>;
}

interface Journal {
  readonly file: JournalFile;
  last: Promise<unknown>;
}

const journalName = /^([A-Za-z0-9_-]+)\.jsonl$/;

/** Journals in `folder`. Ids must be checked by the caller: letters, digits, `-` and `_` only. */
export function createJournalStore(files: FileSystem, random: RandomSource, folder: string): JournalStore {
  const journals = new Map<string, Journal>();
  let prepared: Promise<void> | undefined;

  async function prepare(): Promise<void> {
    await files.makeFolder(folder);
    await sweepTemporaryFiles(files, folder);
  }

  function journalOf(id: string): Journal {
    const known = journals.get(id);
    if (known !== undefined) return known;
    const journal = {
      file: createJournalFile(files, random, join(folder, `${id}.jsonl`)),
      last: (prepared ??= prepare()),
    };
    journals.set(id, journal);
    return journal;
  }

  function inTurn<T>(id: string, operation: (file: JournalFile) => Promise<T>): Promise<T> {
    const journal = journalOf(id);
    const result = journal.last.catch(() => undefined).then(() => operation(journal.file));
    journal.last = result;
    return result;
  }

  async function listAll(): Promise<readonly StoredJournal[]> {
    await (prepared ??= prepare());
    const ids = (await files.list(folder)).flatMap((name) => journalName.exec(name)?.[1] ?? []);
    const found = await Promise.all(
      ids.map(async (id) => ({ id, changedAt: (await files.status(join(folder, `${id}.jsonl`))).modifiedAt })),
    );
    return found.sort((left, right) => right.changedAt - left.changedAt);
  }

  return {
    list: () => attempt('file/read', 'The journals could not be listed.', listAll()),
    read: (id) =>
      attempt(
        'file/read',
        'The journal could not be read.',
        inTurn(id, (file) => file.read()),
      ),
    append: (id, lines) =>
      attempt(
        'file/write',
        'The last edits could not be written to the journal.',
        inTurn(id, (file) => file.append(lines)),
      ),
    restart: (id, lines) =>
      attempt(
        'file/write',
        'The journal of the new project could not be written.',
        inTurn(id, (file) => file.replace(lines)),
      ),
    async close() {
      const open = [...journals.values()];
      await Promise.allSettled(open.map((journal) => journal.last));
      await Promise.allSettled(open.map((journal) => journal.file.close()));
    },
  };
}

async function attempt<T>(
  code: 'file/read' | 'file/write',
  message: string,
  operation: Promise<T>,
): Promise<Result<T>> {
  try {
    return ok(await operation);
  } catch (error) {
    const hint = 'Check that the disk is not full and may be written to.';
    return failed(problem(code, message, { cause: String(error), hint }));
  }
}
