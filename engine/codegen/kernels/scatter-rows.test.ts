import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compressBySource, splitByDelay } from '../../build/operators/source-rows.ts';
import { runKernel } from './kernels.test-support.ts';

const weightTypes = { f64: Float64Array, f32: Float32Array, i8: Int8Array } as const;
const sinkTypes = { f64: Float64Array, f32: Float32Array } as const;

/** A network of a few cells, drawn by fast-check: every synapse with its weight and delay. */
const networks = fc
  .record({ sources: fc.integer({ min: 1, max: 40 }), cells: fc.integer({ min: 1, max: 30 }) })
  .chain(({ sources, cells }) =>
    fc.record({
      sources: fc.constant(sources),
      cells: fc.constant(cells),
      synapses: fc.array(
        fc.record({
          source: fc.nat({ max: sources - 1 }),
          target: fc.nat({ max: cells - 1 }),
          weight: fc.integer({ min: -127, max: 127 }),
          delay: fc.constantFrom(1, 3),
        }),
        { maxLength: 160 },
      ),
      spiking: fc.uniqueArray(fc.nat({ max: sources - 1 })).map((list) => list.sort((left, right) => left - right)),
      before: fc.array(fc.double({ noNaN: true, min: -1, max: 1 }), { minLength: cells, maxLength: cells }),
      mask: fc.array(fc.nat({ max: 1 }), { minLength: cells, maxLength: cells }),
      blockCells: fc.integer({ min: 1, max: cells + 3 }),
      weights: fc.constantFrom<'f64' | 'f32' | 'i8' | 'one'>('f64', 'f32', 'i8', 'one'),
      sink: fc.constantFrom<'f64' | 'f32'>('f64', 'f32'),
      masked: fc.boolean(),
      split: fc.boolean(),
    }),
  );

type Network = typeof networks extends fc.Arbitrary<infer T> ? T : never;
const [one, scale] = [0.1, 0.007];

/** Synapses of the spiking sources that arrive after `delay`, added one by one in the order of creation. */
function wanted({ synapses, spiking, before, mask, weights, sink, masked, split }: Network, delay: number) {
  const round = sink === 'f32' ? Math.fround : (value: number) => value;
  const values = Array.from(before, round);
  let dropped = 0;
  for (const source of spiking) {
    for (const { target, weight } of synapses.filter(
      (made) => made.source === source && (!split || made.delay === delay),
    )) {
      const value = round(weights === 'one' ? one : weights === 'i8' ? weight * round(scale) : weight / 8);
      if (masked && mask[target] === 0) dropped = round(dropped + value);
      else values[target] = round((values[target] as number) + value);
    }
  }
  return { values, dropped };
}

function contentsOf({
  sources,
  cells,
  synapses,
  spiking,
  before,
  mask,
  blockCells,
  weights,
  sink,
  masked,
  split,
}: Network) {
  const lists = {
    sources: Int32Array.from(synapses, ({ source }) => source),
    targets: Int32Array.from(synapses, ({ target }) => target),
    // Numbers of the synapses, to find their delays and weights in the rows; 0.5 keeps them from being all equal.
    weights: Float64Array.from(synapses, (_, number) => number + 0.5),
  };
  const rows = compressBySource(lists, sources, cells, blockCells);
  const numbers = (made: number | Float64Array): number[] =>
    typeof made === 'number' ? synapses.map((_, number) => number) : Array.from(made, (number) => number - 0.5);
  const delays = Int32Array.from(numbers(rows.weights), (number) => synapses[number]?.delay ?? 1);
  const { starts, targets, weights: order } = split ? splitByDelay(rows, cells, delays) : rows;
  const stored = numbers(order).map((number) => (synapses[number]?.weight ?? 0) / (weights === 'i8' ? 1 : 8));
  return {
    list: { type: 'i32' as const, values: Int32Array.from([...spiking, 0]) },
    count: { type: 'i32' as const, values: Int32Array.of(spiking.length) },
    starts: { type: 'i32' as const, values: starts },
    targets: { type: 'u16' as const, values: targets },
    target: { type: sink, values: sinkTypes[sink].from(before) },
    ...(weights === 'one' ? {} : { weights: { type: weights, values: weightTypes[weights].from(stored) } }),
    ...(masked
      ? {
          mask: { type: 'u8' as const, values: Uint8Array.from(mask) },
          dropped: { type: sink, values: new sinkTypes[sink](1) },
        }
      : {}),
  };
}

function numbersOf({ sources, cells, blockCells, synapses, split }: Network, delay: number) {
  const delays: number[] = [...new Set(synapses.map((made) => made.delay))].sort((left, right) => right - left);
  return {
    ...{ weight: one, scale, listRows: 1, listLength: sources + 1, delay: 0, blockCells },
    blocks: Math.ceil(cells / blockCells),
    width: split ? Math.max(1, delays.length) : 1,
    offset: split ? delays.indexOf(delay) : 0,
  };
}

describe('scatter-rows', () => {
  it('adds every weight in the order of creation: any blocks, delays, types of weights, with and without mask', () => {
    fc.assert(
      fc.property(networks, (network) => {
        const delay = network.synapses[0]?.delay;
        if (delay === undefined) return;
        const { wasm, plain } = runKernel('scatter-rows', contentsOf(network), numbersOf(network, delay));
        const { values, dropped } = wanted(network, delay);
        expect(Array.from(wasm['target'] ?? [])).toEqual(values);
        expect(wasm['target']).toEqual(plain['target']);
        expect(wasm['dropped']).toEqual(plain['dropped']);
        // What is dropped is added up block by block.
        if (network.masked) expect(wasm['dropped']?.[0]).toBeCloseTo(dropped, 3);
      }),
      { numRuns: 600 },
    );
  });

  it('tells the targets of blocks apart: with all in one block the same rows lead elsewhere', () => {
    const row = {
      list: { type: 'i32' as const, values: Int32Array.of(0) },
      count: { type: 'i32' as const, values: Int32Array.of(1) },
      starts: { type: 'i32' as const, values: Int32Array.of(0, 2, 2, 3) },
      targets: { type: 'u16' as const, values: Uint16Array.of(0, 1, 0) },
      target: { type: 'f64' as const, values: new Float64Array(5) },
    };
    const numbers = { weight: 1, scale: 1, listRows: 1, listLength: 1, delay: 0, width: 1, offset: 0, blockCells: 2 };
    const addedTo = (blocks: number) =>
      Array.from(runKernel('scatter-rows', row, { ...numbers, blocks }).wasm['target'] ?? []);
    expect(addedTo(3)).toEqual([1, 1, 0, 0, 1]);
    expect(addedTo(1)).toEqual([1, 1, 0, 0, 0]);
  });
});

describe('scatter-rows of rings', () => {
  it('takes the list of so many steps ago, and of each source the rows of its own delay', () => {
    // Two sources with two rows each; source 0 fires in step 0, source 1 in step 1, both in step 2.
    const contents = {
      list: { type: 'i32' as const, values: Int32Array.of(0, 0, 1, 0, 0, 1) },
      count: { type: 'i32' as const, values: Int32Array.of(1, 1, 2) },
      starts: { type: 'i32' as const, values: Int32Array.of(0, 1, 2, 3, 4) },
      targets: { type: 'u16' as const, values: Uint16Array.of(0, 1, 2, 3) },
      target: { type: 'f64' as const, values: new Float64Array(4) },
    };
    const numbers = { weight: 1, scale: 1, listRows: 3, listLength: 2, width: 2, blocks: 1, blockCells: 4 };
    // Step 4: one step ago is step 3, row 0; two steps ago is step 2, row 2; three steps ago is row 1 again.
    for (const [delay, offset, added] of [
      [1, 0, [1, 0, 0, 0]],
      [2, 1, [0, 1, 0, 1]],
      [3, 0, [0, 0, 1, 0]],
    ] as const) {
      const last = runKernel('scatter-rows', contents, { ...numbers, delay, offset }, 5);
      const before = runKernel('scatter-rows', contents, { ...numbers, delay, offset }, 4);
      const difference = Array.from(
        last.wasm['target'] ?? [],
        (value, cell) => value - (before.wasm['target']?.[cell] ?? 0),
      );
      expect(difference).toEqual(added);
      expect(last.plain['target']).toEqual(last.wasm['target']);
    }
  });
});
