/** Thread that does the same work each time it is asked and says how long it took. */
import { ownThread } from '../../../electron/platform/node-threads.ts';

export interface BusyRequest {
  readonly kind: 'arithmetic' | 'memory';
}

export interface BusyAnswer {
  readonly milliseconds: number;
  /** So that the work has a result. */
  readonly result: number;
}

const rounds = 2e7;
const numbers = new Float64Array(2 ** 23).fill(1);
const work = { arithmetic, memory } as const;

const self = ownThread();
self.onMessage((message) => {
  const start = performance.now();
  const result = work[(message as BusyRequest).kind]();
  self.post({ milliseconds: performance.now() - start, result } satisfies BusyAnswer);
});

/** Four chains of products and sums, as code of cells has them. */
function arithmetic(): number {
  let [a, b, c, d] = [1, 2, 3, 4];
  for (let round = 0; round < rounds; round += 1) {
    a = a * 0.999 + 0.1;
    b = b * 0.998 + 0.2;
    c = c * 0.997 + 0.3;
    d = d * 0.996 + 0.4;
  }
  return a + b + c + d;
}

/** Every number of 64 MB. */
function memory(): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let place = 0; place < numbers.length; place += 4) {
    a += numbers[place] as number;
    b += numbers[place + 1] as number;
    c += numbers[place + 2] as number;
    d += numbers[place + 3] as number;
  }
  return a + b + c + d;
}
