/** Step index: at which step record i was taken, kept as runs of equal spacing. */
import { assert, defined } from '../../base/assert.ts';

export interface StepIndex {
  /** Adds the next record. */
  append(step: number): void;
  readonly length: () => number;
  /** Step of record `index`, which must be there. */
  stepOf(index: number): number;
  /** Number of records with a smaller step: the index of the first record at or after `step`. */
  indexAt(step: number): number;
  /** Forgets all records from this one on. */
  truncate(index: number): void;
}

interface Run {
  readonly firstIndex: number;
  readonly firstStep: number;
  stride: number;
  count: number;
}

/** An empty index. A gap (records lost, recording every k-th step) only starts a new run. */
export function createStepIndex(): StepIndex {
  const runs: Run[] = [];
  let length = 0;

  function lastStep(run: Run): number {
    return run.firstStep + run.stride * (run.count - 1);
  }

  /** Last run for which `starts` holds, by bisection; −1 when there is none. */
  function findRun(starts: (run: Run) => boolean): number {
    let low = 0;
    let high = runs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts(runs[middle] as Run)) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  return {
    append(step) {
      const run = runs.at(-1);
      const distance = run === undefined ? 0 : step - lastStep(run);
      assert(run === undefined || distance > 0, 'samples of a probe must come in order of steps');
      if (run !== undefined && run.count === 1 && distance <= 1024) run.stride = distance;
      if (run !== undefined && distance === run.stride) run.count += 1;
      else runs.push({ firstIndex: length, firstStep: step, stride: 1, count: 1 });
      length += 1;
    },
    length: () => length,
    stepOf(index) {
      const run = defined(runs[findRun((candidate) => candidate.firstIndex <= index)], 'record of the step index');
      return run.firstStep + run.stride * (index - run.firstIndex);
    },
    indexAt(step) {
      const run = runs[findRun((candidate) => candidate.firstStep < step)];
      if (run === undefined) return 0;
      return run.firstIndex + Math.min(run.count, Math.ceil((step - run.firstStep) / run.stride));
    },
    truncate(index) {
      while ((runs.at(-1)?.firstIndex ?? -1) >= index) runs.pop();
      const run = runs.at(-1);
      if (run !== undefined) run.count = Math.min(run.count, index - run.firstIndex);
      length = Math.min(length, index);
    },
  };
}
