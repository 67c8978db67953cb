/** Two windows on one project, and projects that only a journal keeps: taking over, copying, opening again. */
import { openTaken, type FileParts } from './file-actions.ts';
import { claimPatiently, listKept, readKept, stepsSinceSave } from './kept-projects.ts';
import type { OpenJournal } from './open-journal.ts';
import { copyProject } from './project-copies.ts';

/** A kept project as a list shows it. */
export interface KeptEntry {
  readonly journalId: string;
  readonly name: string;
  /** Name of its file. */
  readonly file: string | undefined;
  /** Last edit, milliseconds since 1970. */
  readonly lastAt: number;
  /** Steps that are in no file. */
  readonly steps: number;
  readonly taken: boolean;
}

export interface SharingActions {
  /** From now on this window writes the project that another one wrote; the other one is told. */
  takeOver(): Promise<boolean>;
  /** The project as this window shows it, with all edits made here, as a project of its own. */
  continueAsCopy(): Promise<boolean>;
  /** Projects besides the open one that have edits in their journals, the latest first. */
  keptProjects(): Promise<readonly KeptEntry[]>;
  /** Opens one of them, read-only when another window has it. False when it cannot be read. */
  openKept(journalId: string): Promise<boolean>;
  /** Edits are not safe, and the host does not take them. */
  atRisk(): boolean;
  /** Hands all edits to the host at once. */
  flush(): void;
  /** The window may close in a moment, but may also stay. */
  leave(): void;
  /** The window is gone after this. */
  letGo(): void;
}

/** So many kept projects are shown. */
const mostShown = 12;

export function createSharingActions(parts: FileParts, journal: OpenJournal): SharingActions {
  const { host, clock, session } = parts;

  async function entryOf(journalId: string): Promise<Omit<KeptEntry, 'file' | 'taken'> | undefined> {
    const read = await readKept(host, journalId);
    if (!read.ok || read.value === undefined || read.value.state.items.length === 0) return undefined;
    const { state } = read.value;
    const lastAt = state.items.at(-1)?.time ?? state.header.time;
    return { journalId, name: state.document.name, lastAt, steps: stepsSinceSave(state) };
  }

  return {
    async takeOver() {
      const id = journal.journalId();
      return id !== undefined && openTaken(parts, journal, id, 'take');
    },
    async continueAsCopy() {
      const copy = await copyProject(parts, journal.lines());
      if (copy !== undefined) await journal.replace({ ...copy, known: undefined, readOnly: undefined });
      return copy !== undefined;
    },
    async keptProjects() {
      const shown: KeptEntry[] = [];
      for (const { journalId, record, taken } of await listKept(host)) {
        if (shown.length === mostShown) break;
        const entry = journalId === journal.journalId() ? undefined : await entryOf(journalId);
        if (entry !== undefined) shown.push({ ...entry, file: record.known?.file.name, taken });
      }
      return shown;
    },
    async openKept(journalId) {
      const kept = (await listKept(host)).find((each) => each.journalId === journalId);
      if (kept === undefined) return false;
      if (!(await claimPatiently(host, clock, journalId))) return openTaken(parts, journal, journalId, 'readOnly');
      const read = await readKept(host, journalId);
      const { known, newer } = kept.record;
      if (read.ok && read.value !== undefined) {
        await journal.replace({ ...read.value, known, readOnly: newer ? 'newer' : undefined });
        return true;
      }
      const words = read.problems.map((found) => found.message);
      session.getState().notify('error', `${kept.record.name} could not be opened`, words);
      return false;
    },
    atRisk: () => journal.atRisk(),
    flush: () => journal.flush(),
    leave: () => journal.leave(),
    letGo: () => journal.letGo(),
  };
}
