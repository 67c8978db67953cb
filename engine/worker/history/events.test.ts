import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHistoryStore } from './history-store.ts';
import type { HistoryStore } from './history-store.ts';

const dt = 1e-3;

interface Events {
  readonly steps: readonly number[];
  readonly cells: readonly number[];
}

function open(cells: number, budget: number): { store: HistoryStore; add(events: Events): void } {
  const store = createHistoryStore(budget);
  store.setTimeStep(dt);
  const sink = store.open({
    id: 'p',
    element: 'e',
    elementName: 'E',
    target: 'spikes',
    unit: '1',
    type: 'events',
    channels: cells,
    cells: null,
  });
  return {
    store,
    add({ steps, cells: which }) {
      sink(Float64Array.from(steps.flatMap((step, index) => [step, which[index] as number])), steps.length);
      store.trim();
    },
  };
}

/** Events with bursts and silences from a small generator. */
function generate(count: number, cells: number, spread: number, seed: number, start = 0): Events {
  const steps: number[] = [];
  const which: number[] = [];
  let state = seed;
  let step = start;
  for (let index = 0; index < count; index += 1) {
    state = (state * 1103515245 + 12345) % 2147483648;
    if (state % 3 !== 0) step += state % 501 === 0 ? spread * 20 : state % (spread + 1);
    steps.push(step);
    which.push(state % cells);
  }
  return { steps, cells: which };
}

function sum(counts: Uint32Array | Float64Array): number {
  let total = 0;
  for (const count of counts) total += count;
  return total;
}

/** Events of each column of a picture, over all rows. */
function columnSums({ counts, columns }: { readonly counts: Uint32Array; readonly columns: number }): number[] {
  const sums = new Array<number>(columns).fill(0);
  counts.forEach((count, index) => (sums[index % columns] = (sums[index % columns] as number) + count));
  return sums;
}

/** Both count the same events in bins of different widths: what is left of a column differs by no more than its neighbours hold. */
function expectSameUpToOneColumn(one: readonly number[], other: readonly number[]): void {
  let [left, right] = [0, 0];
  one.forEach((count, column) => {
    left += count;
    right += other[column] as number;
    const near = [column - 1, column, column + 1, column + 2];
    const room = near.reduce((most, at) => most + (one[at] ?? 0) + (other[at] ?? 0), 0);
    expect(Math.abs(left - right)).toBeLessThanOrEqual(room);
  });
}

describe('history of events', () => {
  it('given random events and a random window, shows each of them or counts exactly as many', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 60_000 }),
        fc.integer({ min: 1, max: 2000 }),
        fc.integer({ min: 0, max: 6 }),
        fc.integer({ min: 1, max: 1e9 }),
        fc.tuple(fc.double({ min: -0.1, max: 1.1, noNaN: true }), fc.double({ min: -0.1, max: 1.1, noNaN: true })),
        fc.integer({ min: 1, max: 900 }),
        fc.integer({ min: 1, max: 300 }),
        (count, cells, spread, seed, [a, b], columns, rows) => {
          const events = generate(count, cells, spread, seed);
          const { store, add } = open(cells, 1e9);
          for (let from = 0; from < count; from += 7000)
            add({ steps: events.steps.slice(from, from + 7000), cells: events.cells.slice(from, from + 7000) });
          const lastSeconds = (events.steps.at(-1) ?? 0) * dt + dt;
          const [fromSeconds, toSeconds] = [Math.min(a, b) * lastSeconds, Math.max(a, b) * lastSeconds];
          const expected = events.steps.flatMap((step, index) =>
            fromSeconds <= step * dt && step * dt <= toSeconds ? [[step * dt, events.cells[index]]] : [],
          );
          const view = store.raster({ probe: 'p', fromSeconds, toSeconds, columns, rows });
          expect(view.total).toBe(expected.length);
          if (view.kind === 'events')
            expect(Array.from(view.times, (time, index) => [time, view.cells[index]])).toEqual(expected);
          else expect(sum(view.counts)).toBe(expected.length);
          expect(view.kind).toBe(expected.length > 20_000 ? 'density' : 'events');
          const whole = store.overview({ fromSeconds, toSeconds, columns }).counts;
          expect(sum(whole)).toBe(expected.length);
          if (view.kind === 'density' && whole.length === view.columns)
            expectSameUpToOneColumn(Array.from(whole), columnSums(view));
        },
      ),
      { numRuns: 80 },
    );
  });

  it('given dense events, counts fall into the right row and at most one column beside', () => {
    const { store, add } = open(100, 1e9);
    const steps = Array.from({ length: 400_000 }, (_, index) => Math.floor(index / 4));
    add({ steps, cells: steps.map((step) => (step < 50_000 ? 10 : 90)) });
    const view = store.raster({ probe: 'p', fromSeconds: 0, toSeconds: 100, columns: 100, rows: 100 });
    if (view.kind !== 'density') throw new Error('expected counts');
    const row = (number: number): Uint32Array => view.counts.slice(number * 100, (number + 1) * 100);
    expect(sum(row(10))).toBe(200_000);
    expect(sum(row(90))).toBe(200_000);
    expect(sum(row(10).slice(0, 51))).toBe(200_000);
    for (const count of row(10).slice(0, 50)) expect(Math.abs(count - 4000)).toBeLessThanOrEqual(1024);
  });

  it('given one planted spike of a silent cell, it can be seen at any zoom, also after the events were forgotten', () => {
    for (const budget of [1e9, 1_500_000]) {
      const { store, add } = open(700, budget);
      const planted = 43_211;
      for (let from = 0; from < 100_000; from += 1000) {
        const steps = Array.from({ length: 5000 }, (_, index) => from + Math.floor(index / 5));
        const cells = steps.map((_, index) => index % 300);
        if (from <= planted && planted < from + 1000) cells[(planted - from) * 5 + 2] = 699;
        add({ steps, cells });
      }
      for (let half = 1; half < 100_000; half *= 4) {
        const view = store.raster({
          probe: 'p',
          fromSeconds: (planted - half) * dt,
          toSeconds: (planted + half) * dt,
          columns: 200,
          rows: 100,
        });
        if (view.kind === 'events') expect([...view.cells].filter((cell) => cell === 699)).toEqual([699]);
        else expect(sum(view.counts.slice((view.rows - 1) * view.columns))).toBe(1);
      }
    }
  });

  it('given a budget too small for the events, still counts all of them', () => {
    const { store, add } = open(50, 400_000);
    const steps = Array.from({ length: 500_000 }, (_, index) => Math.floor(index / 10));
    for (let from = 0; from < steps.length; from += 5000)
      add({ steps: steps.slice(from, from + 5000), cells: steps.slice(from, from + 5000).map((_, i) => i % 50) });
    expect(store.raster({ probe: 'p', fromSeconds: 0, toSeconds: 50, columns: 300, rows: 50 }).total).toBe(500_000);
    const { firstSeconds, bytes } = store.extent(0);
    expect(firstSeconds).toBe(0);
    expect(bytes).toBeLessThanOrEqual(400_000);
    const kept = store.export('p');
    expect(kept.times.length).toBeGreaterThan(0);
    expect(kept.times.at(-1)).toBe(49_999 * dt);
  });
});
