/** Pace: how long a way to execute steps takes, as a mean over the last of them. */

export interface Pace {
  /** Milliseconds a step; undefined as long as nothing is known. */
  perStep(): number | undefined;
  /** Pieces of work that the mean knows of. */
  pieces(): number;
  /** `executed` steps took so long. */
  note(executed: number, milliseconds: number): void;
}

/** From shorter pieces alone nothing can be told, milliseconds: they are told together with what follows. */
const tellingMilliseconds = 0.1;

/** The mean looks back about so far, in milliseconds of the way's own work. */
const memoryMilliseconds = 20;

/** However short, a piece counts for so much: the mean looks back no more than some pieces. */
const leastWeight = 0.2;

/** Code is still becoming fast in its first pieces, which are forgotten. */
const coldPieces = 1;

/** A pace of which nothing is known. */
export function createPace(): Pace {
  let mean: number | undefined;
  let pieces = 0;
  let waiting = { steps: 0, milliseconds: 0 };

  function weightOf(milliseconds: number): number {
    if (pieces <= coldPieces) return 1;
    const ofTime = milliseconds / (milliseconds + memoryMilliseconds);
    return Math.max(ofTime, 1 / (pieces - coldPieces + 1), leastWeight);
  }

  return {
    perStep: () => mean,
    pieces: () => pieces,
    note(executed, milliseconds) {
      waiting = { steps: waiting.steps + executed, milliseconds: waiting.milliseconds + milliseconds };
      if (waiting.milliseconds < tellingMilliseconds) return;
      const found = waiting.milliseconds / waiting.steps;
      const weight = weightOf(waiting.milliseconds);
      mean = mean === undefined ? found : mean + weight * (found - mean);
      pieces += 1;
      waiting = { steps: 0, milliseconds: 0 };
    },
  };
}
