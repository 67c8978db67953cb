import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compressBySource } from './event-product.ts';

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
        );
        expect(rows.starts.length).toBe(sourceSize + 1);
        expect(rows.starts[0]).toBe(0);
        expect(rows.starts[sourceSize]).toBe(list.length);
        for (let source = 0; source < sourceSize; source += 1) {
          const [from, to] = [rows.starts[source], rows.starts[source + 1]];
          const own = list.filter(([of]) => of === source);
          expect(Array.from(rows.targets.slice(from, to))).toEqual(own.map(([, target]) => target));
          expect(Array.from(rows.weights.slice(from, to))).toEqual(own.map(([, , weight]) => weight));
        }
      }),
    );
  });

  it('has empty rows for sources without synapses', () => {
    const rows = compressBySource(
      { sources: Int32Array.of(2), targets: Int32Array.of(5), weights: Float64Array.of(1) },
      4,
    );
    expect(Array.from(rows.starts)).toEqual([0, 0, 0, 1, 1]);
  });
});
