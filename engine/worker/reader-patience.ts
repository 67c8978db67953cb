/** Patience with the reader of the records: a run waits for a slow one, but not for a dead one. */
import type { ProbeFeed } from './probe-feed.ts';

/** How long a run waits for a reader that takes nothing before records are lost. */
const patienceMilliseconds = 1000;
/** A stream with less room than this makes the run wait. */
const leastFreeShare = 0.25;

/** Remembers when the reader last took something. */
export class ReaderPatience {
  private readonly feed: Pick<ProbeFeed, 'taken' | 'freeShare'>;
  private taken = -1;
  private since = 0;

  constructor(feed: Pick<ProbeFeed, 'taken' | 'freeShare'>) {
    this.feed = feed;
  }

  /** True while the streams are nearly full and the reader may still be alive. */
  shouldWait(now: number): boolean {
    const taken = this.feed.taken();
    if (taken !== this.taken) {
      this.taken = taken;
      this.since = now;
    }
    return this.feed.freeShare() < leastFreeShare && now - this.since < patienceMilliseconds;
  }
}
