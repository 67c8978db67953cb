/** Document actions: the one door through which the open document changes. Every edit goes through the journal. */
import { createDisposables, type Disposable } from '../../engine/base/disposable.ts';
import type { Problem } from '../../engine/base/problem.ts';
import type { Edit } from '../../engine/model/edits/edit.ts';
import { recordEdit, recordJump, recordRedo, recordUndo, type Recorded } from '../../engine/model/journal.ts';
import { createFileActions, type FileActions, type FileParts } from './file-actions.ts';
import { createOpenJournal, type OpenJournal } from './open-journal.ts';
import { createRestoreActions, type RestoreActions } from './restore-actions.ts';
import { readOnlyProblem } from './saving.ts';
import { createSharingActions, type SharingActions } from './sharing-actions.ts';

interface EditActions {
  /** Does an edit; what it returns was refused and nothing has changed. Edits of one `gesture` are one step of the history. */
  dispatch(edit: Edit, gesture?: string): readonly Problem[];
  undo(): void;
  redo(): void;
  /** Goes to the state after the history entry `seq`; 0 = the beginning. */
  jumpTo(seq: number): void;
}

export interface DocumentActions
  extends EditActions, Omit<FileActions, 'compareWithFile'>, RestoreActions, SharingActions, Disposable {
  /** Resolves when every edit so far is safe, or could not be written. */
  settled(): Promise<void>;
}

export type DocumentParts = FileParts;

export function createDocumentActions(parts: DocumentParts): DocumentActions {
  const owned = createDisposables();
  const journal = owned.add(createOpenJournal(parts));
  const { compareWithFile, ...files } = createFileActions(parts, journal);
  return {
    ...editActions(parts, journal),
    ...files,
    ...createRestoreActions(parts, journal, { ...files, compareWithFile }),
    ...createSharingActions(parts, journal),
    settled: () => journal.settled(),
    dispose: () => owned.dispose(),
  };
}

function editActions({ clock, document, session }: DocumentParts, journal: OpenJournal): EditActions {
  const announce = (announcement: string): void => session.getState().change({ announcement });
  const label = (index: number): string => journal.state().items[index]?.label ?? '';

  /** Why nothing may change now, told to the person. */
  function refusal(): readonly Problem[] {
    const { readOnly } = document.getState();
    if (readOnly === undefined) return [];
    const refused = readOnlyProblem(readOnly);
    session.getState().notify('error', refused.message, [refused.hint ?? '']);
    return [refused];
  }

  function go(recorded: () => Recorded | undefined, said: () => string): void {
    if (refusal().length > 0) return;
    const next = recorded();
    if (next === undefined) return;
    announce(said());
    journal.commit(next);
  }

  return {
    dispatch(edit, gesture) {
      const refused = refusal();
      if (refused.length > 0) return refused;
      const result = recordEdit(journal.state(), edit, {
        time: clock.wallTime(),
        ...(gesture === undefined ? {} : { gesture }),
      });
      if (!result.ok) return result.problems;
      journal.commit(result.value);
      return [];
    },
    undo: () =>
      go(
        () => recordUndo(journal.state(), clock.wallTime()),
        () => `Undone: ${label(journal.state().present - 1)}`,
      ),
    redo: () =>
      go(
        () => recordRedo(journal.state(), clock.wallTime()),
        () => `Redone: ${label(journal.state().present)}`,
      ),
    jumpTo(seq) {
      if (refusal().length === 0) journal.commit(recordJump(journal.state(), seq, clock.wallTime()));
    },
  };
}
