/** Marks of what training may change: which may be, and that they are no part of the model. */
import { describe, expect, it } from 'vitest';
import { expectOk } from '../base/result.ts';
import { applyEdit } from './edits/apply-edit.ts';
import type { KindCatalogue } from './kind.ts';
import { modelHash } from './model-hash.ts';
import { fakeCatalogue } from './testing/fake-catalogue.test-support.ts';
import { sampleDocument } from './testing/fake-document.test-support.ts';
import { validate } from './validate.ts';

const document = sampleDocument();

function marked(trainable: readonly string[], id = 'el_cells') {
  return expectOk(applyEdit(document, { type: 'element.setTrainable', id, trainable: [...trainable] })).document;
}

describe('marks of what is trained', () => {
  it('stand at the element, each once, and leave the model as it was', () => {
    const edited = marked(['tau_mem', 'tau_mem']);
    expect(edited.elements['el_cells']?.trainable).toEqual(['tau_mem']);
    expect(validate(edited, fakeCatalogue).problems).toEqual(validate(document, fakeCatalogue).problems);
    expect(modelHash(edited)).toBe(modelHash(document));
    const none = expectOk(applyEdit(edited, { type: 'element.setTrainable', id: 'el_cells', trainable: [] })).document;
    expect(none).toEqual(document);
  });

  it.each([
    ['tau_memm', 'model/parameter-unknown', 'LIF population has no parameter tau_memm (marked as trainable at Cells).'],
    [
      'size',
      'model/parameter-type',
      'size of Cells is marked as trainable, but it is a whole number, which no small step changes.',
    ],
    [
      'scale',
      'training/not-differentiable',
      'scale of Cells is marked as trainable, but it has no slope: it only says how the network is built.',
    ],
    ['reset', 'model/parameter-type', 'reset of Cells is marked as trainable, but it holds no numbers.'],
  ])('may not be %s', (name, code, message) => {
    const found = validate(marked([name]), fakeCatalogue).problems;
    expect(found.map((each) => [each.code, each.message, each.at])).toEqual([
      [code, message, { element: 'el_cells', path: 'trainable' }],
    ]);
  });

  it('are refused with the reason where a kind has no gradients, or a parameter no slope', () => {
    const cells = fakeCatalogue.find('neurons/lif');
    const only = (kind: typeof cells): KindCatalogue => ({
      entries: fakeCatalogue.entries,
      find: (id) => (id === 'neurons/lif' ? kind : fakeCatalogue.find(id)),
    });
    const without = only(cells && { ...cells, noGradient: 'its cells count' });
    const parameters = cells?.parameters.map((spec) => ({ ...spec, untrainable: spec.name === 'tau_mem' })) ?? [];
    const flat = only(cells && { ...cells, parameters });
    const messages = [without, flat].map((catalogue) => validate(marked(['tau_mem']), catalogue).problems[0]?.message);
    expect(messages).toEqual([
      "tau_mem of Cells is marked as trainable, but it can't be trained, because its cells count.",
      'tau_mem of Cells is marked as trainable, but it has no slope: it only says how the network is built.',
    ]);
  });

  it('go with the parameters when an element becomes of another kind', () => {
    const edit = { type: 'element.setKind', id: 'el_cells', kind: 'neurons/adex', parameters: {}, inputs: {} } as const;
    expect(expectOk(applyEdit(marked(['tau_mem']), edit)).document.elements['el_cells']?.trainable).toBeUndefined();
  });
});
