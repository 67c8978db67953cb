/** The model hash: what counts and what does not. */
import { describe, expect, it } from 'vitest';
import { expectOk } from '../base/result.ts';
import { encodeArray } from './arrays.ts';
import { applyEdit } from './edits/apply-edit.ts';
import type { Edit } from './edits/edit.ts';
import { documentHash, modelHash } from './model-hash.ts';
import { sampleDocument } from './testing/fake-document.test-support.ts';

const document = sampleDocument();
const after = (edit: Edit) => expectOk(applyEdit(document, edit)).document;
const other = encodeArray([9], [1]);

describe('modelHash (H1)', () => {
  it.each<[Edit]>([
    [{ type: 'document.rename', name: 'Other' }],
    [{ type: 'element.rename', id: 'el_cells', name: 'Pool' }],
    [{ type: 'element.move', positions: { el_cells: { x: 1, y: 1 } } }],
    [{ type: 'plot.remove', id: 'pl_a' }],
    [{ type: 'run.set', changes: { speed: null } }],
  ])('does not change with %j, but the document hash does', (edit) => {
    expect(modelHash(after(edit))).toBe(modelHash(document));
    expect(documentHash(after(edit))).not.toBe(documentHash(document));
  });

  it.each<[Edit]>([
    [{ type: 'run.set', changes: { seed: 2 } }],
    [{ type: 'element.setParameter', id: 'el_cells', name: 'size', value: 6 }],
    [
      {
        type: 'element.setParameter',
        id: 'el_sunspots',
        name: 'series',
        value: { array: other.id, unit: '1' },
        arrays: [other],
      },
    ],
    [{ type: 'connection.remove', ids: ['co_sunspots_output-reservoir_input'] }],
    [{ type: 'probe.remove', ids: ['pr_cells_v'] }],
  ])('changes with %j', (edit) => {
    expect(modelHash(after(edit))).not.toBe(modelHash(document));
  });

  it('depends on the order of records and on the numbers behind an array id, not on the order of keys', () => {
    const reversed = { ...document, connections: Object.fromEntries(Object.entries(document.connections).reverse()) };
    expect(modelHash(reversed)).not.toBe(modelHash(document));
    const [array] = Object.values(document.arrays);
    const forged = { ...document, arrays: { [array?.id ?? '']: { ...other, id: array?.id ?? '' } } };
    expect(modelHash(forged)).not.toBe(modelHash(document));
    const { name, run, ...rest } = document;
    expect(modelHash({ run, ...rest, name })).toBe(modelHash(document));
  });
});
