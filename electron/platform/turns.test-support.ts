/** Lets waiting parties go on one at a time, in an order by chance. */
import type { Choose } from './memory-disk.test-support.ts';

export interface Turns {
  /** Resolves when it is this party's turn. */
  wait(): Promise<void>;
  /** Gives turns until the work is done. */
  runUntil(work: Promise<unknown>): Promise<void>;
}

export function createTurns(choose: Choose): Turns {
  const waiting: (() => void)[] = [];
  return {
    wait: () => new Promise((resolve) => waiting.push(resolve)),
    async runUntil(work) {
      let outcome: PromiseSettledResult<unknown> | undefined;
      void Promise.allSettled([work]).then(([settled]) => (outcome = settled));
      while (outcome === undefined) {
        // Everything that follows from the last turn happens first.
        await new Promise((resolve) => setImmediate(resolve));
        waiting.splice(choose(Math.max(1, waiting.length)), 1)[0]?.();
      }
      if (outcome.status === 'rejected') throw outcome.reason;
    },
  };
}
