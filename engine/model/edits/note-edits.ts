/** Edits of the notes on the canvas: one edit writes a note or takes it away. They belong to the view, not to the model. */
import { z } from '../../base/schema.ts';
import { noteSchema } from '../document.ts';
import { editKind, notThere } from './edit-kind.ts';

const set = editKind({
  schema: z.strictObject({
    type: z.literal('note.set'),
    id: noteSchema.shape.id,
    /** What is written; null takes the note away. */
    note: noteSchema.omit({ id: true }).nullable(),
  }),
  change(draft, { id, note }) {
    const notes = draft.view.notes ?? [];
    const place = notes.findIndex((each) => each.id === id);
    if (note === null && place === -1) return notThere('note', id);
    const written = note === null ? [] : [{ id, ...note }];
    const next = notes.toSpliced(place === -1 ? notes.length : place, place === -1 ? 0 : 1, ...written);
    if (next.length > 0) draft.view.notes = next;
    else delete draft.view.notes;
    return undefined;
  },
  label(document, { id, note }) {
    const before = document.view.notes?.find((each) => each.id === id);
    if (note === null) return 'Remove a note';
    if (before === undefined) return 'Add a note';
    if (before.text !== note.text) return 'Change a note';
    return before.width === note.width ? 'Move a note' : 'Resize a note';
  },
});

export const noteEdits = { 'note.set': set } as const;
