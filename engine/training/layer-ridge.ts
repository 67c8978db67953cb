/**
 * Ridge regression in batches as Rockpool's `train_rr`: sums with Kahan's compensation, the penalty on the bias row as well,
 * solved anew after every batch.
 */
import { problem } from '../base/problem.ts';
import { failed, ok, type Result } from '../base/result.ts';
import { solveLu } from '../math/lu.ts';
import { addToDiagonal, createMatrix, gram, type Matrix } from '../math/matrix.ts';
import type { RidgeSolution } from './ridge-accumulator.ts';
import { scaleOf, standardised, unstandardised, type FeatureScale } from './standardise.ts';

export interface LayerRidgeOptions {
  /** λ, added to the whole diagonal of XᵀX. */
  readonly regularize: number;
  /** Train a bias: a column of ones beside the input, penalised like the rest. Default true. */
  readonly trainBiases?: boolean;
  /** Replace 0/1 targets by −n/n₀ and n/n₁ per column and batch. Default false. */
  readonly fisherRelabelling?: boolean;
  /**
   * Regress on z-scores by the means and deviations of the first batch (without biases: divided by the deviations only), so
   * that λ weighs all inputs alike; the weights are those for the inputs themselves. Default false.
   */
  readonly standardize?: boolean;
}

/** What has been summed up so far (copies). */
export interface TrainingProgress {
  readonly xtx: Matrix;
  readonly xty: Matrix;
  /** Compensations: what rounding has taken from each sum so far. */
  readonly kahanXtx: Matrix;
  readonly kahanXty: Matrix;
}

export interface LayerRidge {
  /** Adds a batch and solves; input [rows, inputs], target [rows, targets]. A batch that is refused changes nothing. */
  addBatch(input: Matrix, target: Matrix): Result<RidgeSolution>;
  readonly progress: TrainingProgress;
}

/** A sum of matrices with compensation. Source: Kahan, Comm. ACM 8 (1965). */
interface CompensatedSum {
  readonly total: Matrix;
  readonly compensation: Matrix;
}

/** Starts training (`is_first`) for layers of `inputCount` inputs and `targetCount` outputs. */
export function createLayerRidge(inputCount: number, targetCount: number, options: LayerRidgeOptions): LayerRidge {
  const biased = options.trainBiases ?? true;
  const width = inputCount + (biased ? 1 : 0);
  const xtx = createSum(width, width);
  const xty = createSum(width, targetCount);
  let scale: FeatureScale | undefined;
  return {
    addBatch(input, target) {
      const refusal = refuse(input, target, inputCount, targetCount);
      if (refusal !== undefined) return failed(refusal);
      if (options.standardize === true) scale ??= scaleOf(input, biased);
      const scaled = scale === undefined ? input : standardised(input, scale);
      const features = biased ? withOnes(scaled) : scaled;
      addTo(xtx, gram(features, features));
      addTo(xty, gram(features, options.fisherRelabelling === true ? relabelled(target) : target));
      const solution = solveLu(addToDiagonal(xtx.total, options.regularize), xty.total);
      if (solution === undefined) {
        return failed(
          problem('training/singular', 'The inputs depend on each other, so the regression has no unique solution.', {
            hint: 'Raise the ridge parameter.',
          }),
        );
      }
      const found = split(solution, inputCount, biased);
      return ok(scale === undefined ? found : unstandardised(found, scale));
    },
    get progress() {
      return {
        xtx: copy(xtx.total),
        xty: copy(xty.total),
        kahanXtx: copy(xtx.compensation),
        kahanXty: copy(xty.compensation),
      };
    },
  };
}

function refuse(input: Matrix, target: Matrix, inputCount: number, targetCount: number) {
  if (input.rows !== target.rows || input.columns !== inputCount || target.columns !== targetCount) {
    return problem(
      'training/shape',
      `The batch has inputs of ${input.rows} × ${input.columns} and targets of ${target.rows} × ${target.columns}; the layer takes ${inputCount} inputs and has ${targetCount} outputs.`,
    );
  }
  if (input.rows === 0) return problem('training/too-few-samples', 'A batch has no samples.');
  const finite = input.values.every(Number.isFinite) && target.values.every(Number.isFinite);
  return finite
    ? undefined
    : problem(
        'training/not-finite',
        'Inputs or targets of a batch are not finite (a target must cover all its times).',
      );
}

function createSum(rows: number, columns: number): CompensatedSum {
  return { total: createMatrix(rows, columns), compensation: createMatrix(rows, columns) };
}

function addTo(sum: CompensatedSum, term: Matrix): void {
  for (let place = 0; place < term.values.length; place += 1) {
    const corrected = (term.values[place] as number) - (sum.compensation.values[place] as number);
    const before = sum.total.values[place] as number;
    const after = before + corrected;
    sum.compensation.values[place] = after - before - corrected;
    sum.total.values[place] = after;
  }
}

/** A column of ones to the right. */
function withOnes(input: Matrix): Matrix {
  const widened = createMatrix(input.rows, input.columns + 1);
  for (let row = 0; row < input.rows; row += 1) {
    widened.values.set(input.values.subarray(row * input.columns, (row + 1) * input.columns), row * widened.columns);
    widened.values[(row + 1) * widened.columns - 1] = 1;
  }
  return widened;
}

/** Fisher's discriminant as regression: true → n/n₁, false → −n/n₀. */
function relabelled(target: Matrix): Matrix {
  const positives = new Float64Array(target.columns);
  target.values.forEach((value, place) => {
    const column = place % target.columns;
    if (value !== 0) positives[column] = (positives[column] as number) + 1;
  });
  const values = target.values.map((value, place) => {
    const count = positives[place % target.columns] as number;
    return value !== 0 ? target.rows / count : -target.rows / (target.rows - count);
  });
  return createMatrix(target.rows, target.columns, values);
}

function split(solution: Matrix, inputCount: number, biased: boolean): RidgeSolution {
  const weights = createMatrix(inputCount, solution.columns, solution.values.slice(0, inputCount * solution.columns));
  return {
    weights,
    bias: biased ? solution.values.slice(inputCount * solution.columns) : new Float64Array(solution.columns),
  };
}

function copy(matrix: Matrix): Matrix {
  return createMatrix(matrix.rows, matrix.columns, matrix.values.slice());
}
