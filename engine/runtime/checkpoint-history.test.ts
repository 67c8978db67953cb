import { describe, expect, it } from 'vitest';
import type { Checkpoint } from './checkpoint.ts';
import { CheckpointHistory, checkpointInterval } from './checkpoint-history.ts';

const timeStepSeconds = 1e-3;

function checkpoint(step: number, bytes = 1000): Checkpoint {
  return { step, contents: new Uint8Array(bytes), readouts: [] };
}

/** A history after a run of so many steps. */
function filled(budgetBytes: number, steps: number): CheckpointHistory {
  const history = new CheckpointHistory(budgetBytes, timeStepSeconds);
  for (let step = 0; step <= steps; step += Math.max(1, history.stepsUntilDue(step)))
    if (history.stepsUntilDue(step) === 0) history.add(checkpoint(step));
  return history;
}

describe('the history of checkpoints', () => {
  it('keeps one every 100 ms of simulated time', () => {
    expect(filled(1e9, 500).steps()).toEqual([0, 100, 200, 300, 400, 500]);
    expect([1e-4, 1e-3, 1].map(checkpointInterval)).toEqual([1000, 100, 16]);
  });

  it('keeps within its budget, the first one, and gaps no greater than a third of their age (R14)', () => {
    const history = filled(30_000, 100_000);
    const steps = history.steps();
    expect(history.bytes()).toBeLessThanOrEqual(30_000);
    expect(steps).toHaveLength(30);
    expect([steps[0], steps.at(-2), steps.at(-1)]).toEqual([0, 99_900, 100_000]);
    for (let index = 1; index < steps.length - 1; index += 1) {
      const gap = (steps[index + 1] as number) - (steps[index] as number);
      expect(gap).toBeLessThanOrEqual(Math.max(100, (100_000 - (steps[index] as number)) / 3));
    }
  });

  it('finds the last one at or before a step, and forgets what lies after a jump', () => {
    const history = filled(1e9, 500);
    expect(history.before(299)?.checkpoint.step).toBe(200);
    expect(history.before(300)?.checkpoint.step).toBe(300);
    history.truncate(299);
    expect(history.steps()).toEqual([0, 100, 200]);
    expect(history.stepsUntilDue(299)).toBe(1);
  });

  it('wants one at once after an edit, and knows those of before', () => {
    const history = filled(1e9, 200);
    history.edited();
    expect(history.stepsUntilDue(200)).toBe(0);
    history.add(checkpoint(200));
    const [old, fresh] = [history.before(100), history.before(200)].map(
      (kept) => kept !== undefined && history.isOfPresentModel(kept),
    );
    expect([old, fresh]).toEqual([false, true]);
  });

  it('keeps none that alone is more than the budget, and asks for no more', () => {
    const history = new CheckpointHistory(500, timeStepSeconds);
    history.add(checkpoint(0));
    expect([history.steps(), history.stepsUntilDue(100), history.firstStep()]).toEqual([[], Infinity, undefined]);
  });
});
