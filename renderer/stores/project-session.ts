/** Which project is open and where its journal is, kept from one start to the next. */
import { ok, type Result } from '../../engine/base/result.ts';
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import type { JournalState } from '../../engine/model/journal.ts';
import { documentHash } from '../../engine/model/model-hash.ts';
import { openJournal } from '../../engine/model/open-journal.ts';
import { problem } from '../../engine/base/problem.ts';
import type { FileReference, Host } from '../../engine/platform/host.ts';

export interface OpenProject {
  readonly journalId: string;
  readonly state: JournalState;
  /** All lines of the journal. */
  readonly lines: readonly string[];
  /** Whether the host has exactly these lines already. */
  readonly keptLines: boolean;
  readonly file: FileReference | undefined;
  readonly readOnly: boolean;
}

type SessionRecord = Pick<OpenProject, 'journalId' | 'file' | 'readOnly'>;

const sessionSetting = 'session';
const journalsSetting = 'journals';
/** So many files are remembered with their journals. */
const rememberedFiles = 50;

/** Remembers what is open, and which journal belongs to its file. */
export async function keepSession(host: Host, { journalId, file, readOnly }: SessionRecord): Promise<void> {
  await host.settings.set(sessionSetting, { journalId, readOnly, ...(file === undefined ? {} : { file }) });
  if (file === undefined) return;
  const journals = asRecord(await host.settings.get(journalsSetting));
  const others = Object.entries(journals).filter(([key]) => key !== file.key);
  await host.settings.set(
    journalsSetting,
    Object.fromEntries([...others.slice(1 - rememberedFiles), [file.key, journalId]]),
  );
}

/** Claims a journal for this window; false when another one has it. */
export type ClaimJournal = (journalId: string) => Promise<boolean>;

/** The project of the last session with its history; ok(undefined) when there was none, or another window has it. */
export async function recoverSession(host: Host, claim: ClaimJournal): Promise<Result<OpenProject | undefined>> {
  const kept = asRecord(await host.settings.get(sessionSetting));
  const { journalId } = kept;
  if (typeof journalId !== 'string') return ok(undefined);
  if (!(await claim(journalId))) {
    const elsewhere = 'The project of last time is open in another window.';
    return ok(undefined, [problem('file/read', elsewhere, { severity: 'info' })]);
  }
  const lines = await host.journal.read(journalId);
  if (!lines.ok) return lines;
  if (lines.value.length === 0) return ok(undefined);
  const opened = openJournal(lines.value);
  if (!opened.ok) return opened;
  const { state, keptLines } = opened.value;
  const project: OpenProject = {
    journalId,
    state,
    lines: lines.value.slice(0, keptLines),
    keptLines: keptLines === lines.value.length,
    file: asFile(kept['file']),
    readOnly: kept['readOnly'] === true,
  };
  return ok(project, opened.problems);
}

/** The history of a file, when its journal leads to exactly what is in the file. */
export async function findJournal(
  host: Host,
  claim: ClaimJournal,
  file: FileReference,
  document: SpikeloomDocument,
): Promise<OpenProject | undefined> {
  const journalId = asRecord(await host.settings.get(journalsSetting))[file.key];
  if (typeof journalId !== 'string' || !(await claim(journalId))) return undefined;
  const lines = await host.journal.read(journalId);
  const opened = lines.ok ? openJournal(lines.value) : lines;
  if (!lines.ok || !opened.ok || documentHash(opened.value.state.document) !== documentHash(document)) return undefined;
  const { state, keptLines } = opened.value;
  return {
    journalId,
    state,
    lines: lines.value.slice(0, keptLines),
    keptLines: keptLines === lines.value.length,
    file,
    readOnly: false,
  };
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function asFile(value: unknown): FileReference | undefined {
  const { key, name, folder } = asRecord(value);
  return typeof key === 'string' && typeof name === 'string' && typeof folder === 'string'
    ? { key, name, folder }
    : undefined;
}
