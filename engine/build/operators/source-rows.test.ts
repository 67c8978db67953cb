import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compressBySource, splitByDelay, toLists } from './source-rows.ts';

const synapses = fc.integer({ min: 1, max: 12 }).chain((sourceSize) =>
  fc.record({
    sourceSize: fc.constant(sourceSize),
    list: fc.array(fc.tuple(fc.nat({ max: sourceSize - 1 }), fc.nat({ max: 9 }), fc.double({ noNaN: true })), {
      maxLength: 60,
    }),
  }),
);

describe('compressBySource', () => {
  it('keeps every synapse once, by source, in the order of creation', () => {
    fc.assert(
      fc.property(synapses, ({ sourceSize, list }) => {
        const rows = compressBySource(
          {
            sources: Int32Array.from(list, ([source]) => source),
            targets: Int32Array.from(list, ([, target]) => target),
            weights: Float64Array.from(list, ([, , weight]) => weight),
          },
          sourceSize,
          10,
        );
        expect(rows.starts.length).toBe(sourceSize + 1);
        expect(rows.starts[0]).toBe(0);
        expect(rows.starts[sourceSize]).toBe(list.length);
        for (let source = 0; source < sourceSize; source += 1) {
          const [from, to] = [rows.starts[source], rows.starts[source + 1]];
          const own = list.filter(([of]) => of === source);
          expect(Array.from(rows.targets.slice(from, to))).toEqual(own.map(([, target]) => target));
          expect(Array.from(toLists(rows, 10).weights.slice(from, to))).toEqual(own.map(([, , weight]) => weight));
        }
      }),
    );
  });

  it('has empty rows for sources without synapses', () => {
    const rows = compressBySource(
      { sources: Int32Array.of(2), targets: Int32Array.of(5), weights: Float64Array.of(1) },
      4,
      10,
    );
    expect(Array.from(rows.starts)).toEqual([0, 0, 0, 1, 1]);
  });
});

describe('rows', () => {
  const lists = {
    sources: Int32Array.of(1, 0, 1, 1),
    targets: Int32Array.of(3, 2, 1, 0),
    weights: Float64Array.of(0.5, 0.5, 0.5, 0.5),
  };

  it('hold equal weights as one number', () => {
    expect(compressBySource(lists, 2, 65_536).weights).toBe(0.5);
  });

  it('tell targets by their place in a block, beyond 65,536 cells and in smaller blocks', () => {
    const far = { ...lists, targets: Int32Array.of(69_999, 65_535, 1, 65_536) };
    const rows = compressBySource(far, 2, 70_000);
    expect(Array.from(rows.starts)).toEqual([0, 1, 1, 2, 4]);
    expect(Array.from(rows.targets)).toEqual([65_535, 1, 69_999 - 65_536, 0]);
    expect(toLists(rows, 70_000).targets).toEqual(Int32Array.of(65_535, 1, 69_999, 65_536));
    const small = compressBySource(lists, 2, 4, 3);
    expect(Array.from(small.starts)).toEqual([0, 1, 1, 3, 4]);
    expect(toLists(small, 4).targets).toEqual(Int32Array.of(2, 1, 0, 3));
  });

  it('are split by delay, the longest first, equal ones in their order', () => {
    const rows = compressBySource({ ...lists, weights: Float64Array.of(1, 2, 3, 4) }, 2, 10);
    // In rows: source 0 → 2; source 1 → 3, 1, 0.
    const split = splitByDelay(rows, 10, Int32Array.of(2, 5, 2, 5));
    expect(split.delays).toEqual([5, 2]);
    expect(Array.from(split.starts)).toEqual([0, 0, 1, 3, 4]);
    expect(Array.from(split.targets)).toEqual([2, 3, 0, 1]);
    expect(Array.from(split.weights as Float64Array)).toEqual([2, 1, 4, 3]);
  });
});
