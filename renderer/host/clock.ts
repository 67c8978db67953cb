/** The clock and the randomness of a page. */
import type { Clock, RandomSource } from '../../engine/platform/seams.ts';

export function createPageClock(): Clock {
  return {
    now: () => performance.now(),
    wallTime: () => Date.now(),
    wait: (milliseconds) =>
      milliseconds <= 0 ? nextTask() : new Promise((resolve) => setTimeout(resolve, milliseconds)),
  };
}

/** Resolves when other messages had their turn. Timers of 0 ms take 4 ms once they are nested. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

export function createPageRandom(): RandomSource {
  return { bytes: (count) => crypto.getRandomValues(new Uint8Array(count)) };
}
