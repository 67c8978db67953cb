import { afterEach, describe, expect, it } from 'vitest';
import { createLoopback } from '../platform/loopback.ts';
import type { Clock, MessageChannelEnd } from '../platform/seams.ts';
import { isPulseMessage, pulseWord, type PulseMessage } from '../protocol/pulse.ts';
import { createPulse } from '../worker/pulse.ts';
import { watchEnd } from './watchdog.ts';

/** A clock that a test moves; those who wait are woken in order, at the time asked for and `late` milliseconds more. */
function createSteppedClock() {
  let now = 0;
  let late = 0;
  let waiting: { readonly at: number; resolve(): void }[] = [];
  const clock: Clock = {
    now: () => now,
    wallTime: () => now,
    wait: (milliseconds) => new Promise((resolve) => waiting.push({ at: now + milliseconds, resolve })),
  };
  return {
    clock,
    /** From now on every wait takes so much longer. */
    delay(milliseconds: number): void {
      late = milliseconds;
    },
    async pass(milliseconds: number): Promise<void> {
      const end = now + milliseconds;
      for (;;) {
        const next = waiting.toSorted((left, right) => left.at - right.at)[0];
        if (next === undefined || next.at + late > end) break;
        waiting = waiting.filter((one) => one !== next);
        now = next.at + late;
        next.resolve();
        await new Promise((resolve) => setImmediate(resolve));
      }
      now = end;
    },
  };
}

interface Scene {
  readonly page: MessageChannelEnd;
  /** What a worker says that begins long work and does not come to its end. */
  enterLongWork(): void;
  readonly failures: string[];
  readonly time: ReturnType<typeof createSteppedClock>;
  /** From now on the worker hears nothing and says nothing. */
  freeze(): void;
  isClosed(): boolean;
}

const open: MessageChannelEnd[] = [];

function createScene(shared: boolean, limits?: { silent: number; long: number }): Scene {
  const time = createSteppedClock();
  const [inner, worker] = createLoopback().ends;
  let [frozen, closed] = [false, false];
  const gated: MessageChannelEnd = {
    post: (message, transfer) => {
      if (!frozen) inner.post(message, transfer);
    },
    onMessage: (handler) => inner.onMessage((message) => void (frozen || handler(message))),
    onFailure: (handler) => inner.onFailure(handler),
    close() {
      closed = true;
      inner.close();
    },
  };
  const pulse = createPulse(worker);
  let words: SharedArrayBuffer | undefined;
  worker.onMessage((message) => {
    if (isPulseMessage(message) && message.pulse === 'watch') words = message.words;
    pulse.receive(message);
  });
  const enterLongWork = (): void => {
    if (words === undefined) worker.post({ pulse: 'beat', long: true } satisfies PulseMessage);
    else new Int32Array(words)[pulseWord.long] = 1;
  };
  const failures: string[] = [];
  const page = watchEnd(gated, { clock: time.clock, shared, ...(limits === undefined ? {} : { limits }) });
  page.onFailure((reason, cause) => failures.push(`${cause}: ${reason}`));
  open.push(page);
  return { page, enterLongWork, failures, time, freeze: () => void (frozen = true), isClosed: () => closed };
}

afterEach(() => {
  for (const page of open.splice(0)) page.close();
});

describe.each([true, false])('a watched worker (shared memory: %s)', (shared) => {
  it('that idles for an hour and answers is left alone', async () => {
    const { time, failures } = createScene(shared);
    await time.pass(3_600_000);
    expect(failures).toEqual([]);
  });

  it('that does not answer for two seconds is ended, once, with the cause', async () => {
    const { time, failures, freeze, isClosed } = createScene(shared);
    await time.pass(5000);
    freeze();
    await time.pass(1900);
    expect(failures).toEqual([]);
    await time.pass(600);
    expect(failures).toEqual(['silence: it did not answer for 2 s']);
    expect(isClosed()).toBe(true);
    await time.pass(60_000);
    expect(failures.length).toBe(1);
  });

  it('that said it is in long work may be silent for longer, but not for ever', async () => {
    const { time, failures, freeze, enterLongWork } = createScene(shared, { silent: 2000, long: 60_000 });
    await time.pass(1000);
    enterLongWork();
    await new Promise((resolve) => setImmediate(resolve));
    freeze();
    await time.pass(59_500);
    expect(failures).toEqual([]);
    await time.pass(2000);
    expect(failures).toEqual(['silence: it did not answer for 60 s']);
  });

  it('is not blamed for the time in which the page itself was late', async () => {
    const { time, failures, freeze } = createScene(shared);
    await time.pass(5000);
    freeze();
    time.delay(800);
    await time.pass(120_000);
    expect(failures).toEqual([]);
    time.delay(0);
    await time.pass(2500);
    expect(failures).toEqual(['silence: it did not answer for 2 s']);
  });

  it('that is closed on purpose fails nobody', async () => {
    const { time, failures, freeze, page } = createScene(shared);
    await time.pass(1000);
    freeze();
    page.close();
    await time.pass(60_000);
    expect(failures).toEqual([]);
  });

  it('with the limit off is never ended: the limit is what finds it', async () => {
    const off = Number.POSITIVE_INFINITY;
    const { time, failures, freeze } = createScene(shared, { silent: off, long: off });
    freeze();
    await time.pass(600_000);
    expect(failures).toEqual([]);
  });
});

it('long work keeps its word in shared memory while it goes on', () => {
  const [inner, worker] = createLoopback().ends;
  const pulse = createPulse(worker);
  const words = new SharedArrayBuffer(8);
  pulse.receive({ pulse: 'watch', words });
  const seen = pulse.long(() => pulse.long(() => new Int32Array(words)[1]));
  expect([seen, new Int32Array(words)[1]]).toEqual([1, 0]);
  inner.close();
});
