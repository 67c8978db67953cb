import { expect, it } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { sampleDocument } from '../testing/fake-document.test-support.ts';
import { applyEdit } from './apply-edit.ts';

it('writes, moves, changes and takes away notes, and leaves no trace of the last one', () => {
  const sheet = { x: 0, y: -90, width: 240, text: 'Look here' };
  const set = (document: ReturnType<typeof sampleDocument>, note: typeof sheet | null) =>
    expectOk(applyEdit(document, { type: 'note.set', id: 'no_a', note }));
  const added = set(sampleDocument(), sheet);
  expect(added.document.view.notes).toEqual([{ id: 'no_a', ...sheet }]);
  const moved = set(added.document, { ...sheet, x: 5 });
  expect([moved.label, moved.document.view.notes]).toEqual(['Move a note', [{ id: 'no_a', ...sheet, x: 5 }]]);
  expect(set(moved.document, { ...sheet, text: 'Look there' }).label).toBe('Change a note');
  expect(set(moved.document, { ...sheet, x: 5, width: 300 }).label).toBe('Resize a note');
  const removed = set(moved.document, null);
  expect(removed.label).toBe('Remove a note');
  expect(removed.document).toEqual(sampleDocument());
});
