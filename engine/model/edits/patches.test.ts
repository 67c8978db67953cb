/** Patches: order of keys, refusal of what does not fit, sharing. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SpikeloomDocument } from '../document.ts';
import { element, sampleDocument } from '../testing/fake-document.test-support.ts';
import { applyPatches, differences, patchSchema } from './patches.ts';
import type { Patch } from './patches.ts';

function withElements(ids: readonly string[]): SpikeloomDocument {
  const elements = Object.fromEntries(ids.map((id) => [id, { ...element('X', 'neurons/lif'), id }]));
  return { ...sampleDocument(), elements };
}

describe('patches', () => {
  it('lead from any order of records to any other (E2)', () => {
    const ids = fc.shuffledSubarray(['a', 'b', 'c', 'd', 'e', '7', '30'], { minLength: 0 });
    fc.assert(
      fc.property(ids, ids, (from, to) => {
        const there = withElements(to);
        const arrived = applyPatches(withElements(from), differences(withElements(from), there));
        expect(JSON.stringify(arrived)).toBe(JSON.stringify(there));
      }),
    );
  });

  it('say no more than what changed', () => {
    const document = withElements(['a', 'b', 'c']);
    const { b, ...others } = document.elements;
    const without = { ...document, elements: others };
    expect(differences(document, without)).toEqual([{ op: 'remove', path: ['elements', 'b'] }]);
    expect(differences(without, document)).toEqual([{ op: 'add', path: ['elements', 'b'], value: b, before: 'c' }]);
    expect(differences(document, { ...document, run: { ...document.run, seed: 9 } })).toEqual([
      { op: 'replace', path: ['run', 'seed'], value: 9 },
    ]);
    expect(differences(document, structuredClone(document))).toEqual([]);
  });

  it('share with the old document what they do not touch', () => {
    const document = sampleDocument();
    const changed = applyPatches(document, [{ op: 'replace', path: ['run', 'seed'], value: 9 }]);
    expect(changed?.elements).toBe(document.elements);
    expect(document.run.seed).toBe(1);
  });

  it('put back ten thousand records at once', () => {
    const ids = Array.from({ length: 10_000 }, (_, index) => `e${index}`);
    const full = withElements(ids);
    const empty = withElements([]);
    expect(applyPatches(empty, differences(empty, full))).toEqual(full);
  });

  it.each([
    [{ op: 'remove', path: ['elements', 'gone'] }],
    [{ op: 'replace', path: ['elements', 'gone'], value: {} }],
    [{ op: 'add', path: ['elements', 'el_cells'], value: {} }],
    [{ op: 'add', path: ['elements', 'new'], value: {}, before: 'gone' }],
    [{ op: 'replace', path: ['elements', 'gone', 'name'], value: 'x' }],
    [{ op: 'replace', path: ['name', 'length'], value: 0 }],
    [{ op: 'replace', path: ['elements', 'toString', 'name'], value: 'x' }],
  ] satisfies [Patch][])('that do not fit are refused: %j', (patch) => {
    expect(applyPatches(sampleDocument(), [patch])).toBeUndefined();
  });

  it('cannot name the prototype', () => {
    expect(patchSchema.safeParse({ op: 'replace', path: ['elements', '__proto__'], value: {} }).success).toBe(false);
    expect(patchSchema.safeParse({ op: 'remove', path: [] }).success).toBe(false);
  });
});
