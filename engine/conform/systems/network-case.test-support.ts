/** Small networks of equations for tests: a population P, a generator g, synapses S, recorded on both targets. */
import { expect } from 'vitest';
import { expectOk, type Result } from '../../base/result.ts';
import type { NumericArray } from '../../model/validated.ts';
import { laboratoryOn } from '../case-files.test-support.ts';
import { readCase, type CaseRecord } from '../reference-case.ts';
import { equationNetwork } from './equation-network.ts';

type Target = 'wasm' | 'interpreter';

/** Steps of 1 ms; population P, generator g with one cell that spikes in steps 1 and 3, synapses S. */
export function outcome(given: object, target: Target): Result<CaseRecord> {
  const whole = {
    id: 'synapses',
    system: 'equations.network',
    kind: 'equations-network',
    dt: 1e-3,
    duration: 5e-3,
    generators: { g: { cells: 1, times: [1e-3, 3e-3], indices: [0, 0] } },
    record_when: 'end',
    expected: { states: {} },
    ...given,
  };
  return equationNetwork.run(expectOk(readCase(whole, 'synapses')), laboratoryOn(target));
}

export const cells = (equations: string, count: number, more: object = {}, initial: object = {}): object => ({
  model: { equations, constants: {}, method: 'euler', ...more },
  cells: count,
  initial,
  parameters: {},
});

export const synapses = (more: object): object => ({
  name: 'S',
  from: 'g',
  to: 'P',
  model: '',
  i: [0],
  j: [0],
  ...more,
});

/** Rows of a variable, the same on both targets. */
export function rows(given: object, object: string, variable: string): number[][] {
  const found = (['wasm', 'interpreter'] as const).map((target) => {
    const produced = expectOk(outcome({ ...given, record: { [object]: [variable] } }, target));
    const states = produced['states'] as Record<string, Record<string, CaseRecord>>;
    const { shape, values } = states[object]?.[variable]?.['samples'] as NumericArray;
    const width = shape[1] ?? 0;
    return Array.from({ length: shape[0] ?? 0 }, (_, row) =>
      Array.from(values.subarray(row * width, (row + 1) * width)),
    );
  });
  expect(found[0]).toEqual(found[1]);
  return found[0] as number[][];
}

export const column = (given: object, object: string, variable: string): (number | undefined)[] =>
  rows(given, object, variable).map(([first]) => first);
