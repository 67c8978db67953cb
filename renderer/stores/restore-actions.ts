/** Restoring at the start: the work of last time, silently after an end in order; after a crash the person chooses. */
import type { Problem } from '../../engine/base/problem.ts';
import { ask, type ElsewhereQuestion, type RecoveryQuestion } from './decisions.ts';
import { openTaken, type FileActions, type FileParts } from './file-actions.ts';
import {
  claimPatiently,
  listKept,
  readKept,
  readRecord,
  stepsSinceSave,
  writeRecord,
  type KeptProject,
  type ReadProject,
} from './kept-projects.ts';
import type { OpenJournal } from './open-journal.ts';

export interface RestoreActions {
  /** Brings back what was open last, with its history; false when there is nothing. Nothing is written before the person chose. */
  restore(): Promise<boolean>;
}

/** So many projects that a window left without a word are looked at. */
const mostCrashed = 5;

export function createRestoreActions(parts: FileParts, journal: OpenJournal, files: FileActions): RestoreActions {
  const restorer = new Restorer(parts, journal, files);
  return { restore: () => restorer.restore() };
}

class Restorer {
  readonly #parts: FileParts;
  readonly #journal: OpenJournal;
  readonly #files: FileActions;

  constructor(parts: FileParts, journal: OpenJournal, files: FileActions) {
    this.#parts = parts;
    this.#journal = journal;
    this.#files = files;
  }

  async restore(): Promise<boolean> {
    const kept = await listKept(this.#parts.host);
    if (await this.#restoreOwn(kept)) return true;
    const others = kept.filter(({ journalId }) => journalId !== this.#parts.tab.read()?.journalId);
    return (await this.#restoreCrashed(others)) || this.#restoreLatest(others);
  }

  /** The window was loaded again: it shows what it showed, whoever writes it now. */
  async #restoreOwn(kept: readonly KeptProject[]): Promise<boolean> {
    const note = this.#parts.tab.read();
    const own = kept.find(({ journalId }) => journalId === note?.journalId);
    if (note === undefined || own === undefined) return false;
    if (!(await this.#claim(own)))
      return note.left ? openTaken(this.#parts, this.#journal, own.journalId, 'readOnly') : this.#tellElsewhere(own);
    return this.#bringBack(own, note.left);
  }

  /** Work at risk that a window left without a word. */
  async #restoreCrashed(kept: readonly KeptProject[]): Promise<boolean> {
    for (const project of kept.filter(({ taken, record }) => !taken && record.open).slice(0, mostCrashed)) {
      const { journal } = this.#parts.host;
      const claimed = await journal.claim(project.journalId, false);
      if (!claimed.ok || !claimed.value) continue;
      const read = await readKept(this.#parts.host, project.journalId);
      if (read.ok && read.value !== undefined && stepsSinceSave(read.value.state) > 0) {
        this.#tellLosses(read.problems);
        return this.#recover(project, read.value);
      }
      await journal.release(project.journalId).catch(() => undefined);
    }
    return false;
  }

  async #restoreLatest([latest]: readonly KeptProject[]): Promise<boolean> {
    if (latest === undefined) return false;
    if (!(await this.#claim(latest))) return this.#tellElsewhere(latest);
    return this.#bringBack(latest, false);
  }

  /** A claimed project; `left`: this window knows that it left it in order. */
  async #bringBack(project: KeptProject, left: boolean): Promise<boolean> {
    const read = await this.#read(project);
    if (read === undefined) return false;
    // The window that had it may just have written how it ended.
    const { host } = this.#parts;
    const kept = { ...project, record: (await readRecord(host, project.journalId)) ?? project.record };
    return kept.record.open && !left ? this.#recover(kept, read) : this.#show(kept, read);
  }

  #claim({ journalId }: KeptProject): Promise<boolean> {
    return claimPatiently(this.#parts.host, this.#parts.clock, journalId);
  }

  async #read({ journalId }: KeptProject): Promise<ReadProject | undefined> {
    const read = await readKept(this.#parts.host, journalId);
    if (read.ok) {
      this.#tellLosses(read.problems);
      return read.value;
    }
    const words = read.problems.map((found) => found.message);
    this.#parts.session.getState().notify('error', 'The work of last time could not be read', words);
    return undefined;
  }

  #tellLosses(problems: readonly Problem[]): void {
    if (problems.length === 0) return;
    const words = problems.map((found) => found.message);
    this.#parts.session.getState().notify('info', 'The work of last time was recovered', words);
  }

  async #show({ record }: KeptProject, project: ReadProject): Promise<boolean> {
    const readOnly = record.newer ? 'newer' : undefined;
    await this.#journal.replace({ ...project, known: record.known, readOnly });
    await this.#files.compareWithFile();
    return true;
  }

  async #recover(kept: KeptProject, project: ReadProject): Promise<boolean> {
    const { host, session } = this.#parts;
    const steps = stepsSinceSave(project.state);
    if (steps === 0) return this.#show(kept, project);
    const choice = await ask<RecoveryQuestion>(session, recoveryQuestion(kept, project, steps), 'recovered');
    if (choice === 'recovered') return this.#show(kept, project);
    const opened = choice === 'saved' && (await this.#openSaved(kept));
    if (!opened) await this.#files.newDocument();
    if (this.#journal.journalId() === kept.journalId) return true;
    // Asked once: the work stays among the kept projects.
    await writeRecord(host, kept.journalId, { ...kept.record, open: false });
    await host.journal.release(kept.journalId).catch(() => undefined);
    return true;
  }

  async #openSaved({ record }: KeptProject): Promise<boolean> {
    if (record.known === undefined) return false;
    const read = await this.#parts.host.files.read(record.known.file);
    const outcome = read.ok ? await this.#files.openBytes(read.value.bytes, read.value) : { ...read, opened: false };
    if (!outcome.opened) {
      const words = [
        ...outcome.problems.map((found) => found.message),
        'The recovered work is under Recovered projects.',
      ];
      this.#parts.session.getState().notify('error', `${record.known.file.name} could not be opened`, words);
    }
    return outcome.opened;
  }

  /** Another window has the project. An example nobody has touched is not worth the question. */
  async #tellElsewhere({ journalId, record }: KeptProject): Promise<boolean> {
    const lines = await this.#parts.host.journal.read(journalId);
    if (record.known === undefined && lines.ok && lines.value.length <= 1) return false;
    const question = { kind: 'elsewhere', name: record.name, here: 'no' } as const;
    const choice = await ask<ElsewhereQuestion>(this.#parts.session, question, 'readOnly');
    return openTaken(this.#parts, this.#journal, journalId, choice === 'cancel' ? 'readOnly' : choice);
  }
}

function recoveryQuestion(
  { record }: KeptProject,
  { state }: ReadProject,
  steps: number,
): Omit<RecoveryQuestion, 'decide'> {
  const done = state.items.slice(0, state.present);
  return {
    kind: 'recovery',
    name: state.document.name,
    steps,
    lastAt: done.at(-1)?.time ?? state.header.time,
    labels: done
      .slice(-Math.min(3, steps))
      .reverse()
      .map((item) => item.label),
    file: record.known?.file.name,
  };
}
