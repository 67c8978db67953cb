/** Kept projects: what is remembered of each journal (name, file, how it ended), from one start to the next. */
import type { JournalState } from '../../engine/model/journal.ts';
import { openJournal } from '../../engine/model/open-journal.ts';
import { ok, type Result } from '../../engine/base/result.ts';
import type { FileReference, FileStamp, Host } from '../../engine/platform/host.ts';
import type { Clock } from '../../engine/platform/seams.ts';

/** A file as it was when it was last read or written here. */
export interface KnownFile {
  readonly file: FileReference;
  /** undefined when the content was never seen. */
  readonly stamp: FileStamp | undefined;
  /** When that was, milliseconds since 1970. */
  readonly seenAt: number;
}

/** What is remembered of a project beside its journal. */
export interface ProjectRecord {
  readonly name: string;
  readonly known: KnownFile | undefined;
  /** Written by a newer version. */
  readonly newer: boolean;
  /** A window has it open, or ended without a word. */
  readonly open: boolean;
  /** When it was opened, milliseconds since 1970. */
  readonly openedAt: number;
}

/** A project that can be opened from its journal. */
export interface KeptProject {
  readonly journalId: string;
  readonly record: ProjectRecord;
  /** Last opened or written, milliseconds since 1970. */
  readonly usedAt: number;
  /** Another window writes it now. */
  readonly taken: boolean;
}

export interface ReadProject {
  readonly journalId: string;
  readonly state: JournalState;
  /** The lines of the journal that count. */
  readonly lines: readonly string[];
  /** Whether the host has exactly these lines. */
  readonly keptLines: boolean;
}

/** So many journals are looked at, the latest. */
const mostJournals = 200;
/** How long a window that was just closed or loaded again may take to let go, and how often it is asked; milliseconds. */
const patience = 1500;
const askEvery = 150;

const settingOf = (journalId: string): string => `session.${journalId}`;

export async function writeRecord(host: Host, journalId: string, record: ProjectRecord): Promise<void> {
  // Only what is written is lost with this: a name, and a question at the next start.
  await host.settings.set(settingOf(journalId), record).catch(() => undefined);
}

export async function readRecord(host: Host, journalId: string): Promise<ProjectRecord | undefined> {
  return asRecord(await host.settings.get(settingOf(journalId)).catch(() => undefined));
}

/** All projects that have a journal and a record, the latest used first. */
export async function listKept(host: Host): Promise<readonly KeptProject[]> {
  const listed = await host.journal.list();
  if (!listed.ok) return [];
  const kept = await Promise.all(
    listed.value.slice(0, mostJournals).map(async ({ id, changedAt, taken }) => {
      const record = await readRecord(host, id);
      return record && { journalId: id, record, usedAt: Math.max(changedAt, record.openedAt), taken };
    }),
  );
  return kept.filter((project) => project !== undefined).sort((left, right) => right.usedAt - left.usedAt);
}

/** The project in a journal; ok(undefined) when the journal is empty. */
export async function readKept(host: Host, journalId: string): Promise<Result<ReadProject | undefined>> {
  const lines = await host.journal.read(journalId);
  if (!lines.ok) return lines;
  if (lines.value.length === 0) return ok(undefined);
  const opened = openJournal(lines.value);
  if (!opened.ok) return opened;
  const { state, keptLines } = opened.value;
  const project: ReadProject = {
    journalId,
    state,
    lines: lines.value.slice(0, keptLines),
    keptLines: keptLines === lines.value.length,
  };
  return ok(project, opened.problems);
}

/** Claims a journal for this window; false when another one has it and does not let go. */
export async function claimPatiently(host: Host, clock: Clock, journalId: string): Promise<boolean> {
  for (let waited = 0; ; waited += askEvery) {
    const claimed = await host.journal.claim(journalId, false);
    // A host that does not answer cannot tell; the writer of the journal asks again before it writes.
    if (!claimed.ok || claimed.value) return true;
    if (waited >= patience) return false;
    await clock.wait(askEvery);
  }
}

/** Steps by which the project differs from what was last saved (or from its beginning). */
export function stepsSinceSave({ items, present, savedSeq }: JournalState): number {
  const index = savedSeq === 0 ? 0 : items.findIndex((item) => item.seq === savedSeq) + 1;
  const reachable = savedSeq === 0 || index > 0;
  return reachable ? Math.abs(present - index) : present + 1;
}

function asRecord(value: unknown): ProjectRecord | undefined {
  const { name, known, newer, open, openedAt } = fieldsOf(value);
  if (typeof name !== 'string' || typeof openedAt !== 'number') return undefined;
  return { name, known: asKnown(known), newer: newer === true, open: open === true, openedAt };
}

function asKnown(value: unknown): KnownFile | undefined {
  const { file, stamp, seenAt } = fieldsOf(value);
  const { key, name, folder } = fieldsOf(file);
  if (typeof key !== 'string' || typeof name !== 'string' || typeof folder !== 'string') return undefined;
  return {
    file: { key, name, folder },
    stamp: typeof stamp === 'string' ? stamp : undefined,
    seenAt: typeof seenAt === 'number' ? seenAt : 0,
  };
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
