import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectOk } from '../base/result.ts';
import { mergeSeries } from './combine-continuous.ts';
import { mergeEvents } from './combine-events.ts';
import { createContinuousSeries, interpolationKinds } from './continuous-series.ts';
import { clipSeries, delaySeries } from './cut-continuous.ts';
import { clipEvents, remapChannels } from './cut-events.ts';
import { evaluateSeries } from './evaluate.ts';
import { createEventSeries } from './event-series.ts';
import { printSeries } from './print-series.ts';
import { rasterise } from './raster.ts';

/** Increasing times on a grid of 1/64 s, where shifts are exact. */
const grid = fc.uniqueArray(fc.integer({ min: 0, max: 640 }), { maxLength: 12 }).map((places) =>
  Float64Array.from(
    places.sort((left, right) => left - right),
    (place) => place / 64,
  ),
);
const shift = fc.integer({ min: -640, max: 640 }).map((place) => place / 64);

/** None at the stop, where one period meets the next. */
const events = fc.tuple(grid, fc.boolean()).map(([times, periodic]) =>
  expectOk(
    createEventSeries(
      times,
      Int32Array.from(times, (_, place) => place % 3),
      { channelCount: 3, start: 0, stop: 11, periodic },
    ),
  ),
);

describe('analogue series', () => {
  it('delayed and read as much later are the same, whatever their kind', () => {
    fc.assert(
      fc.property(
        grid,
        shift,
        fc.constantFrom(...interpolationKinds),
        fc.boolean(),
        (times, offset, interpolation, periodic) => {
          const samples = times.map((time) => Math.sin(7 * time));
          const made = createContinuousSeries(times, samples, 1, { interpolation, periodic, start: 0, stop: 11 });
          fc.pre(made.ok);
          const series = expectOk(made);
          const points = Float64Array.from({ length: 40 }, (_, place) => place / 4);
          const later = evaluateSeries(
            expectOk(delaySeries(series, offset)),
            points.map((time) => time + offset),
          );
          evaluateSeries(series, points).forEach((value, place) => {
            if (Number.isNaN(value)) expect(later[place]).toBeNaN();
            else expect(Math.abs((later[place] as number) - value)).toBeLessThan(1e-6 * (1 + Math.abs(value)));
          });
        },
      ),
    );
  });

  it('merged with themselves are themselves; cut at their limits they keep their samples', () => {
    fc.assert(
      fc.property(grid, (times) => {
        const series = expectOk(
          createContinuousSeries(
            times,
            times.map((time) => time * time),
            1,
          ),
        );
        expect(expectOk(mergeSeries(series, series))).toEqual(series);
        if (times.length > 0) expect([...expectOk(clipSeries(series)).times]).toEqual([...times]);
      }),
    );
  });
});

describe('event series', () => {
  it('cut in two have each event once', () => {
    fc.assert(
      fc.property(events, shift, (series, middle) => {
        const [low, high] = [-10, 20];
        const cut = Math.min(high, Math.max(low, middle));
        const parts = [expectOk(clipEvents(series, low, cut)), expectOk(clipEvents(series, cut, high))] as const;
        const whole = expectOk(clipEvents(series, low, high));
        const again = mergeEvents(parts[0], parts[1]);
        expect([...again.times]).toEqual([...whole.times]);
        expect(again.times.length).toBe(parts[0].times.length + parts[1].times.length);
      }),
    );
  });

  it('have as many events in a raster as there are, and the same after there and back of the channels', () => {
    fc.assert(
      fc.property(events, (series) => {
        const counts = expectOk(rasterise({ ...series, periodic: false }, 0.25, { addEvents: true })).counts;
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(series.times.length);
        const turned = expectOk(remapChannels(series, [2, 0, 1]));
        expect(expectOk(remapChannels(turned, [1, 2, 0]))).toEqual(series);
      }),
    );
  });

  it('refuse rasters and maps that cannot be, and windows of too many periods', () => {
    const series = expectOk(
      createEventSeries(Float64Array.of(1), Int32Array.of(0), { start: 0, stop: 1e-9 + 1, periodic: true }),
    );
    const refused = [
      rasterise(series, 0),
      rasterise(series, 0.1, { start: 2, stop: 1 }),
      rasterise(series, 0.1, { steps: 1.5 }),
      remapChannels(series, [0, 1]),
      remapChannels(series, [-1]),
      clipEvents(series, 0, 1e9),
    ];
    for (const result of refused) expect(result.problems[0]?.code).toBe('timeseries/invalid');
  });
});

it('series are printed with a summary and their first and last rows', () => {
  const times = Float64Array.from({ length: 12 }, (_, row) => row / 4);
  const long = expectOk(createContinuousSeries(times, times, 1, { periodic: true }));
  const lines = printSeries(long).split('\n');
  expect(lines[0]).toBe('periodic TSContinuous object `unnamed` from t=0.0 to 2.75. Samples: 12. Channels: 1');
  expect([lines.length, lines[2], lines[5], lines[9]]).toEqual([11, '0.25: \t [0.25]', '\t...', '2.75: \t [2.75]']);
  const few = expectOk(createEventSeries(Float64Array.of(0.5), Int32Array.of(2)));
  expect(printSeries(few)).toBe(
    'non-periodic `TSEvent` object `None` from t=0.5 to 0.5. Channels: 3. Events: 1\nTime \t Ch.-ID\n0.5: \t 2\n',
  );
});
