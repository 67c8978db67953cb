/** Products with matrices in panels, and products in slices, against the plain product. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createUniformSource } from '../../base/random.ts';
import { packPanels, panelShape, unpackPanels } from './dense-panels.ts';
import { denseProductPlain } from './dense-plain.ts';
import type { KernelContents } from './kernels.test-support.ts';
import { instantiateKernel, runKernel } from './kernels.test-support.ts';

const arrays = { f64: Float64Array, f32: Float32Array, i8: Int8Array } as const;

function filled(type: keyof typeof arrays, length: number, seed: number): KernelContents[string] {
  const source = createUniformSource(seed);
  const scale = type === 'i8' ? 250 : 2;
  const values = new arrays[type](length);
  for (let index = 0; index < length; index += 1) values[index] = scale * (source.next() - 0.5);
  return { type, values };
}

const float = fc.constantFrom<'f64' | 'f32'>('f64', 'f32');
const cases = fc.record({
  inputs: fc.integer({ min: 1, max: 19 }),
  outputs: fc.integer({ min: 1, max: 70 }),
  matrix: fc.constantFrom<'f64' | 'f32' | 'i8'>('f64', 'f32', 'i8'),
  vector: float,
  result: float,
  transposed: fc.boolean(),
  accumulate: fc.nat(1),
  seed: fc.nat(1e6),
});
type Case = typeof cases extends fc.Arbitrary<infer T> ? T : never;

function contentsOf({ inputs, outputs, matrix, vector, result, seed }: Case) {
  return {
    vector: filled(vector, inputs, seed),
    matrix: filled(matrix, inputs * outputs, seed + 1),
    result: filled(result, outputs, seed + 2),
  };
}

function numbersOf({ inputs, outputs, transposed, accumulate }: Case) {
  return { inputs, outputs, transposed: transposed ? 1 : 0, accumulate, scale: 0.013 };
}

/** The same contents with the matrix in panels, and the numbers that say so. */
function inPanels(given: Case, contents: ReturnType<typeof contentsOf>) {
  const shape = panelShape(given.matrix, given.result, given.outputs);
  const values = contents.matrix.values.slice();
  packPanels(values, contents.matrix.values, shape, given);
  const numbers = { ...numbersOf(given), panelColumns: shape.columns, lastColumns: shape.lastColumns };
  return { contents: { ...contents, matrix: { type: given.matrix, values } }, numbers, shape };
}

function plainResult(given: Case): unknown {
  const contents = contentsOf(given);
  const views = Object.fromEntries(Object.entries(contents).map(([name, { values }]) => [name, values.slice()]));
  denseProductPlain(views, numbersOf(given));
  return views['result'];
}

describe('panels', () => {
  it('hold every entry once, and give the matrix back', () => {
    fc.assert(
      fc.property(cases, (given) => {
        const { matrix } = contentsOf(given);
        const shape = panelShape(given.matrix, given.result, given.outputs);
        const panels = matrix.values.slice().fill(0);
        packPanels(panels, matrix.values, shape, given);
        expect(panels.slice().sort()).toEqual(matrix.values.slice().sort());
        expect(unpackPanels(panels, shape, given)).toEqual(matrix.values);
      }),
      { numRuns: 100 },
    );
  });

  it('give the bits of the plain product in every precision, from either layout', () => {
    fc.assert(
      fc.property(cases, (given) => {
        fc.pre(given.result === 'f64' || given.matrix !== 'f64');
        const { contents, numbers } = inPanels(given, contentsOf(given));
        const { wasm, plain } = runKernel('dense-product', contents, numbers);
        expect(wasm['result']).toEqual(plainResult(given));
        expect(plain['result']).toEqual(plainResult(given));
      }),
      { numRuns: 600 },
    );
  });

  it('write nothing beyond the cache line of the last result', () => {
    const given: Case = {
      ...{ inputs: 7, outputs: 25, matrix: 'f64', vector: 'f64', result: 'f64', transposed: false, accumulate: 0 },
      seed: 3,
    };
    const { contents, numbers } = inPanels(given, contentsOf(given));
    const behind = filled('f64', 16, 9);
    const { views, run } = instantiateKernel('dense-product', { ...contents, behind }, numbers);
    run(0);
    expect(views['behind']).toEqual(behind.values);
  });
});

describe('slices', () => {
  it('make up the whole, in panels and in rows', () => {
    fc.assert(
      fc.property(cases, fc.boolean(), fc.nat(100), (given, packed, cut) => {
        fc.pre(given.result === 'f64' || given.matrix !== 'f64');
        const whole = contentsOf(given);
        const { contents, numbers, shape } = packed
          ? inPanels(given, whole)
          : { contents: whole, numbers: numbersOf(given), shape: { columns: 1 } };
        const border = Math.min(given.outputs, (cut % (given.outputs + 1)) * shape.columns);
        const lower = runKernel('dense-product', contents, { ...numbers, from: 0, to: border });
        const upper = runKernel('dense-product', contents, { ...numbers, from: border, to: given.outputs });
        const both = plainResult(given) as Float64Array;
        for (const version of ['wasm', 'plain'] as const) {
          const [first, second] = [lower[version]['result'], upper[version]['result']];
          expect(first?.slice(0, border)).toEqual(both.slice(0, border));
          expect(second?.slice(border)).toEqual(both.slice(border));
          expect(second?.slice(0, border)).toEqual(whole.result.values.slice(0, border));
        }
      }),
      { numRuns: 400 },
    );
  });
});
