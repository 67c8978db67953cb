/** Document actions: the one door through which the open document changes. Every edit goes through the journal. */
import { createIdentifier } from '../../engine/base/identifier.ts';
import { problem, type Problem } from '../../engine/base/problem.ts';
import { failed, ok, type Result } from '../../engine/base/result.ts';
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import type { Edit } from '../../engine/model/edits/edit.ts';
import {
  createJournal,
  recordEdit,
  recordJump,
  recordRedo,
  recordSaved,
  recordUndo,
} from '../../engine/model/journal.ts';
import { journalLine } from '../../engine/model/journal-entries.ts';
import { createEmptyDocument } from '../../engine/model/new-document.ts';
import type { OpenedDocument } from '../../engine/model/parse-document.ts';
import type { FileReference, SavedFile } from '../../engine/platform/host.ts';
import type { RandomSource } from '../../engine/platform/seams.ts';
import { createOpenJournal, type JournalParts, type OpenJournal } from './open-journal.ts';
import { findJournal, keepSession, recoverSession, type ClaimJournal, type OpenProject } from './project-session.ts';

interface EditActions {
  /** Does an edit; what it returns was refused and nothing has changed. Edits of one `gesture` are one step of the history. */
  dispatch(edit: Edit, gesture?: string): readonly Problem[];
  undo(): void;
  redo(): void;
  /** Goes to the state after the history entry `seq`; 0 = the beginning. */
  jumpTo(seq: number): void;
}

interface FileActions {
  /** Opens a project; with an error nothing has changed. */
  openBytes(bytes: Uint8Array<ArrayBuffer>, file: FileReference | undefined): Promise<readonly Problem[]>;
  newDocument(): Promise<void>;
  /** ok(undefined) when the person cancelled. */
  save(): Promise<Result<FileReference | undefined>>;
  saveAs(): Promise<Result<FileReference | undefined>>;
  /** Brings back what was open last, with its history; false when there is nothing. */
  recover(): Promise<boolean>;
}

export interface DocumentActions extends EditActions, FileActions {
  /** Resolves when every edit so far is safe. */
  settled(): Promise<void>;
}

/** The form of project files. */
export interface ProjectCodec {
  read(bytes: Uint8Array<ArrayBuffer>): Result<OpenedDocument>;
  write(document: SpikeloomDocument): Uint8Array;
}

export interface DocumentParts extends JournalParts {
  readonly random: RandomSource;
  readonly codec: ProjectCodec;
  readonly claimJournal: ClaimJournal;
}

export function createDocumentActions(parts: DocumentParts): DocumentActions {
  const journal = createOpenJournal(parts);
  return { ...editActions(parts, journal), ...fileActions(parts, journal), settled: journal.settled };
}

function editActions({ clock, document, session }: DocumentParts, journal: OpenJournal): EditActions {
  const announce = (announcement: string): void => session.getState().change({ announcement });
  const label = (index: number): string => journal.state().items[index]?.label ?? '';
  return {
    dispatch(edit, gesture) {
      if (document.getState().readOnly) {
        const refused = newerProblem();
        session.getState().notify('error', refused.message, [refused.hint ?? '']);
        return [refused];
      }
      const result = recordEdit(journal.state(), edit, {
        time: clock.wallTime(),
        ...(gesture === undefined ? {} : { gesture }),
      });
      if (!result.ok) return result.problems;
      journal.commit(result.value);
      return [];
    },
    undo() {
      const undone = recordUndo(journal.state(), clock.wallTime());
      if (undone === undefined) return;
      announce(`Undone: ${label(journal.state().present - 1)}`);
      journal.commit(undone);
    },
    redo() {
      const redone = recordRedo(journal.state(), clock.wallTime());
      if (redone === undefined) return;
      announce(`Redone: ${label(journal.state().present)}`);
      journal.commit(redone);
    },
    jumpTo: (seq) => journal.commit(recordJump(journal.state(), seq, clock.wallTime())),
  };
}

function fileActions(parts: DocumentParts, journal: OpenJournal): FileActions {
  const { host, clock, codec, document: store, session } = parts;

  async function saveTo(
    write: (bytes: Uint8Array) => Promise<Result<SavedFile | undefined>>,
  ): Promise<Result<FileReference | undefined>> {
    if (store.getState().readOnly) return failed(newerProblem());
    const written = journal.state();
    const saved = await write(codec.write(written.document));
    if (!saved.ok) return saved;
    if (saved.value === undefined) return ok(undefined);
    // Edits made while the file was written are not in it.
    if (journal.state().document === written.document) journal.commit(recordSaved(journal.state(), clock.wallTime()));
    store.setState({ file: saved.value.file });
    await keepSession(host, { journalId: written.header.project, file: saved.value.file, readOnly: false });
    return ok(saved.value.file);
  }

  const saveAs = () =>
    saveTo((bytes) =>
      host.files.saveAs(
        `${fileName(journal.state().document.name)}.spikeloom`,
        { title: 'Spikeloom project', extensions: ['spikeloom'] },
        bytes,
      ),
    );
  return {
    async openBytes(bytes, file) {
      const read = codec.read(bytes);
      if (!read.ok) return read.problems;
      const { document, readOnly } = read.value;
      const known =
        readOnly || file === undefined ? undefined : await findJournal(host, parts.claimJournal, file, document);
      await journal.replace(known ?? (await freshProject(parts, document, file, readOnly)));
      return read.problems;
    },
    newDocument: async () =>
      journal.replace(await freshProject(parts, createEmptyDocument('Untitled'), undefined, false)),
    save() {
      const { file } = store.getState();
      return file === undefined ? saveAs() : saveTo((bytes) => host.files.save(file, bytes, undefined));
    },
    saveAs,
    async recover() {
      const recovered = await recoverSession(host, parts.claimJournal);
      const words = recovered.problems.map((found) => found.message);
      if (!recovered.ok) session.getState().notify('error', 'The work of last time could not be read', words);
      if (recovered.ok && recovered.value === undefined && words.length > 0)
        session.getState().notify('info', 'A new window', words);
      if (!recovered.ok || recovered.value === undefined) return false;
      await journal.replace(recovered.value);
      if (words.length > 0) session.getState().notify('info', 'The work of last time was recovered', words);
      return true;
    },
  };
}

async function freshProject(
  { clock, random, claimJournal }: DocumentParts,
  document: SpikeloomDocument,
  file: FileReference | undefined,
  readOnly: boolean,
): Promise<OpenProject> {
  const journalId = createIdentifier('jn', random.bytes);
  await claimJournal(journalId);
  const state = createJournal(document, { project: journalId, time: clock.wallTime() });
  return { journalId, state, lines: [journalLine(state.header)], keptLines: false, file, readOnly };
}

function newerProblem(): Problem {
  return problem('document/newer', 'This project was written by a newer version of Spikeloom and is open read-only.', {
    hint: 'Update Spikeloom to change and save it.',
  });
}

/** A name that every file system takes. */
export function fileName(name: string): string {
  const clean = name
    .replaceAll(/[\p{Cc}<>:"/\\|?*]/gu, ' ')
    .trim()
    .replace(/\.+$/, '');
  return clean === '' ? 'Untitled' : clean.slice(0, 120);
}
