/** Copy and paste: what comes along, new ids, free names. */
import { describe, expect, it } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { createEmptyDocument } from '../new-document.ts';
import { fakeCatalogue } from '../testing/fake-catalogue.test-support.ts';
import { sampleDocument, seriesArray } from '../testing/fake-document.test-support.ts';
import { validate } from '../validate.ts';
import { applyEdit } from './apply-edit.ts';
import { copyElements, pasteEdit } from './clipboard.ts';

/** Bytes that never repeat within a test. */
function countingBytes(): (count: number) => Uint8Array {
  let next = 0;
  return (count) => Uint8Array.from({ length: count }, (_, index) => (index === 0 ? next++ : 0));
}

const options = () => ({ as: 'duplicate' as const, randomBytes: countingBytes(), offset: { x: 20, y: 10 } });

describe('clipboard (E8)', () => {
  it('takes along connections among the copied, probes, positions and arrays', () => {
    const document = sampleDocument();
    const clipboard = copyElements(document, ['el_cells', 'el_noise', 'el_sunspots', 'el_gone']);
    expect(clipboard.elements.map((each) => each.name)).toEqual(['Noise', 'Cells', 'Sunspots']);
    expect(clipboard.connections.length).toBe(2);
    expect(clipboard.probes.map((each) => each.target)).toEqual(['v']);
    expect(clipboard.positions).toEqual({ el_noise: { x: 0, y: 0 }, el_cells: { x: 200, y: 0 } });
    expect(clipboard.arrays).toEqual([seriesArray]);
  });

  it('pastes into the same document under new ids and free names', () => {
    const document = sampleDocument();
    const copy = (from = document) =>
      expectOk(applyEdit(from, pasteEdit(from, copyElements(document, ['el_cells']), options())));
    const applied = copy();
    expect(applied.label).toBe('Duplicate Cells 2');
    expect(Object.values(applied.document.elements).map((each) => each.name)).toEqual([
      'Noise',
      'Cells',
      'Sunspots',
      'Reservoir',
      'Cells 2',
    ]);
    const added = Object.values(applied.document.elements).at(-1);
    expect(applied.document.view.positions[added?.id ?? '']).toEqual({ x: 220, y: 10 });
    expect(Object.values(applied.document.connections).at(-1)).toMatchObject({
      from: { element: added?.id },
      to: { element: added?.id },
    });
    expect(validate(applied.document, fakeCatalogue).problems).toEqual([]);
  });

  it('pastes into another document with its arrays', () => {
    const clipboard = copyElements(sampleDocument(), ['el_sunspots', 'el_reservoir']);
    const other = createEmptyDocument('Other');
    const pasted = expectOk(applyEdit(other, pasteEdit(other, clipboard, options()))).document;
    expect(Object.keys(pasted.arrays)).toEqual([seriesArray.id]);
    expect(validate(pasted, fakeCatalogue).problems).toEqual([]);
  });

  it('numbers several copies of one name apart', () => {
    const document = sampleDocument();
    const once = copyElements(document, ['el_cells']);
    const twice = { ...once, elements: [...once.elements, { ...once.elements[0], id: 'el_other' }] } as typeof once;
    const edit = pasteEdit(document, twice, options());
    expect(edit.type === 'element.paste' && edit.elements.map((each) => each.name)).toEqual(['Cells 2', 'Cells 3']);
  });
});
