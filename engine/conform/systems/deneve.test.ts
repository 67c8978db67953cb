/** Networks in tight balance beyond the reference cases: silence, and what the network is for. */
import { describe, expect, it } from 'vitest';
import { nodeMemory } from '../../../electron/platform/node-memory.ts';
import { expectOk } from '../../base/result.ts';
import { arrayOf, recordOf } from '../case-access.ts';
import type { CaseRecord } from '../reference-case.ts';
import { systems } from './systems.ts';

/** Evolves a network that solves dx/dt = −10 x + input for 100 ms with this constant input. */
function evolved(input: number): CaseRecord {
  const cells = 20;
  const gamma = {
    shape: [1, cells],
    values: Float64Array.from({ length: cells }, (_, cell) => (cell % 2 === 0 ? 0.1 : -0.1)),
  };
  const parameters = { a: [[-10]], gamma, net_size: cells, mu: 1e-6, nu: 1e-5 };
  const times = Float64Array.of(0, 0.1);
  const samples = { shape: [2, 1], values: Float64Array.of(input, input) };
  const series = { type: 'continuous', times: { shape: [2], values: times }, samples, t_start: 0, t_stop: 0.1 };
  const all = { steps: 999, input: series };
  const reference = {
    id: 'n',
    system: 'rockpool.NetworkDeneve',
    kind: 'network',
    parameters,
    expected: {},
    tolerance: {},
    all,
  };
  const outcome = systems.find('rockpool.NetworkDeneve')?.run(reference, { target: 'wasm', memory: nodeMemory });
  if (outcome === undefined) throw new Error('no such system');
  return expectOk(outcome);
}

const outputOf = (outcome: CaseRecord): Float64Array =>
  arrayOf(recordOf(recordOf(outcome['outputs'], 'outputs')['Output'], 'Output')['samples'], 'samples').values;

describe('a network in tight balance', () => {
  it('gives zeros where no cell spikes', () => {
    const outcome = evolved(0);
    expect(outcome['num_spikes']).toBe(0);
    const output = outputOf(outcome);
    expect(output).toHaveLength(9991);
    expect(output.every((value) => value === 0)).toBe(true);
  });

  it('follows the solution of its equation to within what a spike adds', () => {
    const outcome = evolved(50);
    expect(Number(outcome['num_spikes'])).toBeGreaterThan(10);
    // x(t) = input / 10 · (1 − exp(−10 t))
    const output = outputOf(outcome);
    for (const share of [0.5, 0.9]) {
      const time = share * 0.1;
      const solution = 5 * (1 - Math.exp(-10 * time));
      expect(Math.abs((output[Math.round(time / 1e-5)] ?? 0) - solution)).toBeLessThan(0.25);
    }
  });
});
