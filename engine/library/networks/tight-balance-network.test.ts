/** Tightly balanced networks as blocks: what they solve, on both targets, and what is refused. */
import { describe, expect, it } from 'vitest';
import { createUniformSource, streamKey } from '../../base/random.ts';
import { hash32 } from '../../base/hash.ts';
import { expectOk } from '../../base/result.ts';
import { solveLinearProblem } from '../../generators/tight-balance-network.ts';
import { createMatrix } from '../../math/matrix.ts';
import { decodeArray } from '../../model/arrays.ts';
import type { SpikeloomDocument } from '../../model/document.ts';
import { createEmptyDocument } from '../../model/new-document.ts';
import type { Quantity } from '../../model/value.ts';
import { prepared, runOn } from '../library-models.test-support.ts';
import { tightBalanceBlocks } from './tight-balance-blocks.ts';
import { tightBalanceForms, type GivenArguments } from './tight-balance-forms.ts';

function made(id: string, given: GivenArguments) {
  const form = tightBalanceForms.find((each) => each.id === id);
  if (form === undefined) throw new Error(id);
  return form.make(given);
}

/** A project with nothing but the network; `step` is that of the run before. */
function documentOf(id: string, given: GivenArguments, step: Quantity = { value: 0.1, unit: 'ms' }): SpikeloomDocument {
  const empty = createEmptyDocument('Balanced');
  const run = { ...empty.run, timeStep: step };
  const { clipboard, timeStep = step } = tightBalanceBlocks(expectOk(made(id, given)), run);
  const byId = <T extends { readonly id: string }>(records: readonly T[]): Record<string, T> =>
    Object.fromEntries(records.map((record) => [record.id, record]));
  return {
    ...empty,
    run: { ...run, timeStep },
    elements: byId(clipboard.elements),
    connections: byId(clipboard.connections),
    probes: byId(clipboard.probes),
    arrays: byId(clipboard.arrays),
  };
}

/** Mean of each output over the second half of the run. */
function meanOf(values: readonly number[], outputs: number): number[] {
  const rows = values.length / outputs;
  return Array.from({ length: outputs }, (_, output) => {
    let sum = 0;
    for (let row = rows / 2; row < rows; row += 1) sum += values[row * outputs + output] ?? NaN;
    return sum / (rows / 2);
  });
}

const problem = { a: '-10 2; -2 -10', c: '-1000 2500', net_size: 30 };

describe('a linear problem', () => {
  it('given a stable matrix, then the read-out goes to the solution of a·x = −c', () => {
    const found = runOn('wasm', prepared(documentOf('solve', problem)).program, 10_000)['probe probe_readout'] ?? [];
    const [first = NaN, second = NaN] = meanOf(found, 2);
    const [x, y] = [(10 * -1000 + 2 * 2500) / 104, (2 * 1000 + 10 * 2500) / 104];
    expect(Math.hypot(first - x, second - y) / Math.hypot(x, y)).toBeLessThan(0.01);
  });

  it('given both targets, then they leave the same bits', () => {
    const { program } = prepared(documentOf('solve', { ...problem, net_size: 8 }));
    const found = runOn('interpreter', program, 600);
    expect(found).toEqual(runOn('wasm', program, 600));
    expect(found['probe probe_cells']?.length).toBeGreaterThan(10);
  });

  it('given arguments, then the blocks have the weights and potentials of the function', () => {
    const { arrays, elements } = documentOf('solve', { ...problem, net_size: 8, seed: 5 });
    const uniform = createUniformSource(streamKey(5, hash32('tight-balance')));
    const a = createMatrix(2, 2, Float64Array.of(-10, 2, -2, -10));
    const { reservoir, input, output } = expectOk(solveLinearProblem(a, { size: 8 }, uniform));
    const numbers = (element: string, name: string) => {
      const { array } = elements[element]?.parameters[name] as { readonly array: string };
      const record = arrays[array];
      return record === undefined ? undefined : expectOk(decodeArray(record)).values;
    };
    expect(numbers('cells', 'weights_fast')).toEqual(reservoir.fast.values);
    expect(numbers('cells', 'weights_slow')).toEqual(reservoir.slow.values);
    expect(numbers('cells', 'v_reset')).toEqual(reservoir.reset);
    expect(numbers('input', 'weights')).toEqual(input.weights.values);
    expect(numbers('readout', 'weights')).toEqual(output.weights.values);
    expect(elements['cells']?.parameters).toMatchObject({ tau_syn_fast: { value: 1, unit: 'ms' } });
  });
});

describe('a network that is specified', () => {
  it('given two cells that oppose each other, then they solve dx/dt = −5 x + c', () => {
    // What the form begins with: decoding weights ±0.5, no costs.
    const { program } = prepared(documentOf('specify', { c: '200' }));
    const found = runOn('wasm', program, 20_000)['probe probe_readout'] ?? [];
    expect(Math.abs((meanOf(found, 1)[0] ?? NaN) - 40)).toBeLessThan(0.5);
  });
});

describe('the step of the run', () => {
  it.each([
    [{ value: 0.1, unit: 'ms' }, undefined, 0.1],
    [{ value: 10, unit: 'us' }, { value: 0.1, unit: 'ms' }, 10],
    [{ value: 1, unit: 'ms' }, undefined, 0.1],
  ])('given %o, then the cells take 0.1 ms', (before, own, after) => {
    const document = documentOf('solve', { ...problem, net_size: 4 }, before);
    expect(document.elements['cells']?.timeStep).toEqual(own);
    expect(document.run.timeStep.value).toBe(after);
    expect(prepared(document).program.probes.length).toBe(2);
  });
});

describe('what is refused', () => {
  it.each<[string, GivenArguments, string]>([
    ['solve', { a: '1 2 3; 4 5 6' }, 'a is of shape [2, 3]; it must be a square matrix.'],
    ['solve', { a: '-1 0; 0' }, 'row 2 of a is 1 long; it must be 2 long, as its first row is.'],
    ['solve', { a: '-1 x; 0 -1' }, 'row 1, column 2 of a is “x”; it must be a finite number.'],
    ['solve', { a: '-1 0; Infinity -1' }, 'row 2, column 1 of a is “Infinity”; it must be a finite number.'],
    ['solve', { a: ' ' }, 'a is empty; it must be rows of numbers.'],
    ['solve', { c: '1 2 3' }, 'c is of length 3; it must be one number, or 2: one for each variable.'],
    ['solve', { net_size: 0 }, 'net_size is 0; it must be a whole number between 1 and 1000.'],
    [
      'solve',
      { gamma: '1 2; 3 4', net_size: 3 },
      'gamma is of shape [2, 2]; it must be of shape [2, 3], as a and net_size say.',
    ],
    ['solve', { mu: NaN }, 'mu is NaN; it must be a finite number that is not negative.'],
    ['solve', { tau_mem: 0 }, 'tau_mem is 0; it must be a finite number greater than 0.'],
    ['solve', { dt: 1 }, 'dt is 1; it must be between 0 and 0.1.'],
    ['solve', { a: '1e308 1e308; 1e308 1e308', gamma: '9 -9 1; 9 1 -9' }, 'a weight of the network is'],
    ['specify', { weights_slow: '1' }, 'weights_slow is of shape [1, 1]; it must be of shape [2, 2].'],
    ['specify', { weights_in: '1 2 3' }, 'weights_in is of shape [1, 3]; it must be of shape [1, 2].'],
    ['specify', { v_reset: '-65 -65 -65' }, 'v_reset is of length 3; it must be one number, or 2: one for each cell.'],
  ])('%s %o', (id, given, message) => {
    const result = made(id, given);
    expect(result.ok ? '' : result.problems.map((each) => each.message).join()).toContain(message);
    expect(result.ok ? '' : result.problems[0]?.code).toBe('generator/invalid');
  });
});
