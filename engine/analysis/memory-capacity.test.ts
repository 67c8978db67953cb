/** Memory capacity: which values meet which, and capacities of predictions whose correlation is known. */
import { describe, expect, it } from 'vitest';
import { expectOk } from '../base/result.ts';
import { createMatrix } from '../math/matrix.ts';
import { memoryTask, recallCapacities } from './memory-capacity.ts';

/** Values that tell their own place. */
const places = Float64Array.from({ length: 20 }, (_, place) => place);

describe('memoryTask', () => {
  it('given a series of its own places, then the target of k steps is the place minus k', () => {
    const task = expectOk(memoryTask(places, 3, 0.2));
    const parts = [
      [task.trainInput, task.trainTargets, 3, 13],
      [task.testInput, task.testTargets, 16, 4],
    ] as const;
    for (const [input, targets, first, rows] of parts) {
      expect([input.rows, input.columns, targets.rows, targets.columns]).toEqual([rows, 1, rows, 3]);
      input.values.forEach((value, row) => {
        expect(value).toBe(first + row);
        expect([...targets.values.subarray(3 * row, 3 * row + 3)]).toEqual([value - 1, value - 2, value - 3]);
      });
    }
  });

  it('given a share that falls between two numbers, then the even one is taken; from 1 on it is the number itself', () => {
    for (const [share, rows] of [
      [0.125, 2],
      [0.175, 4],
      [0.13, 3],
      [5, 5],
    ] as const)
      expect(expectOk(memoryTask(places, 3, share)).testInput.rows).toBe(rows);
  });

  it('given a series too short for the delays, then it is refused', () => {
    for (const [delay, share] of [
      [10, 0.2],
      [0, 0.2],
      [2.5, 0.2],
      [3, 0.05],
    ] as const)
      expect(memoryTask(places, delay, share)).toMatchObject({
        ok: false,
        problems: [{ code: 'training/too-few-samples' }],
      });
  });
});

describe('recallCapacities', () => {
  it('given a scaled, an inverted and an unrelated column, then capacities are 1, 1 and 0', () => {
    const targets = createMatrix(4, 3, Float64Array.from([1, 1, 1, 2, 2, 1, 3, 3, -1, 4, 4, -1]));
    const predicted = createMatrix(4, 3, Float64Array.from([5, -1, 1, 7, -2, -1, 9, -3, 1, 11, -4, -1]));
    const found = recallCapacities(predicted, targets);
    expect(found[0]).toBeCloseTo(1, 12);
    expect(found[1]).toBeCloseTo(1, 12);
    expect(found[2]).toBeCloseTo(0, 12);
  });

  it('given a partly right column, then the capacity is the square of the correlation', () => {
    const column = (...values: number[]) => createMatrix(4, 1, Float64Array.from(values));
    // Deviations (−1.5, −0.5, 0.5, 1.5) and (−1, −2, 2, 1): r = 5 / √(5 · 10).
    expect(recallCapacities(column(1, 2, 3, 4), column(2, 1, 5, 4))[0]).toBeCloseTo(0.5, 12);
  });
});
