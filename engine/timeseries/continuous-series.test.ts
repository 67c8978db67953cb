import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectOk } from '../base/result.ts';
import { appendChannels, appendInTime, mergeSeries } from './combine-continuous.ts';
import {
  createContinuousSeries,
  createSampledSeries,
  interpolationKinds,
  type ContinuousOptions,
} from './continuous-series.ts';
import { clipSeries, delaySeries, resampleSeries, selectChannels } from './cut-continuous.ts';
import { evaluateSeries } from './evaluate.ts';

const make = (times: number[], samples: number[], options: ContinuousOptions = {}) =>
  expectOk(
    createContinuousSeries(
      Float64Array.from(times),
      Float64Array.from(samples),
      samples.length / times.length,
      options,
    ),
  );

describe('making an analogue series', () => {
  it('takes its limits from the times unless given', () => {
    expect(make([1, 3], [5, 6])).toMatchObject({ start: 1, stop: 3, periodic: false, interpolation: 'linear' });
    expect(make([1, 3], [5, 6], { start: 0, stop: 9 })).toMatchObject({ start: 0, stop: 9 });
    expect(expectOk(createSampledSeries(new Float64Array([1, 2, 3, 4]), 2, 0.5, { start: 1 })).times).toEqual(
      new Float64Array([1, 1.5]),
    );
  });

  it('refuses decreasing times, wrong rows, cut-off limits and times that are not finite', () => {
    const codes = [
      createContinuousSeries(new Float64Array([1, 0]), new Float64Array(2), 1),
      createContinuousSeries(new Float64Array([0, 1]), new Float64Array(3), 1),
      createContinuousSeries(new Float64Array([0, 1]), new Float64Array(2), 1, { start: 0.5 }),
      createContinuousSeries(new Float64Array([0, 1]), new Float64Array(2), 1, { stop: 0.5 }),
      createContinuousSeries(new Float64Array([0, NaN]), new Float64Array(2), 1),
      createContinuousSeries(new Float64Array(0), new Float64Array(0), 1, { start: 2, stop: 1 }),
    ].map((result) => (result.ok ? 'accepted' : result.problems[0]?.code));
    expect(codes).toEqual(Array.from({ length: 6 }, () => 'timeseries/invalid'));
  });
});

describe('reading between samples', () => {
  const values = {
    linear: [10, 15, 20, 30],
    previous: [10, 10, 20, 30],
    zero: [10, 10, 20, 30],
    next: [10, 20, 20, 30],
    nearest: [10, 10, 20, 30],
    quadratic: [10, 15, 20, 30],
    cubic: [10, 17.5, 20, 30],
  };
  for (const kind of interpolationKinds) {
    it(`holds or interpolates: ${kind}`, () => {
      // A cubic through 10, 20, 30 and 80 is 10 + 10·t + 20·t·(t − 1)·(t − 2)/3.
      const [times, samples] =
        kind === 'cubic'
          ? [
              [0, 1, 2, 3],
              [10, 20, 30, 80],
            ]
          : [
              [0, 1, 2],
              [10, 20, 30],
            ];
      const series = make(times, samples, { interpolation: kind, start: -1, stop: 5 });
      const read = evaluateSeries(series, [0, 0.5, 1, 2]);
      values[kind].forEach((value, place) => expect(read[place]).toBeCloseTo(value, 12));
      expect([...evaluateSeries(series, [-0.001, 3.001, NaN])]).toEqual([NaN, NaN, NaN]);
    });
  }

  it('a periodic series repeats, and shows its first sample at the end of a period', () => {
    const series = make([0, 1, 2], [10, 20, 99], { periodic: true });
    expect([...evaluateSeries(series, [-1.5, 0.5, 2, 4, 3])]).toEqual([15, 15, 10, 10, 20]);
  });

  it('one sample is there at its time only; no samples are nowhere', () => {
    expect([...evaluateSeries(make([0.5], [7, 8]), [0, 0.5])]).toEqual([NaN, NaN, 7, 8]);
    expect([
      ...evaluateSeries(expectOk(createContinuousSeries(new Float64Array(0), new Float64Array(0), 1)), [0]),
    ]).toEqual([NaN]);
  });

  it('linear values stay between the neighbouring samples', () => {
    const times = fc.uniqueArray(
      fc.integer({ min: 0, max: 1e6 }).map((step) => step / 1000),
      { minLength: 2, maxLength: 20 },
    );
    fc.assert(
      fc.property(times, fc.double({ min: 0, max: 1, noNaN: true }), (unsorted, part) => {
        const sorted = unsorted.sort((left, right) => left - right);
        const series = make(
          sorted,
          sorted.map((_, index) => (index % 2 === 0 ? -1 : 1)),
        );
        const time = series.start + part * (series.stop - series.start);
        expect(Math.abs(evaluateSeries(series, [time])[0] as number)).toBeLessThanOrEqual(1 + 1e-12);
      }),
    );
  });
});

describe('cutting and joining', () => {
  const series = make([0, 1, 2], [10, 20, 30]);

  it('clip adds samples at the limits, in whichever order they are given', () => {
    expect(expectOk(clipSeries(series, 1.5, 0.5))).toMatchObject({
      times: new Float64Array([0.5, 1, 1.5]),
      samples: new Float64Array([15, 20, 25]),
      start: 0.5,
      stop: 1.5,
    });
    expect(expectOk(clipSeries(series, 0, 2, { includeStop: false })).times).toEqual(new Float64Array([0, 1]));
    expect(expectOk(clipSeries(series, 0.5, 1.5, { sampleLimits: false })).times).toEqual(new Float64Array([1]));
    expect([...expectOk(clipSeries(series, -1, 1)).samples]).toEqual([NaN, 10, 20]);
  });

  it('delay and resample move and renew the times', () => {
    expect(expectOk(delaySeries(series, 5))).toMatchObject({ times: new Float64Array([5, 6, 7]), start: 5, stop: 7 });
    expect(expectOk(resampleSeries(series, new Float64Array([0.5, 1.5])))).toMatchObject({
      samples: new Float64Array([15, 25]),
      start: 0.5,
      stop: 1.5,
    });
    expect(resampleSeries(series, new Float64Array([1, 0])).ok).toBe(false);
  });

  it('channels go side by side, and are picked', () => {
    const both = appendChannels(series, make([0, 2], [0, 1, 2, 3]));
    expect(both).toMatchObject({ channelCount: 3, samples: new Float64Array([10, 0, 1, 20, 1, 2, 30, 2, 3]) });
    expect(expectOk(selectChannels(both, [2, 0])).samples).toEqual(new Float64Array([1, 10, 2, 20, 3, 30]));
  });

  it('append in time leaves the median distance between the series; merge keeps own samples', () => {
    expect(expectOk(appendInTime(series, make([5, 6], [1, 2]))).times).toEqual(new Float64Array([0, 1, 2, 3, 4]));
    const merged = expectOk(mergeSeries(series, make([1, 1.5], [-1, -2])));
    expect(merged).toMatchObject({
      times: new Float64Array([0, 1, 1.5, 2]),
      samples: new Float64Array([10, 20, -2, 30]),
    });
    expect(mergeSeries(series, make([0], [1, 2])).ok).toBe(false);
  });
});
