/** Memory capacity: how well a readout recalls inputs of so many steps ago (reservoirpy's memory_capacity). */
import { problem } from '../base/problem.ts';
import { failed, ok, type Result } from '../base/result.ts';
import { createMatrix, type Matrix } from '../math/matrix.ts';
import { roundHalfEven } from '../math/elementary.ts';
import { mean } from '../math/statistics.ts';

/** Inputs and what is to be recalled at each of them, parted into training and test. */
export interface MemoryTask {
  /** Inputs [rows, 1]. */
  readonly trainInput: Matrix;
  readonly testInput: Matrix;
  /** Targets [rows, mostDelay]: column k − 1 is the input k steps ago. */
  readonly trainTargets: Matrix;
  readonly testTargets: Matrix;
}

/**
 * Rows of the series from the one that has `mostDelay` before it. The last are the test: as many as `testShare` says from 1
 * on, below 1 that share of the series, rounded to the nearest even number where it lies between two.
 */
export function memoryTask(series: ArrayLike<number>, mostDelay: number, testShare = 0.2): Result<MemoryTask> {
  const rows = series.length - mostDelay;
  const tests = testShare < 1 ? roundHalfEven(testShare * series.length) : testShare;
  if (!(
    Number.isInteger(mostDelay) &&
    mostDelay >= 1 &&
    Number.isInteger(tests) &&
    tests >= 2 &&
    rows - tests > mostDelay
  )) {
    const reason = `A series of ${series.length} values is too short to recall ${mostDelay} steps with a test share of ${testShare}.`;
    return failed(problem('training/too-few-samples', reason));
  }
  const part = (from: number, to: number) => ({
    input: createMatrix(
      to - from,
      1,
      Float64Array.from({ length: to - from }, (_, row) => series[from + row + mostDelay] as number),
    ),
    targets: createMatrix(
      to - from,
      mostDelay,
      Float64Array.from({ length: (to - from) * mostDelay }, (_, place) => {
        const [row, back] = [Math.floor(place / mostDelay), (place % mostDelay) + 1];
        return series[from + row + mostDelay - back] as number;
      }),
    ),
  });
  const [train, test] = [part(0, rows - tests), part(rows - tests, rows)];
  return ok({
    trainInput: train.input,
    testInput: test.input,
    trainTargets: train.targets,
    testTargets: test.targets,
  });
}

/** Squared correlations of every column of prediction and target; their sum is the memory capacity. Source: Jaeger, GMD report 152 (2001). */
export function recallCapacities(predicted: Matrix, targets: Matrix): Float64Array {
  const column = ({ values, columns }: Matrix, index: number): Float64Array =>
    values.filter((_, place) => place % columns === index);
  return Float64Array.from(
    { length: targets.columns },
    (_, index) => correlation(column(predicted, index), column(targets, index)) ** 2,
  );
}

function correlation(left: Float64Array, right: Float64Array): number {
  const [middle, centre] = [mean(left), mean(right)];
  let [both, first, second] = [0, 0, 0];
  for (let row = 0; row < left.length; row += 1) {
    const [one, two] = [(left[row] as number) - middle, (right[row] as number) - centre];
    [both, first, second] = [both + one * two, first + one * one, second + two * two];
  }
  return both / Math.sqrt(first * second);
}
