/** The multi-spike tempotron as documented and as released, by hand. */
import { describe, expect, it } from 'vitest';
import { potentialKernel, tempotronChange, type TempotronBatch } from './tempotron.ts';

describe('the potential kernel', () => {
  it('is the response of a membrane to a synaptic current', () => {
    const [mem, syn, time] = [0.02, 0.005, 0.004];
    const { values } = potentialKernel(Float64Array.of(time), {
      tauMem: Float64Array.of(mem),
      tauSyn: Float64Array.of(syn),
    });
    // τm·v' = −v + e^(−t/τs), by a fine Euler integration.
    let v = 0;
    const steps = 100_000;
    for (let step = 0; step < steps; step += 1)
      v += (time / steps / mem) * (Math.exp((-step * time) / steps / syn) - v);
    expect(values[0]).toBeCloseTo(v, 5);
  });

  it('goes to its limit where the time constants are the same', () => {
    const times = Float64Array.of(0, 0.01, 0.03);
    const at = (tauSyn: number) =>
      potentialKernel(times, { tauMem: Float64Array.of(0.02), tauSyn: Float64Array.of(tauSyn) });
    at(0.02).values.forEach((value, row) => expect(value).toBeCloseTo(at(0.02 + 1e-9).values[row] as number, 6));
  });
});

/** Three inputs, two cells; cell 0 is depolarised late, cell 1 early. */
const batch: TempotronBatch = {
  constants: { tauMem: Float64Array.of(0.02, 0.02), tauSyn: Float64Array.of(0.005, 0.005) },
  restingPotentials: Float64Array.of(-0.065, -0.065),
  inputCount: 3,
  events: { times: [0, 0.05, 0.09], channels: [0, 1, 2] },
  potentials: [-0.065, -0.06, -0.055, -0.065, -0.065, -0.065],
  potentialTimes: Float64Array.of(0.01, 0.06, 0.2),
  outputCounts: [0, 5],
  targetCounts: [2, 3],
};
const rules = { lambda: 1e-4, eligibilityRatio: 0.34, momentum: 0.5, asReleased: false };

describe('a change of weights', () => {
  it('goes to the most eligible input of each cell: more spikes wanted adds, fewer takes away', () => {
    expect([...tempotronChange(batch, rules, undefined)]).toEqual([0, -1e-4, 1e-4, 0, 0, 0]);
  });

  it('carries on the change before', () => {
    const before = Float64Array.of(2e-4, 0, 0, 0, 0, 4e-4);
    expect([...tempotronChange(batch, rules, before)]).toEqual([1e-4, -1e-4, 1e-4, 0, 0, 2e-4]);
  });

  it('is none for a cell that spikes as often as it should', () => {
    expect([...tempotronChange({ ...batch, targetCounts: [0, 5] }, rules, undefined)]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('as released goes to the M − 1 − k most eligible of all cells together', () => {
    const pooled = tempotronChange(batch, { ...rules, asReleased: true }, undefined);
    expect([...pooled]).toEqual([0, 0, 1e-4, -1e-4, 0, 0]);
    const most = tempotronChange(batch, { ...rules, eligibilityRatio: 0, asReleased: true }, undefined);
    expect([...most]).toEqual([1e-4, -1e-4, 1e-4, -1e-4, 0, 0]);
  });
});
