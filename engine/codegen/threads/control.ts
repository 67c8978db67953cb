/** The words by which threads of a run are kept together: a signal of its own, each word where it does not disturb another. */
import type { SignalId } from '../../build/ir/types.ts';

export const controlSignal: SignalId = 'threads/control';

/** Places of the words in the signal, numbers of four bytes; a cache line has 16. */
export const controlWords = {
  /** Threads that have come to the wait. */
  arrived: 0,
  /** Waits that are over. */
  generation: 16,
  /** Threads that sleep. */
  sleeping: 32,
  /** Looks at the generation before a thread goes to sleep. */
  patience: 48,
  /** Whether the run stops after this step, as the first thread saw it. */
  stops: 64,
  /** Steps of the next block, as the first thread saw it. */
  block: 65,
  /** Raised by one for every piece of work. */
  work: 80,
  /** First step and number of steps of the work, or one of `workWithoutSteps`. */
  firstStep: 81,
  steps: 82,
  /** Helpers that have joined the run. */
  present: 96,
  /** Questions that helpers have answered. */
  answers: 112,
  /** Never changes: who waits for it wakes when its time is over. */
  idle: 128,
} as const;

/** Work of other kinds than steps: to leave the run, to say that one is awake. */
export const workWithoutSteps = { leave: 0, answer: -1 } as const;

export const controlLength = 144;
