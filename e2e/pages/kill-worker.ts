/** Ways in which a worker of the page comes to its end, done to it from outside. */
import type { Page, Worker } from '@playwright/test';

export type WorkerName = 'engine' | 'history';

/** What happens to a worker, and what the workbench must call it. */
export const ends = {
  hang: /did not answer any more/,
  closed: /did not answer any more/,
  trap: /stopped unexpectedly/,
  exception: /stopped unexpectedly/,
  memory: /ran out of memory/,
} as const;
export type End = keyof typeof ends;

/** The worker that runs now. */
export function workerOf(page: Page, name: WorkerName): Worker {
  const found = page.workers().findLast((worker) => worker.url().includes(`${name}-worker`));
  if (found === undefined) throw new Error(`the page has no ${name} worker`);
  return found;
}

/** Lets the worker come to this end in its next task; resolves when that is set. */
export async function bringToEnd(worker: Worker, end: End): Promise<void> {
  await worker.evaluate((name) => {
    // The smallest module whose start function is `unreachable`.
    const trap = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 8, 1, 0, 10, 5, 1, 3, 0, 0, 11];
    const never = Number.POSITIVE_INFINITY;
    const acts: Readonly<Record<string, () => void>> = {
      hang() {
        while (performance.now() < never);
      },
      closed: () => (globalThis as unknown as { close(): void }).close(),
      trap: () => void new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(trap))),
      exception() {
        throw new Error('planted exception');
      },
      memory: () => void new ArrayBuffer(2 ** 40),
    };
    setTimeout(() => acts[name]?.());
  }, end);
}

/** Longest time in which the page's own event loop did not turn, milliseconds, since `watchGaps` or the last look. */
export async function longestGap(page: Page): Promise<number> {
  return page.evaluate(() => {
    const meter = (globalThis as unknown as { gaps: { longest: number } }).gaps;
    const { longest } = meter;
    meter.longest = 0;
    return longest;
  });
}

export async function watchGaps(page: Page): Promise<void> {
  await page.evaluate(() => {
    const meter = { last: performance.now(), longest: 0 };
    (globalThis as unknown as { gaps: typeof meter }).gaps = meter;
    setInterval(() => {
      const now = performance.now();
      meter.longest = Math.max(meter.longest, now - meter.last);
      meter.last = now;
    }, 4);
  });
}
