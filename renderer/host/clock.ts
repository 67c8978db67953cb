/** The clock and the randomness of a page. */
import type { Clock, RandomSource } from '../../engine/platform/seams.ts';

export function createPageClock(): Clock {
  return {
    now: () => performance.now(),
    wallTime: () => Date.now(),
    wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  };
}

export function createPageRandom(): RandomSource {
  return { bytes: (count) => crypto.getRandomValues(new Uint8Array(count)) };
}
