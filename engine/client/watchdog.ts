/** Watchdog: ends a worker that does not answer. Wraps the page's end of its channel; the worker's death is a failure of the end. */
import type { Clock, FailureCause, MessageChannelEnd } from '../platform/seams.ts';
import { causeOf } from '../protocol/failure.ts';
import { isPulseMessage, pulseBytes, pulseWord, type PulseMessage } from '../protocol/pulse.ts';

export interface WatchOptions {
  readonly clock: Clock;
  /** Memory can be shared with the worker. */
  readonly shared: boolean;
  readonly limits?: WatchLimits;
}

export interface WatchLimits {
  /** A worker that is not in long work must show a sign of life within this time, milliseconds. */
  readonly silent: number;
  /** The same for one that has said that it is in long work, or has not come to life yet. */
  readonly long: number;
}

/** A build of a drawn reservoir takes minutes: its eigenvalues take their time. */
export const usualLimits: WatchLimits = { silent: 2000, long: 600_000 };

/** Milliseconds between looks. */
const interval = 250;

/**
 * The end, watched. Only time in which this side's own clock ran on time counts: a page in the background, a suspended
 * computer or a page that is itself busy does not make the worker guilty. After a failure the inner end is closed.
 */
export function watchEnd(end: MessageChannelEnd, options: WatchOptions): MessageChannelEnd {
  return new WatchedEnd(end, options);
}

class WatchedEnd implements MessageChannelEnd {
  private readonly end: MessageChannelEnd;
  private readonly clock: Clock;
  private readonly limits: WatchLimits;
  private readonly words: Int32Array | undefined;
  private readonly messageHandlers = new Set<(message: unknown) => void>();
  private readonly failureHandlers = new Set<(reason: string, cause?: FailureCause) => void>();
  private open = true;
  /** Beats that came by messages, and what the last one said. */
  private told = 0;
  private long = true;
  private heard = 0;
  private silence = 0;

  constructor(end: MessageChannelEnd, { clock, shared, limits = usualLimits }: WatchOptions) {
    this.end = end;
    this.clock = clock;
    this.limits = limits;
    const words = shared ? new SharedArrayBuffer(pulseBytes) : undefined;
    this.words = words === undefined ? undefined : new Int32Array(words);
    end.onMessage((message) => this.receive(message));
    end.onFailure((reason, cause) => this.fail(reason, cause ?? causeOf(reason)));
    end.post({ pulse: 'watch', words } satisfies PulseMessage);
    void this.watch();
  }

  post(message: unknown, transfer?: readonly unknown[]): void {
    if (this.open) this.end.post(message, transfer);
  }

  onMessage(handler: (message: unknown) => void): void {
    this.messageHandlers.add(handler);
  }

  onFailure(handler: (reason: string, cause?: FailureCause) => void): void {
    this.failureHandlers.add(handler);
  }

  close(): void {
    this.open = false;
    this.end.close();
  }

  private receive(message: unknown): void {
    if (!this.open) return;
    if (!isPulseMessage(message)) {
      for (const handler of this.messageHandlers) handler(message);
    } else if (message.pulse === 'beat') {
      this.told += 1;
      this.long = message.long;
    }
  }

  private fail(reason: string, cause: FailureCause): void {
    if (!this.open) return;
    this.close();
    for (const handler of this.failureHandlers) handler(reason, cause);
  }

  private async watch(): Promise<void> {
    let last = this.clock.now();
    while (this.open) {
      await this.clock.wait(interval);
      const now = this.clock.now();
      if (this.open) this.look(now - last <= 2 * interval);
      last = now;
    }
  }

  /** Counts an interval without a sign of life, when it was one in which this side was awake. */
  private look(onTime: boolean): void {
    const beats = this.beats();
    if (beats !== this.heard) {
      this.heard = beats;
      this.silence = 0;
      this.post({ pulse: 'ask' } satisfies PulseMessage);
      return;
    }
    if (onTime) this.silence += interval;
    const limit = this.inLongWork() ? this.limits.long : this.limits.silent;
    if (this.silence >= limit) this.fail(`it did not answer for ${limit / 1000} s`, 'silence');
  }

  private beats(): number {
    return this.words === undefined ? this.told : Atomics.load(this.words, pulseWord.beats);
  }

  private inLongWork(): boolean {
    if (this.words === undefined) return this.long;
    return this.heard === 0 || Atomics.load(this.words, pulseWord.long) !== 0;
  }
}
