import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHistoryStore, type HistoryStore } from './history-store.ts';

const dt = 1e-3;
const cells = 30;
const whole = { fromSeconds: 0, toSeconds: 100 };

type Type = 'samples' | 'events';

function open(type: Type, budget: number): { store: HistoryStore; add(steps: readonly number[]): void } {
  const store = createHistoryStore(budget);
  store.setTimeStep(dt);
  const shape = { element: 'e', elementName: 'E', target: 'v', unit: '1', channels: cells, cells: null };
  const sink = store.open({ id: 'p', type, ...shape });
  const row = (step: number): number[] =>
    type === 'events' ? [(step * 7) % cells] : Array.from({ length: cells }, (_, cell) => Math.sin(step + cell));
  return {
    store,
    add(steps) {
      sink(Float64Array.from(steps.flatMap((step) => [step, ...row(step)])), steps.length);
      store.trim();
    },
  };
}

/** Steps from a first one on, with gaps; events may come several to a step. */
function stepsFrom(first: number, gaps: readonly number[], type: Type): number[] {
  let step = first;
  return gaps.map((gap) => (step += type === 'samples' ? Math.max(1, gap) : gap));
}

/** Everything that can be seen of a store. */
function seen(store: HistoryStore, type: Type): unknown {
  const views = [7, 100, 1000].flatMap((columns) => {
    const window = { probe: 'p', ...whole, columns };
    const view =
      type === 'events' ? store.raster({ ...window, rows: 10 }) : store.trace({ ...window, channels: [0, 9] });
    return [view, store.overview({ ...whole, columns })];
  });
  const { firstSeconds, lastSeconds, probes } = store.extent(0);
  return { views, firstSeconds, lastSeconds, probes, export: store.export('p') };
}

const gaps = fc.array(fc.oneof({ weight: 9, arbitrary: fc.nat(3) }, fc.nat(700)), { maxLength: 1500, size: 'max' });

/** A history that went on and was cut shows what one shows that ended there, and both go on alike. */
function isAsIfNeverFurther(type: Type, before: readonly number[], after: readonly number[], share: number): void {
  const steps = stepsFrom(0, before, type);
  const cut = Math.floor((steps.at(-1) ?? 0) * share);
  const [went, stayed] = [open(type, 1e9), open(type, 1e9)];
  went.add(steps);
  went.store.truncate('p', cut);
  stayed.add(steps.filter((step) => step < cut));
  expect(seen(went.store, type)).toEqual(seen(stayed.store, type));
  const further = stepsFrom(cut, after, type);
  for (const { add } of [went, stayed]) add(further);
  expect(seen(went.store, type)).toEqual(seen(stayed.store, type));
}

describe.each<Type>(['samples', 'events'])('a history of %s that goes back', (type) => {
  it('is the one that never went further', () => {
    fc.assert(
      fc.property(gaps, gaps, fc.double({ min: 0, max: 1.1, noNaN: true }), (before, after, share) =>
        isAsIfNeverFurther(type, before, after, share),
      ),
      { numRuns: 25 },
    );
  });

  it('counts the last events of a bin by themselves, as it did when the bin was being filled', () => {
    const filling = [2, 2, 62, 2, 1, 2, 1, 3, 2, 2, 2, 3, 1, 2, 2, 1, 2, 2, 2, 1, 3, 3, 2, 2, 2, 1, 1, 1, 1, 1, 3];
    isAsIfNeverFurther(type, filling, [], 0.8888888888888888);
  });

  it('shows what it kept where it had forgotten details, and goes on', () => {
    const kept = open(type, 200_000);
    const steps = Array.from({ length: 60_000 }, (_, step) => step);
    for (let from = 0; from < steps.length; from += 1000) kept.add(steps.slice(from, from + 1000));
    for (const cut of [50_000, 20_001, 1003]) {
      kept.store.truncate('p', cut);
      expect(kept.store.extent(0).lastSeconds).toBeLessThanOrEqual(cut * dt);
      kept.add(Array.from({ length: 500 }, (_, step) => cut + step));
      const { times, values, channels } = kept.store.export('p');
      const last = times.length - 1;
      expect(times[last]).toBeCloseTo((cut + 499) * dt, 9);
      if (type === 'samples') expect(values[last * channels]).toBe(Math.sin(cut + 499));
      expect(kept.store.overview({ fromSeconds: cut * dt, toSeconds: (cut + 499) * dt, columns: 1 }).counts[0]).toBe(
        500,
      );
    }
  });
});
