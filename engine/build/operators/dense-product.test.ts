import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Program, Signal } from '../program.ts';
import { trace } from '../fake-model.test-support.ts';
import { denseProduct } from './dense-product.ts';

const number = fc.double({ noNaN: true, min: -1e3, max: 1e3 });

/** result = start + vector · matrix on the interpreter. */
function multiply(
  shape: { inputs: number; outputs: number },
  given: { vector: number[]; matrix: number[]; start: number },
  transposed: boolean,
  accumulate: boolean,
): number[] {
  const { inputs, outputs } = shape;
  const signal = (name: string, length: number, initial: Signal['initial']): Signal => ({
    id: name,
    element: 'e',
    name,
    type: 'f64',
    shape: [length],
    initial,
    unit: '1',
    role: name === 'result' ? 'state' : 'constant',
  });
  const body = denseProduct({
    vector: 'vector',
    matrix: 'matrix',
    result: 'result',
    inputs,
    outputs,
    transposed,
    accumulate,
  });
  const program: Program = {
    name: 'product',
    timeStepSeconds: 1,
    steps: 1,
    seed: 1,
    probes: [],
    readouts: [],
    elements: [],
    signals: [
      signal('vector', inputs, Float64Array.from(given.vector)),
      signal('matrix', inputs * outputs, Float64Array.from(given.matrix)),
      signal('result', outputs, given.start),
    ],
    operators: [
      {
        id: 'e/product',
        element: 'e',
        slot: 'groups',
        reads: ['vector', 'matrix'],
        sets: [],
        adds: ['result'],
        updates: [],
        readsUpdated: [],
        body,
      },
    ],
  };
  return trace(program, 1, 'result')[0]?.[0] ?? [];
}

describe('denseProduct', () => {
  it('sums over the inputs in ascending order, in either storage, with and without what is there', () => {
    const shapes = fc.record({ inputs: fc.integer({ min: 1, max: 5 }), outputs: fc.integer({ min: 1, max: 5 }) });
    const given = shapes.chain((shape) =>
      fc.record({
        shape: fc.constant(shape),
        vector: fc.array(number, { minLength: shape.inputs, maxLength: shape.inputs }),
        matrix: fc.array(number, { minLength: shape.inputs * shape.outputs, maxLength: shape.inputs * shape.outputs }),
        start: number,
      }),
    );
    fc.assert(
      fc.property(given, fc.boolean(), fc.boolean(), ({ shape, vector, matrix, start }, transposed, accumulate) => {
        const wanted = Array.from({ length: shape.outputs }, (_, column) => {
          let sum = accumulate ? start : 0;
          for (let row = 0; row < shape.inputs; row += 1) {
            const weight = transposed ? matrix[column * shape.inputs + row] : matrix[row * shape.outputs + column];
            sum += (vector[row] as number) * (weight as number);
          }
          return sum;
        });
        expect(multiply(shape, { vector, matrix, start }, transposed, accumulate)).toEqual(wanted);
      }),
      { numRuns: 60 },
    );
  });
});
