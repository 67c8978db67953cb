/** Saving to files: what somebody else wrote into a file is never replaced unasked. */
import { problem, type Problem } from '../../engine/base/problem.ts';
import { failed, ok, type Result } from '../../engine/base/result.ts';
import { recordSaved } from '../../engine/model/journal.ts';
import { documentHash } from '../../engine/model/model-hash.ts';
import type { OpenedDocument } from '../../engine/model/parse-document.ts';
import type { FileReference, FileStamp, OpenedFile, SavedFile } from '../../engine/platform/host.ts';
import { ask, extentOf, type ChangedFileQuestion } from './decisions.ts';
import type { FileParts } from './file-actions.ts';
import type { OpenJournal } from './open-journal.ts';
import { freshProject } from './project-copies.ts';

export const projectSort = { title: 'Spikeloom project', extensions: ['spikeloom'] };

/** ok(undefined) when the person decided against it, or for the file instead. */
export type Outcome = Result<FileReference | undefined>;

export interface Saving {
  save(): Promise<Outcome>;
  saveAs(): Promise<Outcome>;
  /** The restored work against its file: asks when somebody else has written the file meanwhile. */
  compareWithFile(): Promise<void>;
}

export function createSaving(parts: FileParts, journal: OpenJournal): Saving {
  const saver = new Saver(parts, journal);
  let last: Promise<unknown> = Promise.resolve();

  /** One at a time: the next knows what the one before it left in the file. */
  function inTurn<T>(task: () => Promise<T>): Promise<T> {
    const turn = last.then(task);
    last = turn.catch(() => undefined);
    return turn;
  }

  return {
    save: () => inTurn(() => saver.save()),
    saveAs: () => inTurn(() => saver.writeNew('')),
    compareWithFile: () => inTurn(() => saver.compare()),
  };
}

class Saver {
  readonly #parts: FileParts;
  readonly #journal: OpenJournal;

  constructor(parts: FileParts, journal: OpenJournal) {
    this.#parts = parts;
    this.#journal = journal;
  }

  save(): Promise<Outcome> {
    const { file, stamp } = this.#parts.document.getState();
    return file === undefined ? this.writeNew('') : this.#writeOver(file, stamp);
  }

  /** Into another file; `mark` is added to the name that is suggested. */
  writeNew(mark: string): Promise<Outcome> {
    const name = `${fileName(this.#journal.state().document.name)}${mark}.spikeloom`;
    return this.#write((bytes) => this.#parts.host.files.saveAs(name, projectSort, bytes));
  }

  async compare(): Promise<void> {
    const { host, clock, codec, session } = this.#parts;
    const { file, stamp, readOnly, saved, document } = this.#parts.document.getState();
    if (file === undefined || readOnly !== undefined) return;
    const present = await host.files.read(file);
    if (!present.ok || present.value.stamp === stamp) return;
    const theirs = codec.read(present.value.bytes);
    if (theirs.ok && documentHash(theirs.value.document) === documentHash(document)) {
      await this.#journal.setFile({ file, stamp: present.value.stamp, seenAt: clock.wallTime() });
    } else if (saved && theirs.ok) {
      await this.#openInstead(theirs.value, present.value);
      const words = ['It was changed by somebody else; your last version is under Recovered projects.'];
      session.getState().notify('info', `${file.name} was opened as it is now`, words);
    } else await this.#decide(present.value);
  }

  async #write(to: (bytes: Uint8Array) => Promise<Result<SavedFile | undefined>>): Promise<Outcome> {
    const { codec, clock, document } = this.#parts;
    const { readOnly } = document.getState();
    if (readOnly !== undefined) return failed(readOnlyProblem(readOnly));
    const journal = this.#journal;
    const [written, id] = [journal.state().document, journal.journalId()];
    const saved = await to(codec.write(written));
    if (!saved.ok) return saved;
    if (saved.value === undefined) return ok(undefined);
    // Another project may have taken its place meanwhile; and edits made while the file was written are not in it.
    if (journal.journalId() !== id) return ok(saved.value.file);
    if (journal.state().document === written) journal.commit(recordSaved(journal.state(), clock.wallTime()));
    await journal.setFile({ ...saved.value, seenAt: clock.wallTime() });
    return ok(saved.value.file);
  }

  async #writeOver(file: FileReference, expected: FileStamp | undefined): Promise<Outcome> {
    const { files } = this.#parts.host;
    const saved = await this.#write((bytes) => files.save(file, bytes, expected));
    if (saved.ok || saved.problems[0]?.code !== 'file/changed') return saved;
    const present = await files.read(file);
    return present.ok ? this.#decide(present.value) : present;
  }

  /** The three ways when the file holds something else; nothing is written before one is chosen. */
  async #decide(present: OpenedFile): Promise<Outcome> {
    const { codec, session, document } = this.#parts;
    const theirs = codec.read(present.bytes);
    const question = {
      kind: 'changedFile',
      file: present.file.name,
      mine: extentOf(this.#journal.state().document),
      theirs: theirs.ok ? extentOf(theirs.value.document) : undefined,
      seenAt: document.getState().fileSeenAt,
    } as const;
    const choice = await ask<ChangedFileQuestion>(session, question, 'later');
    if (choice === 'copy') return this.writeNew(' (copy)');
    // Written only over what was just compared: when it changed again meanwhile, the question comes again.
    if (choice === 'replace') return this.#writeOver(present.file, present.stamp);
    if (choice === 'open' && theirs.ok) await this.#openInstead(theirs.value, present);
    return ok(undefined);
  }

  /** The work that was open stays among the kept projects. */
  async #openInstead({ document, readOnly }: OpenedDocument, { file, stamp }: OpenedFile): Promise<void> {
    const known = { file, stamp, seenAt: this.#parts.clock.wallTime() };
    const project = await freshProject(this.#parts, document);
    await this.#journal.replace({ ...project, known, readOnly: readOnly ? 'newer' : undefined });
  }
}

/** Why nothing can be changed or saved. */
export function readOnlyProblem(reason: 'newer' | 'elsewhere'): Problem {
  return reason === 'newer'
    ? problem('document/newer', 'This project was written by a newer version of Spikeloom and is open read-only.', {
        hint: 'Update Spikeloom to change and save it.',
      })
    : problem('journal/taken', 'This project is open in another window and read-only here.', {
        hint: 'Take it over here, or save a copy: press the note beside its name.',
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
