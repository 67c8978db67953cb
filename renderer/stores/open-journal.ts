/** Open journal: the journal of the open project, kept at the host line by line, and shown in the document store. */
import { createJournal, history, isChanged, type JournalState, type Recorded } from '../../engine/model/journal.ts';
import { journalLine } from '../../engine/model/journal-entries.ts';
import type { Problem } from '../../engine/base/problem.ts';
import type { Host } from '../../engine/platform/host.ts';
import type { Clock } from '../../engine/platform/seams.ts';
import type { DocumentState, DocumentStore } from './document-store.ts';
import { createJournalWriter } from './journal-writer.ts';
import { keepSession, type OpenProject } from './project-session.ts';
import type { SelectionStore } from './selection-store.ts';
import type { SessionStore } from './session-store.ts';

export interface OpenJournal {
  state(): JournalState;
  /** Takes over a command; nothing happens when there is none. */
  commit(recorded: Recorded | undefined): void;
  /** Another project takes the place of the open one. */
  replace(project: OpenProject): Promise<void>;
  /** Resolves when every command so far is safe, or could not be written. */
  settled(): Promise<void>;
}

export interface JournalParts {
  readonly host: Host;
  readonly clock: Clock;
  readonly document: DocumentStore;
  readonly selection: SelectionStore;
  readonly session: SessionStore;
}

export function createOpenJournal(parts: JournalParts): OpenJournal {
  const { host, clock, document: store, selection } = parts;
  let journal = createJournal(store.getState().document, { project: 'none', time: 0 });
  const writer = createJournalWriter(host.journal, clock, { report: createReport(parts) });

  function show(next: JournalState, more: Partial<DocumentState> = {}): void {
    journal = next;
    store.setState({ ...shownState(next), ...more });
    const { elements, connections } = next.document;
    selection.getState().keepOnly((id) => Object.hasOwn(elements, id) || Object.hasOwn(connections, id));
  }

  return {
    state: () => journal,
    commit(recorded) {
      if (recorded?.entry === undefined) return;
      writer.append(journalLine(recorded.entry));
      show(recorded.state);
    },
    async replace(project) {
      await writer.settled();
      writer.open(project.journalId, project.lines, project.keptLines);
      selection.getState().clear();
      show(project.state, { readOnly: project.readOnly, file: project.file, serial: store.getState().serial + 1 });
      await keepSession(host, project);
    },
    settled: () => writer.settled(),
  };
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
    document.setState(
      first === undefined ? { journalPending: pending, journalSafeAt: clock.wallTime() } : { journalPending: pending },
    );
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
