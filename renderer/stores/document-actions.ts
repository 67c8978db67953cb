/** Document actions: the one door through which the open document changes. Every edit goes through the journal. */
import { createIdentifier } from '../../engine/base/identifier.ts';
import { problem, type Problem } from '../../engine/base/problem.ts';
import { failed, type Result } from '../../engine/base/result.ts';
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import type { Edit } from '../../engine/model/edits/edit.ts';
import { createJournal, history, isChanged, recordEdit, recordJump, recordRedo, recordSaved, recordUndo, type JournalState, type Recorded } from '../../engine/model/journal.ts';
import { journalLine } from '../../engine/model/journal-entries.ts';
import { createEmptyDocument } from '../../engine/model/new-document.ts';
import type { OpenedDocument } from '../../engine/model/parse-document.ts';
import type { FileReference, Host } from '../../engine/platform/host.ts';
import type { Clock, RandomSource } from '../../engine/platform/seams.ts';
import { createJournalWriter } from './journal-writer.ts';
import { findJournal, keepSession, recoverSession, type OpenProject } from './project-session.ts';
import type { DocumentStore } from './document-store.ts';
import type { SelectionStore } from './selection-store.ts';
import type { SessionStore } from './session-store.ts';

export interface DocumentActions {
  /** Does an edit; what it returns was refused and nothing has changed. Edits of one `gesture` are one step of the history. */
  dispatch(edit: Edit, gesture?: string): readonly Problem[];
  undo(): void;
  redo(): void;
  /** Goes to the state after the history entry `seq`; 0 = the beginning. */
  jumpTo(seq: number): void;
  /** Opens a project; with an error nothing has changed. */
  openBytes(bytes: Uint8Array<ArrayBuffer>, file: FileReference | undefined): Promise<readonly Problem[]>;
  newDocument(): Promise<void>;
  /** ok(undefined) when the person cancelled. */
  save(): Promise<Result<FileReference | undefined>>;
  saveAs(): Promise<Result<FileReference | undefined>>;
  /** Brings back what was open last, with its history; false when there is nothing. */
  recover(): Promise<boolean>;
  /** Resolves when every edit so far is safe. */
  settled(): Promise<void>;
}

/** The form of project files. */
export interface ProjectCodec {
  read(bytes: Uint8Array<ArrayBuffer>): Result<OpenedDocument>;
  write(document: SpikeloomDocument): Uint8Array;
}

export interface DocumentParts {
  readonly host: Host;
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly codec: ProjectCodec;
  readonly document: DocumentStore;
  readonly selection: SelectionStore;
  readonly session: SessionStore;
}

export function createDocumentActions(parts: DocumentParts): DocumentActions {
  const { host, clock, document: store, session } = parts;
  let journal: JournalState = createJournal(store.getState().document, { project: 'none', time: 0 });
  let told = false;
  const writer = createJournalWriter(host.journal, clock, {
    report(pending, problems) {
      store.setState(problems.length === 0 ? { journalPending: pending, journalSafeAt: clock.wallTime() } : { journalPending: pending });
      if (problems.length === 0) told = false;
      else if (!told) {
        told = true;
        session.getState().notify('error', 'Your edits cannot be kept safe at the moment', [problems[0]?.cause ?? problems[0]?.message ?? '', 'Spikeloom keeps trying. Save the project somewhere else to be sure.']);
      }
    },
  });

  function show(next: JournalState, more: Partial<ReturnType<DocumentStore['getState']>> = {}): void {
    journal = next;
    const { items, present } = history(next);
    store.setState({
      document: next.document,
      saved: !isChanged(next),
      history: items.map(({ label, seq }, index) => ({ label, seq, present: index < present })),
      canUndo: present > 0,
      canRedo: present < items.length,
      ...more,
    });
    const { elements, connections } = next.document;
    parts.selection.getState().keepOnly((id) => Object.hasOwn(elements, id) || Object.hasOwn(connections, id));
  }

  function commit(recorded: Recorded | undefined, said?: string): void {
    if (recorded?.entry === undefined) return;
    writer.append(journalLine(recorded.entry));
    show(recorded.state);
    if (said !== undefined) session.getState().change({ announcement: said });
  }

  /** Another project takes the place of the open one. */
  async function open(project: OpenProject): Promise<void> {
    await writer.settled();
    writer.open(project.journalId, project.lines, project.keptLines);
    parts.selection.getState().clear();
    show(project.state, { readOnly: project.readOnly, file: project.file, serial: store.getState().serial + 1 });
    await keepSession(host, project);
  }

  function fresh(document: SpikeloomDocument, file: FileReference | undefined, readOnly: boolean): OpenProject {
    const journalId = createIdentifier('jn', parts.random.bytes);
    const state = createJournal(document, { project: journalId, time: clock.wallTime() });
    return { journalId, state, lines: [journalLine(state.header)], keptLines: false, file, readOnly };
  }

  async function saveTo(write: (bytes: Uint8Array) => Promise<Result<FileReference | undefined>>): Promise<Result<FileReference | undefined>> {
    if (store.getState().readOnly) return failed(newerProblem());
    const saved = await write(parts.codec.write(journal.document));
    if (!saved.ok || saved.value === undefined) return saved;
    commit(recordSaved(journal, clock.wallTime()));
    store.setState({ file: saved.value });
    await keepSession(host, { journalId: journal.header.project, file: saved.value, readOnly: false });
    return saved;
  }

  const actions: DocumentActions = {
    dispatch(edit, gesture) {
      if (store.getState().readOnly) return [refuse(parts, newerProblem())];
      const result = recordEdit(journal, edit, { time: clock.wallTime(), ...(gesture === undefined ? {} : { gesture }) });
      if (!result.ok) return result.problems;
      commit(result.value);
      return [];
    },
    undo: () => commit(recordUndo(journal, clock.wallTime()), `Undone: ${labelAt(journal, journal.present - 1)}`),
    redo: () => commit(recordRedo(journal, clock.wallTime()), `Redone: ${labelAt(journal, journal.present)}`),
    jumpTo: (seq) => commit(recordJump(journal, seq, clock.wallTime())),
    async openBytes(bytes, file) {
      const read = parts.codec.read(bytes);
      if (!read.ok) return read.problems;
      const { document, readOnly } = read.value;
      const known = readOnly || file === undefined ? undefined : await findJournal(host, file, document);
      await open(known ?? fresh(document, file, readOnly));
      return read.problems;
    },
    newDocument: () => open(fresh(createEmptyDocument('Untitled'), undefined, false)),
    async save() {
      const { file } = store.getState();
      return file === undefined ? actions.saveAs() : saveTo((bytes) => host.files.save(file, bytes));
    },
    saveAs: () => saveTo((bytes) => host.files.saveAs(`${fileName(journal.document.name)}.spikeloom`, { title: 'Spikeloom project', extensions: ['spikeloom'] }, bytes)),
    async recover() {
      const recovered = await recoverSession(host);
      if (!recovered.ok || recovered.value === undefined) {
        if (!recovered.ok) session.getState().notify('error', 'The work of last time could not be read', recovered.problems.map((found) => found.message));
        return false;
      }
      await open(recovered.value);
      if (recovered.problems.length > 0) session.getState().notify('info', 'The work of last time was recovered', recovered.problems.map((found) => found.message));
      return true;
    },
    settled: () => writer.settled(),
  };
  return actions;
}

function labelAt(journal: JournalState, index: number): string {
  return journal.items[index]?.label ?? '';
}

function newerProblem(): Problem {
  return problem('document/newer', 'This project was written by a newer version of Spikeloom and is open read-only.', { hint: 'Update Spikeloom to change and save it.' });
}

function refuse({ session }: DocumentParts, found: Problem): Problem {
  session.getState().notify('error', found.message, [found.hint ?? '']);
  return found;
}

/** A name that every file system takes. */
export function fileName(name: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what must not stand in a file name
  const clean = name.replaceAll(/[\u0000-\u001f<>:"/\\|?*]/g, ' ').trim().replace(/\.+$/, '');
  return clean === '' ? 'Untitled' : clean.slice(0, 120);
}

