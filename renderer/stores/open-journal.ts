/** Open journal: the journal of the open project, kept at the host line by line, and shown in the document store. */
import type { Disposable } from '../../engine/base/disposable.ts';
import { createJournal, history, isChanged, type JournalState, type Recorded } from '../../engine/model/journal.ts';
import { journalLine } from '../../engine/model/journal-entries.ts';
import type { Problem } from '../../engine/base/problem.ts';
import type { Host } from '../../engine/platform/host.ts';
import type { Clock, RandomSource } from '../../engine/platform/seams.ts';
import type { DocumentState, DocumentStore, ReadOnly } from './document-store.ts';
import { createJournalWriter, type JournalWriter } from './journal-writer.ts';
import { writeRecord, type KnownFile, type ProjectRecord, type ReadProject } from './kept-projects.ts';
import { keepApart } from './project-copies.ts';
import type { SelectionStore } from './selection-store.ts';
import type { SessionStore } from './session-store.ts';
import type { TabMemory } from './tab-memory.ts';

/** A project on its way into the window. Its journal must be claimed unless another window writes it. */
export interface OpenProject extends ReadProject {
  readonly known: KnownFile | undefined;
  readonly readOnly: ReadOnly;
}

export interface OpenJournal extends Disposable {
  state(): JournalState;
  /** undefined before the first project. */
  journalId(): string | undefined;
  /** All lines of the journal as this window has them, safe or not. */
  lines(): readonly string[];
  /** Takes over a command; nothing happens when there is none. */
  commit(recorded: Recorded | undefined): void;
  /** Another project takes the place of the open one, whose last lines are still brought to safety. */
  replace(project: OpenProject): Promise<void>;
  /** The file of the project was written or read. */
  setFile(known: KnownFile): Promise<void>;
  /** There are lines that are not safe, and the host is away or did not take them. */
  atRisk(): boolean;
  /** Hands over what still waits. */
  flush(): void;
  /** The window may end now: what waits is handed over, and the end is marked as one in order. */
  leave(): void;
  /** After `leave`, the window is gone: another may have the journal at once. */
  letGo(): void;
  /** Resolves when every command so far is safe, or could not be written. */
  settled(): Promise<void>;
}

export interface JournalParts {
  readonly host: Host;
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly document: DocumentStore;
  readonly selection: SelectionStore;
  readonly session: SessionStore;
  readonly tab: TabMemory;
}

export function createOpenJournal(parts: JournalParts): OpenJournal {
  return new JournalOfWindow(parts);
}

/** What is open. */
interface Current {
  readonly journalId: string;
  readonly openedAt: number;
  readonly newer: boolean;
  readonly known: KnownFile | undefined;
  /** Lines of a project that another window writes; else the writer has them. */
  readonly lines: readonly string[];
  readonly writer: JournalWriter | undefined;
}

class JournalOfWindow implements OpenJournal {
  readonly #parts: JournalParts;
  readonly #report: (pending: number, problems: readonly Problem[]) => void;
  /** Writers of earlier projects whose last lines are not safe yet. */
  readonly #parting = new Set<JournalWriter>();
  readonly #listening: readonly Disposable[];
  #journal: JournalState;
  #current: Current | undefined;
  /** The end of the window was marked as one in order. */
  #left = false;
  #connected = true;

  constructor(parts: JournalParts) {
    const { host, document } = parts;
    this.#parts = parts;
    this.#report = createReport(parts);
    this.#journal = createJournal(document.getState().document, { project: 'none', time: 0 });
    this.#listening = [
      host.journal.onTaken((id) => this.#taken(id)),
      host.onConnection((connected, ended) => this.#connection(connected, ended)),
    ];
  }

  state(): JournalState {
    return this.#journal;
  }

  journalId(): string | undefined {
    return this.#current?.journalId;
  }

  lines(): readonly string[] {
    return this.#current?.writer?.lines() ?? this.#current?.lines ?? [];
  }

  commit(recorded: Recorded | undefined): void {
    if (recorded?.entry === undefined) return;
    this.#current?.writer?.append(journalLine(recorded.entry));
    if (this.#left) void this.#mark(true);
    this.#show(recorded.state, { journalPending: this.#pending() });
  }

  async replace(project: OpenProject): Promise<void> {
    const { clock, document, selection } = this.#parts;
    await this.#part(project.journalId);
    const { journalId, known, readOnly } = project;
    const writer = readOnly === 'elsewhere' ? undefined : this.#startWriter(project);
    const newer = readOnly === 'newer';
    this.#current = { journalId, openedAt: clock.wallTime(), newer, known, lines: project.lines, writer };
    selection.getState().clear();
    const serial = document.getState().serial + 1;
    this.#show(project.state, { readOnly, ...shownFile(known), serial, unsent: 0, journalPending: this.#pending() });
    await this.#mark(true);
  }

  async setFile(known: KnownFile): Promise<void> {
    if (this.#current === undefined) return;
    this.#current = { ...this.#current, known };
    this.#parts.document.setState(shownFile(known));
    await this.#mark(true);
  }

  atRisk(): boolean {
    return this.#writers().some((writer) => writer.pending() > 0 && (writer.failing() || !this.#connected));
  }

  flush(): void {
    for (const writer of this.#writers()) writer.flush();
  }

  leave(): void {
    this.flush();
    if (!this.atRisk()) void this.#mark(false);
  }

  letGo(): void {
    this.leave();
    for (const { id } of this.#writers()) void this.#parts.host.journal.release(id).catch(() => undefined);
  }

  async settled(): Promise<void> {
    for (const writer of this.#writers()) await writer.settled();
  }

  dispose(): void {
    for (const listening of this.#listening) listening.dispose();
  }

  #writers(): readonly JournalWriter[] {
    const writer = this.#current?.writer;
    return writer === undefined ? [...this.#parting] : [...this.#parting, writer];
  }

  #pending(): number {
    return this.#writers().reduce((sum, writer) => sum + writer.pending(), 0);
  }

  #show(next: JournalState, more: Partial<DocumentState> = {}): void {
    const { document, selection } = this.#parts;
    this.#journal = next;
    document.setState({ ...shownState(next), ...more });
    const { elements, connections } = next.document;
    selection.getState().keepOnly((id) => Object.hasOwn(elements, id) || Object.hasOwn(connections, id));
  }

  #startWriter({ journalId, lines, keptLines }: OpenProject): JournalWriter {
    const { host, clock } = this.#parts;
    const writer = createJournalWriter({ id: journalId, lines, kept: keptLines }, host.journal, clock, {
      report: (_pending, problems) => this.#report(this.#pending(), problems),
      onLost: () => void this.#lost(writer),
    });
    return writer;
  }

  /** The open project goes: its writer ends when everything is safe, and then others may have the journal. */
  async #part(nextId: string): Promise<void> {
    const { host } = this.#parts;
    const last = this.#current;
    if (last?.writer === undefined) return;
    const { writer } = last;
    await writer.settled();
    if (last.journalId === nextId) return writer.stop();
    const ended = this.#recordOf(last, false);
    this.#parting.add(writer);
    void writer.finished().then(async () => {
      this.#parting.delete(writer);
      if (this.#current?.journalId === writer.id) return;
      await writeRecord(host, writer.id, ended);
      await host.journal.release(writer.id).catch(() => undefined);
    });
  }

  #connection(connected: boolean, ended: boolean): void {
    this.#connected = connected;
    if (connected) for (const writer of this.#writers()) writer.resume();
    if (!ended) return;
    const words = ['Edits stay in this page until it is back.'];
    this.#parts.session.getState().notify('error', 'The program behind this page does not answer', words);
  }

  #taken(id: string): void {
    for (const writer of this.#writers()) if (writer.id === id) void this.#lost(writer);
  }

  /** Another window has the journal: this one shows what it has, and keeps apart what the other does not have. */
  async #lost(writer: JournalWriter): Promise<void> {
    const { document } = this.#parts;
    const current = this.#current;
    writer.stop();
    this.#parting.delete(writer);
    if (current?.writer === writer) {
      this.#current = { ...current, lines: writer.lines(), writer: undefined };
      document.setState({ readOnly: 'elsewhere', journalPending: this.#pending() });
    }
    // What was on its way may have arrived before the other window had the journal.
    await writer.settled();
    const unsent = writer.pending();
    if (unsent === 0 || current === undefined) return;
    if (this.#current?.journalId === writer.id) document.setState({ unsent });
    await keepApart(this.#parts, writer.lines(), { ...this.#recordOf(current, false), known: undefined });
  }

  #recordOf({ known, newer, openedAt }: Current, open: boolean): ProjectRecord {
    return { name: this.#journal.document.name, known, newer, open, openedAt };
  }

  /** Notes in the record of the project, and in this window, whether it is open or was left. */
  async #mark(open: boolean): Promise<void> {
    const { host, tab } = this.#parts;
    const current = this.#current;
    if (current === undefined) return;
    this.#left = !open;
    tab.write({ journalId: current.journalId, left: !open });
    if (current.writer !== undefined) await writeRecord(host, current.journalId, this.#recordOf(current, open));
  }
}

function shownFile(known: KnownFile | undefined): Pick<DocumentState, 'file' | 'stamp' | 'fileSeenAt'> {
  return { file: known?.file, stamp: known?.stamp, fileSeenAt: known?.seenAt };
}

function shownState(journal: JournalState): Partial<DocumentState> {
  const { items, present } = history(journal);
  return {
    document: journal.document,
    saved: !isChanged(journal),
    history: items.map(({ label, seq }, index) => ({ label, seq, present: index < present })),
    canUndo: present > 0,
    canRedo: present < items.length,
  };
}

/** Tells the person once when the host cannot write, and again only after it could. */
function createReport({
  clock,
  document,
  session,
}: JournalParts): (pending: number, problems: readonly Problem[]) => void {
  let told = false;
  return (pending, problems) => {
    const [first] = problems;
    const journalFailing = first !== undefined;
    const safe = journalFailing ? {} : { journalSafeAt: clock.wallTime() };
    document.setState({ journalPending: pending, journalFailing, ...safe });
    if (first !== undefined && !told) {
      const details = [
        first.cause ?? first.message,
        'Spikeloom keeps trying. Save the project somewhere else to be sure.',
      ];
      session.getState().notify('error', 'Your edits cannot be kept safe at the moment', details);
    }
    told = first !== undefined;
  };
}
