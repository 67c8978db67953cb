import { describe, expect, it } from 'vitest';
import { expectOk } from '../base/result.ts';
import { createContinuousSeries, type ContinuousOptions } from './continuous-series.ts';
import { createEventSeries } from './event-series.ts';
import { rasterForLayer, sampleForLayer, stepsToRun } from './sample-for-layer.ts';

const make = (times: number[], samples: number[], options: ContinuousOptions = {}) =>
  expectOk(
    createContinuousSeries(
      Float64Array.from(times),
      Float64Array.from(samples),
      samples.length / times.length,
      options,
    ),
  );

describe('number of steps', () => {
  const input = make([0, 1], [0, 1]);

  it('steps decide over duration over input', () => {
    expect(expectOk(stepsToRun(0.1, 0, { steps: 3, duration: 9, input }))).toBe(3);
    expect(expectOk(stepsToRun(0.1, 0, { duration: 0.3, input }))).toBe(3);
    expect(expectOk(stepsToRun(0.1, 0.5, { input }))).toBe(5);
    expect(expectOk(stepsToRun(0.1, 7, { input: { ...input, periodic: true } }))).toBe(10);
  });

  it('is refused without a positive duration', () => {
    const refused = [
      stepsToRun(0.1, 0, {}),
      stepsToRun(0.1, 1, { input }),
      stepsToRun(0.1, 0, { steps: 1.5 }),
      stepsToRun(0.1, 0, { steps: -1 }),
    ];
    expect(refused.map((result) => result.ok)).toEqual([false, false, false, false]);
  });
});

describe('input of a layer', () => {
  it('has one point more than steps, interpolated', () => {
    const { times, samples } = expectOk(sampleForLayer(make([0, 1], [0, 10]), 0.25, 0, 4, 1));
    expect([...times]).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect([...samples]).toEqual([0, 2.5, 5, 7.5, 10]);
  });

  it('snaps ends that are off by rounding, and counts as 0 with a warning further out', () => {
    const series = make([0.00001, 0.99999], [4, 8]);
    const snapped = expectOk(sampleForLayer(series, 0.25, 0, 4, 1));
    expect([snapped.times[0], snapped.times[4], snapped.samples[0], snapped.samples[4]]).toEqual([
      0.00001, 0.99999, 4, 8,
    ]);
    const beyond = sampleForLayer(series, 0.25, 0, 6, 1);
    expect(beyond.problems.map((found) => found.severity)).toEqual(['warning']);
    expect([...expectOk(beyond).samples.slice(4)]).toEqual([0, 0, 0]);
  });

  it('copies one channel to all, and refuses other counts', () => {
    const spread = sampleForLayer(make([0, 1], [1, 2]), 1, 0, 1, 3);
    expect([...expectOk(spread).samples]).toEqual([1, 1, 1, 2, 2, 2]);
    expect(spread.problems.length).toBe(1);
    expect(sampleForLayer(make([0, 1], [1, 2, 3, 4]), 1, 0, 1, 3).ok).toBe(false);
  });

  it('is zeros without an input, and silent where events lack channels', () => {
    expect([...expectOk(sampleForLayer(undefined, 1, 0, 1, 2)).samples]).toEqual([0, 0, 0, 0]);
    const events = expectOk(createEventSeries(new Float64Array([0.5, 0.6, 1.5]), new Int32Array([0, 0, 3])));
    expect([...rasterForLayer(events, 1, { now: 0, steps: 2, channelCount: 2 }).counts]).toEqual([1, 0, 0, 0]);
    expect([...rasterForLayer(events, 1, { now: 0, steps: 2, channelCount: 2, addEvents: true }).counts]).toEqual([
      2, 0, 0, 0,
    ]);
    expect([...rasterForLayer(undefined, 1, { now: 0, steps: 1, channelCount: 2 }).counts]).toEqual([0, 0]);
  });

  it('reads events up to the end that the layer counts, which rounding may put before its steps', () => {
    const [first, steps, dt] = [1, 6, 1e-4];
    const [now, until] = [first * dt, (first + steps) * dt];
    expect(now + steps * dt).toBeGreaterThan(until);
    const events = expectOk(createEventSeries(Float64Array.of(until), new Int32Array(1)));
    const counted = (end: object) => [...rasterForLayer(events, dt, { now, steps, channelCount: 1, ...end }).counts];
    expect(counted({ until })).toEqual([0, 0, 0, 0, 0, 0]);
    expect(counted({})).toEqual([0, 0, 0, 0, 0, 1]);
  });
});
