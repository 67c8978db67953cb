import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TraceView } from '../../protocol/history-messages.ts';
import { createHistoryStore } from './history-store.ts';
import type { HistoryStore } from './history-store.ts';

const dt = 1e-4;

interface Recording {
  readonly store: HistoryStore;
  /** Step and values of each record. */
  readonly records: readonly { readonly step: number; readonly values: readonly number[] }[];
}

/** Steps with gaps; values from a small generator, with NaN and spikes among them. */
function record(length: number, channels: number, gaps: readonly number[], seed: number, budget: number): Recording {
  const store = createHistoryStore(budget);
  store.setTimeStep(dt);
  const sink = store.open({
    id: 'p',
    element: 'e',
    elementName: 'E',
    target: 'v',
    unit: 'V',
    type: 'samples',
    channels,
    cells: null,
  });
  const records = [];
  let state = seed;
  let step = 0;
  for (let index = 0; index < length; index += 1) {
    const values = Array.from({ length: channels }, () => {
      state = (state * 1103515245 + 12345) % 2147483648;
      return state % 97 === 0 ? NaN : state % 101 === 0 ? state : (state % 1000) / 10;
    });
    records.push({ step, values });
    step += gaps.includes(index) ? 1 + (index % 50) : 1;
  }
  for (let from = 0; from < length; from += 1000) {
    const part = records.slice(from, from + 1000);
    sink(Float64Array.from(part.flatMap((entry) => [entry.step, ...entry.values])), part.length);
    store.trim();
  }
  return { store, records };
}

function inside(recording: Recording, from: number, to: number): Recording['records'] {
  return recording.records.filter(({ step }) => from <= step * dt && step * dt <= to);
}

function least(values: readonly number[]): number {
  const numbers = values.filter((value) => !Number.isNaN(value));
  return numbers.length === 0 ? NaN : numbers.reduce((a, b) => Math.min(a, b));
}

/** Extremes of channel 0 of the records of one column of a view, by its times. */
function expectColumns(view: TraceView, records: Recording['records']): void {
  const distance = view.times.length > 1 ? (view.times[1] as number) - (view.times[0] as number) : Infinity;
  for (let column = 0; column < view.times.length; column += 1) {
    const middle = view.times[column] as number;
    const values = records
      .filter(({ step }) => Math.abs(step * dt - middle) < distance / 2)
      .map(({ values: [value] }) => value as number);
    expect(view.minimum[0]?.[column]).toBe(least(values));
    expect(view.maximum[0]?.[column]).toBe(-least(values.map((value) => -value)));
  }
}

describe('history of samples', () => {
  it('given random data and a random window, agrees with brute force in every column', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6000 }),
        fc.integer({ min: 1, max: 3 }),
        fc.array(fc.integer({ min: 0, max: 6000 }), { maxLength: 5 }),
        fc.integer({ min: 1, max: 1e9 }),
        fc.tuple(fc.double({ min: -0.1, max: 0.7, noNaN: true }), fc.double({ min: -0.1, max: 0.7, noNaN: true })),
        fc.integer({ min: 1, max: 300 }),
        (length, channels, gaps, seed, [a, b], columns) => {
          const recording = record(length, channels, gaps, seed, 1e9);
          const [fromSeconds, toSeconds] = [Math.min(a, b), Math.max(a, b)];
          const view = recording.store.trace({ probe: 'p', fromSeconds, toSeconds, columns, channels: [0] });
          const expected = inside(recording, fromSeconds, toSeconds);
          expect(view.total).toBe(expected.length);
          expect(view.times.length).toBeLessThanOrEqual(columns);
          if (expected.length <= columns) {
            expect([...view.times]).toEqual(expected.map(({ step }) => step * dt));
            expect([...(view.minimum[0] ?? [])]).toEqual(expected.map(({ values }) => values[0]));
            expect(view.maximum).toEqual(view.minimum);
          } else {
            expectColumns(view, expected);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('given one extreme among 300,000 samples, shows it at any zoom, also after the values were forgotten', () => {
    const planted = 123_457;
    for (const budget of [1e9, 600_000]) {
      const store = createHistoryStore(budget);
      store.setTimeStep(dt);
      const sink = store.open({
        id: 'p',
        element: 'e',
        elementName: 'E',
        target: 'v',
        unit: 'V',
        type: 'samples',
        channels: 1,
        cells: null,
      });
      for (let from = 0; from < 300_000; from += 1000) {
        sink(
          Float64Array.from({ length: 2000 }, (_, i) =>
            i % 2 === 0 ? from + i / 2 : from + (i - 1) / 2 === planted ? 77 : 0,
          ),
          1000,
        );
        store.trim();
      }
      for (let half = 1; half < 300_000; half *= 3) {
        for (const columns of [2, 10, 800]) {
          const view = store.trace({
            probe: 'p',
            fromSeconds: (planted - half) * dt,
            toSeconds: (planted + half) * dt,
            columns,
            channels: [0],
          });
          expect(view.maximum[0]?.reduce((x, y) => Math.max(x, y), -Infinity)).toBe(77);
          expect(view.times.length).toBeLessThanOrEqual(columns);
        }
      }
      expect(store.extent(0).bytes).toBeLessThanOrEqual(budget);
    }
  });

  it('given a budget too small for the values, keeps the envelope of everything and says from when', () => {
    const recording = record(60_000, 1, [], 7, 300_000);
    const view = recording.store.trace({ probe: 'p', fromSeconds: 0, toSeconds: 6, columns: 100, channels: [0] });
    const values = recording.records.map((entry) => entry.values[0] as number);
    expect(least([...(view.minimum[0] ?? [])])).toBe(least(values));
    expect(recording.store.extent(0)).toMatchObject({ firstSeconds: 0, lastSeconds: 59_999 * dt });
    const kept = recording.store.export('p');
    expect(kept.times.length).toBeLessThan(60_000);
    expect([...kept.values.slice(-3)]).toEqual(values.slice(-3));
  });

  it('given an export, hands out rows of all channels with their times', () => {
    const recording = record(100, 2, [10], 3, 1e9);
    const out = recording.store.export('p');
    expect([...out.times]).toEqual(recording.records.map(({ step }) => step * dt));
    expect([...out.values]).toEqual(recording.records.flatMap(({ values }) => values));
  });

  it('given only samples, the overview counts them', () => {
    const { store } = record(1000, 2, [], 3, 1e9);
    const { counts } = store.overview({ fromSeconds: 0, toSeconds: 0.1, columns: 7 });
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1000);
  });

  it('given no records, answers with nothing', () => {
    const { store } = record(0, 1, [], 1, 1e9);
    expect(store.trace({ probe: 'p', fromSeconds: 0, toSeconds: 1, columns: 10, channels: [0] })).toMatchObject({
      total: 0,
    });
    expect(store.export('p').times.length).toBe(0);
    expect(() => store.trace({ probe: 'q', fromSeconds: 0, toSeconds: 1, columns: 10, channels: [0] })).toThrow(
      'no probe "q"',
    );
  });
});
