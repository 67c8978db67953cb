/** Patience of threads that wait for each other: they look for about as long as it takes to wake one, then sleep. */
import { controlWords } from '../codegen/threads/control.ts';
import type { Clock } from '../platform/seams.ts';

/** Until measured, and where a measurement tells nothing. */
export const usualPatience = 2000;

/** Fewer looks tell nothing, more would keep others from the processor for long. */
const [leastPatience, mostPatience] = [200, 50_000];

const [wakes, rounds] = [4, 4];
const looksPerRound = 5000;
/** Milliseconds after which helpers without work sleep. */
const asleepAfter = 0.3;
/** Milliseconds that all measurements take at most, but for the last wake. */
const mostMilliseconds = 5;

/**
 * Looks at a word that take as long as waking a helper: whoever looks so often before going to sleep loses at most twice
 * what was best (Karlin et al. 1994, Algorithmica 11:542). `ask` wakes the helpers; each raises the word `answers` by
 * one. It decides how threads wait, never what they compute.
 */
export function measurePatience(
  words: Int32Array<ArrayBufferLike>,
  helpers: number,
  ask: () => void,
  clock: Clock,
): number {
  const deadline = clock.now() + mostMilliseconds;
  const look = least(rounds, deadline, clock, () => millisecondsOfLooks(words, clock)) / looksPerRound;
  const wake = least(wakes, deadline, clock, () => millisecondsOfAnswer(words, helpers, ask, clock)) / 2;
  const looks = Math.round(wake / look);
  return Number.isFinite(looks) ? Math.min(mostPatience, Math.max(leastPatience, looks)) : usualPatience;
}

/** The least of some measurements; the first one is always made. */
function least(times: number, deadline: number, clock: Clock, measure: () => number): number {
  let found = measure();
  for (let time = 1; time < times && clock.now() < deadline; time += 1) found = Math.min(found, measure());
  return found;
}

function millisecondsOfLooks(words: Int32Array<ArrayBufferLike>, clock: Clock): number {
  const start = clock.now();
  for (let look = 0; look < looksPerRound; look += 1) if (Atomics.load(words, controlWords.generation) < 0) break;
  return clock.now() - start;
}

/** From the question to the answer: a helper is woken, then this thread. */
function millisecondsOfAnswer(
  words: Int32Array<ArrayBufferLike>,
  helpers: number,
  ask: () => void,
  clock: Clock,
): number {
  Atomics.wait(words, controlWords.idle, 0, asleepAfter);
  const before = Atomics.load(words, controlWords.answers);
  const start = clock.now();
  ask();
  for (let seen = before; ((seen - before) | 0) < helpers; seen = Atomics.load(words, controlWords.answers))
    Atomics.wait(words, controlWords.answers, seen);
  return clock.now() - start;
}
