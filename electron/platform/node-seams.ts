/** Clock and random source of Node. */
import { randomBytes } from 'node:crypto';
import type { Clock, RandomSource } from '../../engine/platform/seams.ts';

/** The clock of this machine. */
export const nodeClock: Clock = {
  now: () => performance.now(),
  wallTime: () => Date.now(),
  wait: (milliseconds) =>
    new Promise((resolve) => {
      if (milliseconds <= 0) setImmediate(resolve);
      else setTimeout(resolve, milliseconds);
    }),
};

/** Random bytes fit for secrets. */
export const nodeRandom: RandomSource = { bytes: (count) => new Uint8Array(randomBytes(count)) };
