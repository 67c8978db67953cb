/** Which events a Brian-based layer reads, beside the reference cases: on the edges of its steps, after calls that add up. */
import { describe, expect, it } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { createEventSeries } from '../../timeseries/event-series.ts';
import { brianEventRows, isReported, later, type BrianClock } from './brian-input.ts';

const timeStepSeconds = 1e-4;
const start: BrianClock = { timeStepSeconds, first: 0, time: 0 };

function rows(times: readonly number[], clock: BrianClock, steps: number, periodic = false): number[] {
  const channels = new Int32Array(times.length);
  const limits = { start: 0, stop: periodic ? 0.001 : 1, periodic };
  const series = expectOk(createEventSeries(Float64Array.from(times), channels, limits));
  return Array.from(expectOk(brianEventRows(series, clock, steps, 1)).values);
}

describe('events for Brian', () => {
  it('belong to the step that begins at most a thousandth of a step after them', () => {
    expect(rows([1e-4, 2.9989e-4, 3.9995e-4], start, 5)).toEqual([0, 1, 1, 0, 1]);
  });

  it('come again with every period', () => {
    expect(rows([2.5e-4], { ...start, first: 10, time: 0.001 }, 4, true)).toEqual([0, 0, 1, 0]);
  });

  it('are refused where two of a channel share a step', () => {
    expect(() => rows([1.2e-4, 1.7e-4], start, 3)).toThrow();
  });

  it('are lost at the start of a call that rounding puts after them', () => {
    const drifted = later(later(start, 5), 150);
    expect(drifted.time).toBeGreaterThan(155 * timeStepSeconds);
    expect(rows([155 * timeStepSeconds, 156 * timeStepSeconds], drifted, 3)).toEqual([0, 1, 0]);
    expect([155, 156].map((step) => isReported(drifted, step))).toEqual([false, true]);
  });
});
