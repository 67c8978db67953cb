/** Opening of projects: from files, new ones, and those that another window writes. */
import type { Problem } from '../../engine/base/problem.ts';
import type { Result } from '../../engine/base/result.ts';
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import { documentHash } from '../../engine/model/model-hash.ts';
import { createEmptyDocument } from '../../engine/model/new-document.ts';
import type { OpenedDocument } from '../../engine/model/parse-document.ts';
import type { FileReference, FileStamp } from '../../engine/platform/host.ts';
import { ask, type ElsewhereQuestion } from './decisions.ts';
import { claimPatiently, listKept, readKept, type ReadProject } from './kept-projects.ts';
import type { JournalParts, OpenJournal } from './open-journal.ts';
import { copyProject, freshProject } from './project-copies.ts';
import { createSaving, type Saving } from './saving.ts';

/** The form of project files. */
export interface ProjectCodec {
  read(bytes: Uint8Array<ArrayBuffer>): Result<OpenedDocument>;
  write(document: SpikeloomDocument): Uint8Array;
}

export interface FileParts extends JournalParts {
  readonly codec: ProjectCodec;
}

/** Where the bytes of a project came from. */
export interface Origin {
  readonly file?: FileReference | undefined;
  readonly stamp?: FileStamp | undefined;
  /** Asked when the project can be opened and before it takes the place of the open one; false = stay. */
  mayLeave?(): Promise<boolean>;
}

/** What came of opening: without an error and not opened, the person chose to stay. */
export interface Opening {
  readonly opened: boolean;
  readonly problems: readonly Problem[];
}

export interface FileActions extends Saving {
  /** Opens a project; when it could not be opened nothing has changed. */
  openBytes(bytes: Uint8Array<ArrayBuffer>, origin?: Origin): Promise<Opening>;
  newDocument(): Promise<void>;
}

export function createFileActions(parts: FileParts, journal: OpenJournal): FileActions {
  return {
    async openBytes(bytes, origin = {}) {
      const read = parts.codec.read(bytes);
      if (!read.ok) return { opened: false, problems: read.problems };
      // The file of another program stays as it is: the project is saved to one of its own.
      const from = read.value.foreign === true ? { ...origin, file: undefined, stamp: undefined } : origin;
      const opened = await openRead(parts, journal, read.value, from);
      return { opened, problems: opened ? read.problems : [] };
    },
    async newDocument() {
      const project = await freshProject(parts, createEmptyDocument('Untitled'));
      await journal.replace({ ...project, known: undefined, readOnly: undefined });
    },
    ...createSaving(parts, journal),
  };
}

/** False when the person stays with what is open. */
async function openRead(
  parts: FileParts,
  journal: OpenJournal,
  { document, readOnly }: OpenedDocument,
  { file, stamp, mayLeave = async () => true }: Origin,
): Promise<boolean> {
  const shared = readOnly ? undefined : await openShared(parts, journal, file, mayLeave);
  if (shared !== undefined) return shared;
  if (!(await mayLeave())) return false;
  const known = file && { file, stamp, seenAt: parts.clock.wallTime() };
  const kept = readOnly ? undefined : await keptHistory(parts, file, document);
  const project = kept ?? (await freshProject(parts, document));
  await journal.replace({ ...project, known, readOnly: readOnly ? 'newer' : undefined });
  return true;
}

/** A project that another window writes; undefined when none does, false when the person stays with what is open. */
async function openShared(
  parts: FileParts,
  journal: OpenJournal,
  file: FileReference | undefined,
  mayLeave: () => Promise<boolean>,
): Promise<boolean | undefined> {
  if (file === undefined) return undefined;
  const { host, clock, session } = parts;
  const kept = (await listKept(host)).filter(({ record }) => record.known?.file.key === file.key);
  const elsewhere = kept.find(({ taken }) => taken);
  if (elsewhere === undefined || (await claimPatiently(host, clock, elsewhere.journalId))) return undefined;
  const question = { kind: 'elsewhere', name: elsewhere.record.name, here: 'no' } as const;
  const choice = await ask<ElsewhereQuestion>(session, question, 'cancel');
  if (choice === 'cancel' || !(await mayLeave())) return false;
  return openTaken(parts, journal, elsewhere.journalId, choice);
}

/** Opens a project that another window writes in the way that was chosen; false when its journal cannot be read. */
export async function openTaken(
  parts: JournalParts,
  journal: OpenJournal,
  journalId: string,
  how: 'readOnly' | 'take' | 'copy',
): Promise<boolean> {
  const { host, session } = parts;
  const known = (await listKept(host)).find((each) => each.journalId === journalId)?.record.known;
  if (how === 'take') await host.journal.claim(journalId, true);
  const read = await readKept(host, journalId);
  if (!read.ok || read.value === undefined) {
    const words = read.problems.map((found) => found.message);
    session.getState().notify('error', 'The project of the other window could not be read', words);
    return false;
  }
  const copy = how === 'copy' ? await copyProject(parts, read.value.lines) : undefined;
  if (copy !== undefined) await journal.replace({ ...copy, known: undefined, readOnly: undefined });
  else await journal.replace({ ...read.value, known, readOnly: how === 'take' ? undefined : 'elsewhere' });
  return true;
}

/** The history of a file, when a journal leads to exactly what is in the file. */
async function keptHistory(
  { host, clock }: FileParts,
  file: FileReference | undefined,
  document: SpikeloomDocument,
): Promise<ReadProject | undefined> {
  if (file === undefined) return undefined;
  const kept = (await listKept(host)).filter(({ record }) => record.known?.file.key === file.key);
  for (const { journalId } of kept.slice(0, 3)) {
    if (!(await claimPatiently(host, clock, journalId))) continue;
    const read = await readKept(host, journalId);
    if (read.ok && read.value && documentHash(read.value.state.document) === documentHash(document)) return read.value;
    await host.journal.release(journalId).catch(() => undefined);
  }
  return undefined;
}
