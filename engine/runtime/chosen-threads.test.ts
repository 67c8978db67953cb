/** One thread or several: on whatever machine a run loses little against the better of the two. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createUniformSource } from '../base/random.ts';
import type { Clock } from '../platform/seams.ts';
import { chooseThreads } from './chosen-threads.ts';

/** Milliseconds that a piece of so many steps takes which begins at `now`. */
type Cost = (steps: number, now: number) => number;

interface Machine {
  readonly one: Cost;
  readonly team: Cost;
  /** Steps asked for at a time. */
  readonly slice: number;
  /** Simulated milliseconds of the run. */
  readonly lasts: number;
  readonly present?: (now: number) => boolean;
}

/** What came of a run: time of the run, what one thread alone and all threads alone take for the same steps, and time lost. */
function runOn({ one, team, slice, lasts, present = () => true }: Machine) {
  let [now, first, alone, together, teamSteps] = [0, 0, 0, 0, 0];
  const clock: Clock = { now: () => now, wallTime: () => now, wait: () => Promise.resolve() };
  const way = (cost: Cost, ofTeam: boolean) => (firstStep: number, count: number) => {
    if (firstStep !== first) throw new Error(`step ${firstStep} instead of ${first}`);
    alone += one(count, now);
    together += team(count, now);
    if (ofTeam) teamSteps += count;
    now += cost(count, now);
    return count;
  };
  const threads = chooseThreads(
    way(one, false),
    {
      threads: 2,
      run: way(team, true),
      get present() {
        return present(now);
      },
      over: false,
      leave: () => undefined,
    },
    clock,
  );
  while (now < lasts) {
    const end = first + slice;
    while (first < end) first += threads.run(first, end - first);
  }
  return { took: now, steps: first, alone, together, share: teamSteps / first, chosen: threads.threads() };
}

/** So many milliseconds a step. */
const steady =
  (perStep: number): Cost =>
  (steps) =>
    steps * perStep;

/** Now and then a thread is taken from the processor: a stall for each so many milliseconds of work. */
function stalling(perStep: number, stall: number, every: number, seed: number): Cost {
  const uniform = createUniformSource(seed);
  return (steps) => {
    const works = steps * perStep;
    let stalls = 0;
    for (let rest = works / every; rest > 0; rest -= 1) if (uniform.next() < Math.min(1, rest)) stalls += 1;
    return works + stalls * stall;
  };
}

const [slice, lasts] = [160, 20_000];

describe('one thread or several', () => {
  it.each([1.02, 1.1, 1.5, 4, 40])('stays with one thread where all of them take %f times as long', (factor) => {
    const { took, alone, chosen } = runOn({ one: steady(0.1), team: steady(0.1 * factor), slice, lasts });
    expect(took).toBeLessThan(1.03 * alone);
    expect(chosen).toEqual({ threads: 1, gain: 1 });
  });

  it.each([1.1, 1.3, 1.7, 1.95])('takes all threads where they are %f times as fast', (factor) => {
    const { took, together, chosen } = runOn({ one: steady(0.1), team: steady(0.1 / factor), slice, lasts });
    expect(took).toBeLessThan(1.03 * together);
    expect(chosen.threads).toBe(2);
    expect(chosen.gain).toBeCloseTo(factor, 1);
  });

  it.each([1, 2, 3, 4, 5])(
    'loses less than a twentieth to one thread where threads are held up at random (seed %i)',
    (seed) => {
      const one = stalling(0.1, 4, 100, seed);
      const team = stalling(0.06, 8, 12, 100 + seed);
      const { took, alone } = runOn({ one, team, slice, lasts });
      expect(took).toBeLessThan(1.05 * alone);
    },
  );

  it('follows a machine that others come to use, and leave again', () => {
    const isLoaded = (now: number): boolean => now > 8000 && now < 16_000;
    const one: Cost = (steps, now) => steps * (isLoaded(now) ? 0.2 : 0.1);
    const team: Cost = (steps, now) => steps * (isLoaded(now) ? 0.9 : 0.06);
    const { steps } = runOn({ one, team, slice, lasts: 24_000 });
    const best = 8000 / 0.06 + 8000 / 0.2 + 8000 / 0.06;
    expect(steps).toBeGreaterThan(0.96 * best);
  });

  it('goes on with one thread until the helpers have come', () => {
    const team = { one: steady(0.1), team: steady(0.06), slice };
    expect(runOn({ ...team, lasts: 500, present: () => false }).share).toBe(0);
    expect(runOn({ ...team, lasts: 2000, present: (now) => now > 500 }).share).toBeGreaterThan(0.6);
  });

  it('loses no more than 3 % and the beginning to trials, whatever the two take', () => {
    const [cost, slower] = [
      fc.double({ min: 0.01, max: 5, noNaN: true }),
      fc.double({ min: 0.2, max: 30, noNaN: true }),
    ];
    fc.assert(
      fc.property(cost, slower, fc.integer({ min: 1, max: 20 }), (one, factor, milliseconds) => {
        const request = { slice: Math.ceil(milliseconds / one), lasts: 4000 };
        const { took, alone, together } = runOn({ one: steady(one), team: steady(one * factor), ...request });
        const beginning = 20 + 16 * one * factor;
        expect(took).toBeLessThan(1.03 * alone + beginning);
        expect(took).toBeLessThan(1.07 * Math.min(alone, together) + beginning);
      }),
      { numRuns: 50 },
    );
  });
});
