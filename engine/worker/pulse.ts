/** Pulse of a worker: beats whenever it has its turn, and says when it begins and ends work that may take long. */
import type { MessageChannelEnd } from '../platform/seams.ts';
import { isPulseMessage, pulseWord, type PulseMessage } from '../protocol/pulse.ts';

export interface Pulse {
  /** Takes a message of the pulse; false when it is none. */
  receive(message: unknown): boolean;
  /** To be called in every slice of work. */
  beat(): void;
  /** Does work during which nothing beats: building, training, a step of a very large network. */
  long<T>(work: () => T): T;
}

/** A pulse that answers over `end` where no memory is shared. */
export function createPulse(end: Pick<MessageChannelEnd, 'post'>): Pulse {
  let words: Int32Array | undefined;
  let depth = 0;

  function beat(): void {
    if (words !== undefined) Atomics.add(words, pulseWord.beats, 1);
  }

  function tell(): void {
    if (words === undefined) end.post({ pulse: 'beat', long: depth > 0 } satisfies PulseMessage);
    else Atomics.store(words, pulseWord.long, depth);
    beat();
  }

  return {
    receive(message) {
      if (!isPulseMessage(message)) return false;
      if (message.pulse === 'watch' && message.words !== undefined) words = new Int32Array(message.words);
      tell();
      return true;
    },
    beat,
    long(work) {
      depth += 1;
      if (depth === 1) tell();
      try {
        return work();
      } finally {
        depth -= 1;
        if (depth === 0) tell();
      }
    },
  };
}

/** The pulse of a worker that nobody watches. */
export const unwatched: Pulse = { receive: () => false, beat: () => undefined, long: (work) => work() };
