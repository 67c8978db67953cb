import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ElementType } from '../../build/program.ts';
import { convolvedSize } from './convolve.ts';
import { runKernel } from './kernels.test-support.ts';

const arrays = {
  f64: Float64Array,
  f32: Float32Array,
  i32: Int32Array,
  u16: Uint16Array,
  i8: Int8Array,
  u8: Uint8Array,
} as const;

/** A pseudo-random signal of a type: numbers around 0, whole numbers below `limit`. */
function filled(type: ElementType, length: number, seed: number, limit = 100) {
  const values = new arrays[type](length);
  let state = (seed * 2_654_435_761 + 12_345) >>> 0;
  for (let index = 0; index < length; index += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const uniform = state / 2 ** 32;
    if (type === 'f64' || type === 'f32') values[index] = (uniform - 0.5) * 10 ** ((state % 7) - 3);
    else values[index] = type === 'i8' ? Math.floor(uniform * 255) - 127 : Math.floor(uniform * limit);
  }
  return { type, values };
}

const empty = (type: ElementType, length: number) => ({ type, values: new arrays[type](length) });
const seeds = fc.integer({ min: 1, max: 1_000_000 });
const float = fc.constantFrom<'f64' | 'f32'>('f64', 'f32');

describe('copy', () => {
  it('moves the row of the step, in and out of rings, in every type', () => {
    const cases = fc.record({
      type: fc.constantFrom<ElementType>('f64', 'f32', 'i32', 'u16', 'i8', 'u8'),
      length: fc.integer({ min: 1, max: 40 }),
      fromRows: fc.integer({ min: 1, max: 4 }),
      toRows: fc.integer({ min: 1, max: 4 }),
      steps: fc.integer({ min: 1, max: 9 }),
    });
    fc.assert(
      fc.property(cases, seeds, ({ type, length, fromRows, toRows, steps }, seed) => {
        const contents = { from: filled(type, length * fromRows, seed), to: empty(type, length * toRows) };
        const { wasm, plain } = runKernel('copy', contents, { length, fromRows, toRows }, steps);
        expect(wasm['to']).toEqual(plain['to']);
        const last = steps - 1;
        const row = (values: ArrayLike<number> | undefined, rows: number) =>
          Array.from(values ?? []).slice((last % rows) * length, (last % rows) * length + length);
        expect(row(wasm['to'], toRows)).toEqual(row(contents.from.values, fromRows));
      }),
      { numRuns: 60 },
    );
  });
});

describe('gather-spikes', () => {
  it('lists the cells that are set, ascending, for every size and density', () => {
    fc.assert(
      fc.property(fc.nat(400), fc.constantFrom(1, 2, 5, 50, 1000), seeds, (cells, one, seed) => {
        const mask = filled('u8', cells + 3, seed, one);
        mask.values.forEach((value, cell) => {
          mask.values[cell] = value === 0 ? 1 + (seed % 255) : 0;
        });
        const contents = { mask, list: empty('i32', cells + 1), count: empty('i32', 1) };
        const { wasm, plain } = runKernel('gather-spikes', contents, { cells });
        expect(wasm['count']).toEqual(plain['count']);
        const found = wasm['count']?.[0] ?? -1;
        const wanted = Array.from({ length: cells }, (_, cell) => cell).filter((cell) => mask.values[cell] !== 0);
        expect(Array.from(wasm['list'] ?? []).slice(0, found)).toEqual(wanted);
      }),
      { numRuns: 200 },
    );
  });
});

describe('kernels of a thread', () => {
  it('gather the spikes of some cells from the row of the step', () => {
    const share = fc.record({ cells: fc.integer({ min: 1, max: 300 }), first: fc.nat(18), length: fc.nat(300) });
    fc.assert(
      fc.property(share, fc.integer({ min: 1, max: 5 }), fc.constantFrom(1, 2, 9), seeds, (given, rows, one, seed) => {
        const { cells } = given;
        const from = Math.min(16 * given.first, cells - (cells % 16));
        const to = Math.min(cells, from + given.length);
        const mask = filled('u8', rows * cells + 16, seed, one + 1);
        const contents = { mask, list: empty('i32', cells + 1), count: empty('i32', 1) };
        const steps = 1 + (seed % 7);
        const { wasm, plain } = runKernel('gather-spikes', contents, { cells, rows, from, to }, steps);
        expect(wasm['count']).toEqual(plain['count']);
        const row = mask.values.subarray(((steps - 1) % rows) * cells);
        const wanted = Array.from({ length: to - from }, (_, index) => from + index).filter((cell) => row[cell] !== 0);
        expect(Array.from(wasm['list'] ?? []).slice(0, wasm['count']?.[0])).toEqual(wanted);
      }),
      { numRuns: 150 },
    );
  });

  it.each(['f64', 'i32', 'u8'] as const)('copy some of a row of %s', (type) => {
    const [length, rows] = [100, 3];
    const contents = { from: filled(type, length, 5), to: empty(type, rows * length) };
    const numbers = { length, fromRows: 1, toRows: rows, from: 48, to: 96 };
    const { wasm, plain } = runKernel('copy', contents, numbers, 2);
    expect(wasm['to']).toEqual(plain['to']);
    const wanted = new arrays[type](rows * length);
    for (const row of [0, 1]) wanted.set(contents.from.values.subarray(48, 96), row * length + 48);
    expect(plain['to']).toEqual(wanted);
  });
});

describe('dense-product', () => {
  const cases = fc.record({
    inputs: fc.integer({ min: 1, max: 23 }),
    outputs: fc.integer({ min: 1, max: 37 }),
    matrix: fc.constantFrom<'f64' | 'f32' | 'i8'>('f64', 'f32', 'i8'),
    vector: float,
    result: float,
    transposed: fc.nat(1),
    accumulate: fc.nat(1),
    events: fc.boolean(),
  });

  it('sums over inputs in ascending order, in every layout, precision and form', () => {
    fc.assert(
      fc.property(cases, seeds, ({ inputs, outputs, matrix, vector, result, transposed, accumulate, events }, seed) => {
        fc.pre(result === 'f64' || matrix !== 'f64');
        const chosen = Array.from({ length: inputs }, (_, row) => row).filter((row) => (seed >> (row % 17)) % 2 === 1);
        const given = events
          ? {
              list: { type: 'i32' as const, values: Int32Array.from([...chosen, 0]) },
              count: { type: 'i32' as const, values: Int32Array.of(chosen.length) },
            }
          : { vector: filled(vector, inputs, seed) };
        const contents = {
          ...given,
          matrix: filled(matrix, inputs * outputs, seed + 1),
          result: filled(result, outputs, seed + 2),
        };
        const numbers = { inputs, outputs, transposed, accumulate, scale: 0.013 };
        const { wasm, plain } = runKernel('dense-product', contents, numbers);
        expect(wasm['result']).toEqual(plain['result']);
      }),
      { numRuns: 600 },
    );
  });

  it('does so for more results than fit the first cache', () => {
    const [inputs, outputs] = [9, 5003];
    const contents = {
      vector: filled('f64', inputs, 1),
      matrix: filled('f64', inputs * outputs, 2),
      result: filled('f64', outputs, 3),
    };
    const numbers = { inputs, outputs, transposed: 0, accumulate: 0, scale: 1 };
    const { wasm, plain } = runKernel('dense-product', contents, numbers);
    expect(wasm['result']).toEqual(plain['result']);
    let sum = 0;
    for (let row = 0; row < inputs; row += 1) {
      sum += (contents.vector.values[row] ?? 0) * (contents.matrix.values[row * outputs + 5002] ?? 0);
    }
    expect(wasm['result']?.[5002]).toBe(sum);
  });

  it('adds listed rows to the bits of a product with ones and zeros', () => {
    const [inputs, outputs] = [40, 33];
    const matrix = filled('f64', inputs * outputs, 4);
    const chosen = [0, 3, 4, 5, 17, 22, 39];
    const mask = Float64Array.from({ length: inputs }, (_, row) => (chosen.includes(row) ? 1 : 0));
    const result = empty('f64', outputs);
    const numbers = { inputs, outputs, transposed: 0, accumulate: 1, scale: 1 };
    const dense = runKernel('dense-product', { vector: { type: 'f64', values: mask }, matrix, result }, numbers);
    const list = { type: 'i32' as const, values: Int32Array.from(chosen) };
    const count = { type: 'i32' as const, values: Int32Array.of(chosen.length) };
    const events = runKernel('dense-product', { list, count, matrix, result }, numbers);
    expect(events.wasm['result']).toEqual(dense.wasm['result']);
  });
});

type Dimensions = Readonly<
  Record<
    'inputChannels' | 'outputChannels' | 'height' | 'width' | 'kernelHeight' | 'kernelWidth' | 'strideY' | 'strideX',
    number
  > &
    Record<'paddingY' | 'paddingX', number>
>;

/** The last result of a convolution, by the definition. */
function lastResult(
  {
    input,
    weights,
    bias,
  }: Readonly<Record<'input' | 'weights', { values: ArrayLike<number> }>> & {
    bias?: { values: ArrayLike<number> };
  },
  sizes: Dimensions,
  [y, x]: readonly [number, number],
): number {
  const { inputChannels, outputChannels, height, width, kernelHeight, kernelWidth } = sizes;
  let sum = bias?.values[outputChannels - 1] ?? 0;
  for (let place = 0; place < inputChannels * kernelHeight * kernelWidth; place += 1) {
    const [kx, ky] = [place % kernelWidth, Math.floor(place / kernelWidth) % kernelHeight];
    const channel = Math.floor(place / kernelWidth / kernelHeight);
    const [iy, ix] = [y * sizes.strideY + ky - sizes.paddingY, x * sizes.strideX + kx - sizes.paddingX];
    if (iy < 0 || ix < 0 || iy >= height || ix >= width) continue;
    const first = (outputChannels - 1) * inputChannels * kernelHeight * kernelWidth;
    sum += (weights.values[first + place] ?? 0) * (input.values[(channel * height + iy) * width + ix] ?? 0);
  }
  return sum;
}

describe('convolve', () => {
  const cases = fc.record({
    type: float,
    inputChannels: fc.integer({ min: 1, max: 3 }),
    outputChannels: fc.integer({ min: 1, max: 3 }),
    height: fc.integer({ min: 3, max: 9 }),
    width: fc.integer({ min: 3, max: 13 }),
    kernelHeight: fc.integer({ min: 1, max: 3 }),
    kernelWidth: fc.integer({ min: 1, max: 3 }),
    strideY: fc.integer({ min: 1, max: 3 }),
    strideX: fc.integer({ min: 1, max: 3 }),
    paddingY: fc.integer({ min: 0, max: 3 }),
    paddingX: fc.integer({ min: 0, max: 3 }),
    biased: fc.boolean(),
  });

  it('sums over channels and kernel in order, with stride and padding', () => {
    fc.assert(
      fc.property(cases, seeds, ({ type, biased, ...numbers }, seed) => {
        const { inputChannels, outputChannels, height, width, kernelHeight, kernelWidth } = numbers;
        const rows = convolvedSize(height, kernelHeight, numbers.strideY, numbers.paddingY);
        const columns = convolvedSize(width, kernelWidth, numbers.strideX, numbers.paddingX);
        const contents = {
          input: filled(type, inputChannels * height * width, seed),
          weights: filled(type, outputChannels * inputChannels * kernelHeight * kernelWidth, seed + 1),
          result: empty(type, outputChannels * rows * columns),
          ...(biased ? { bias: filled(type, outputChannels, seed + 2) } : {}),
        };
        const { wasm, plain } = runKernel('convolve', contents, numbers);
        expect(wasm['result']).toEqual(plain['result']);
        if (type === 'f64') expect(wasm['result']?.at(-1)).toBe(lastResult(contents, numbers, [rows - 1, columns - 1]));
      }),
      { numRuns: 200 },
    );
  });
});
