/** Patience with the reader of the records: a run waits for a slow one, but not for a dead one. */
import type { ProbeFeed } from './probe-feed.ts';

/** How long a run waits for a reader that takes nothing before records are lost. */
const patienceMilliseconds = 1000;

/** Remembers when the reader last took something. */
export class ReaderPatience {
  private readonly feed: Pick<ProbeFeed, 'taken' | 'room'>;
  private taken = -1;
  private since = 0;

  constructor(feed: Pick<ProbeFeed, 'taken' | 'room'>) {
    this.feed = feed;
  }

  /** Steps that may be executed now: those that find room, or any number once the reader must be taken for dead. */
  room(now: number): number {
    const room = this.feed.room();
    const taken = this.feed.taken();
    if (taken !== this.taken || room >= 1) {
      this.taken = taken;
      this.since = now;
    }
    return room < 1 && now - this.since >= patienceMilliseconds ? Infinity : room;
  }
}
