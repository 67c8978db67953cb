import { describe, expect, it } from 'vitest';
import { expectOk } from '../base/result.ts';
import type { Clock } from '../platform/seams.ts';
import { CheckpointHistory } from '../runtime/checkpoint-history.ts';
import { createSimulation, type Simulation } from '../runtime/simulation.ts';
import { countingProgram } from './counting-program.test-support.ts';
import { LoadedRun } from './loaded-run.ts';
import { createProbeFeed } from './probe-feed.ts';
import { unwatched } from './pulse.ts';

/** A run on a machine on which step n takes `cost(n)` milliseconds and nothing else takes time; and its slices. */
function slicesOf(cost: (step: number) => number, count: number): { milliseconds: number; steps: number }[] {
  let now = 0;
  const clock: Clock = { now: () => now, wallTime: () => now, wait: async () => undefined };
  const memory = { allocate: (bytes: number) => new WebAssembly.Memory({ initial: Math.ceil(bytes / 65_536) }) };
  const program = countingProgram({ probes: [] });
  const real = expectOk(createSimulation({ program, target: 'wasm', memory }));
  const advance: Simulation['advance'] = (steps, following) => {
    for (let step = real.step; step < real.step + steps; step += 1) now += cost(step);
    return real.advance(steps, following);
  };
  const simulation = Object.create(real, { advance: { value: advance } }) as Simulation;
  const history = new CheckpointHistory(1e6, program.timeStepSeconds);
  const run = new LoadedRun({ simulation, feed: createProbeFeed(false), clock, pulse: unwatched, history }, null);
  return Array.from({ length: count }, () => {
    const [start, first] = [now, real.step];
    expect(run.slice()).toEqual({ problems: [], idle: false });
    return { milliseconds: now - start, steps: real.step - first };
  });
}

describe('a slice of a run', () => {
  it.each([0.0005, 0.01, 0.3, 1, 5, 13])('lets messages wait less than 20 ms where a step takes %f ms', (cost) => {
    const slices = slicesOf(() => cost, 60);
    expect(Math.max(...slices.map(({ milliseconds }) => milliseconds))).toBeLessThan(20);
    if (cost < 1) expect(slices.at(-1)?.milliseconds).toBeGreaterThan(5);
  });

  it.each([0.0005, 0.01, 0.3, 1])('does so when steps of %f ms come to take ten times as long', (cost) => {
    const slices = slicesOf((step) => (Math.floor(step / 700) % 2 === 0 ? cost : 10 * cost), 400);
    expect(Math.max(...slices.map(({ milliseconds }) => milliseconds))).toBeLessThan(20);
  });

  it.each([25, 400])('is a single step where one takes %f ms', (cost) => {
    for (const { milliseconds, steps } of slicesOf(() => cost, 5)) expect([milliseconds, steps]).toEqual([cost, 1]);
  });
});
