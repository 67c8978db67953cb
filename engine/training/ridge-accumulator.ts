/**
 * Ridge regression fed one row at a time: means and centred products are updated with every row, so nothing has to be stored
 * and nothing cancels. Source of the update: Welford, Technometrics 4 (1962); Chan, Golub, LeVeque, Am. Stat. 37 (1983).
 */
import { problem } from '../base/problem.ts';
import { failed, ok, type Result } from '../base/result.ts';
import { solveCholesky } from '../math/cholesky.ts';
import { solveLu } from '../math/lu.ts';
import { createMatrix, type Matrix } from '../math/matrix.ts';

/** prediction = features · weights + bias. */
export interface RidgeSolution {
  /** [features, targets]. */
  readonly weights: Matrix;
  /** [targets]. */
  readonly bias: Float64Array;
}

export interface RidgeOptions {
  /** Added to the diagonal of the (centred) product of the features; not scaled by the number of rows. */
  readonly ridge: number;
  /** With a bias the data are centred and the bias is not penalised; without it neither. Default true. */
  readonly fitBias?: boolean;
}

export interface RidgeAccumulator {
  readonly rows: number;
  /** Adds a row: features from `features[featureOffset]`, targets from `targets[targetOffset]` on. */
  add(features: Float64Array, targets: Float64Array, featureOffset?: number, targetOffset?: number): void;
  /** The weights that minimise Σ(prediction − target)² + ridge·Σ weights²; fails when there is no unique or finite solution. */
  solve(options: RidgeOptions): Result<RidgeSolution>;
  /** Every number it has gathered, as a copy: the number of rows, means, products. */
  save(): Float64Array<ArrayBuffer>;
  /** Goes on where an accumulator of the same size was saved. */
  restore(saved: Float64Array): void;
}

interface Moments {
  readonly featureCount: number;
  readonly targetCount: number;
  readonly featureMeans: Float64Array;
  readonly targetMeans: Float64Array;
  /** Lower triangle of Σ (x − x̄)(x − x̄)ᵀ, in a square. */
  readonly products: Float64Array;
  /** Σ (x − x̄)(y − ȳ)ᵀ, [features, targets]. */
  readonly crossProducts: Float64Array;
}

/** An accumulator for rows of `featureCount` features and `targetCount` targets. */
export function createRidgeAccumulator(featureCount: number, targetCount: number): RidgeAccumulator {
  const moments: Moments = {
    featureCount,
    targetCount,
    featureMeans: new Float64Array(featureCount),
    targetMeans: new Float64Array(targetCount),
    products: new Float64Array(featureCount * featureCount),
    crossProducts: new Float64Array(featureCount * targetCount),
  };
  const featureSteps = new Float64Array(featureCount);
  const targetSteps = new Float64Array(targetCount);
  let rows = 0;
  return {
    get rows() {
      return rows;
    },
    add(features, targets, featureOffset = 0, targetOffset = 0) {
      rows += 1;
      moveMeans(moments.featureMeans, featureSteps, features, featureOffset, rows);
      moveMeans(moments.targetMeans, targetSteps, targets, targetOffset, rows);
      addProducts(moments, featureSteps, targetSteps, (rows - 1) / rows);
    },
    solve: (options) => solveMoments(moments, rows, options),
    save: () => joined([Float64Array.of(rows), ...arraysOf(moments)]),
    restore(saved) {
      rows = saved[0] ?? 0;
      let at = 1;
      for (const array of arraysOf(moments)) {
        array.set(saved.subarray(at, at + array.length));
        at += array.length;
      }
    },
  };
}

function arraysOf({ featureMeans, targetMeans, products, crossProducts }: Moments): readonly Float64Array[] {
  return [featureMeans, targetMeans, products, crossProducts];
}

/** The arrays one after the other. */
export function joined(arrays: readonly Float64Array[]): Float64Array<ArrayBuffer> {
  const whole = new Float64Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const array of arrays) {
    whole.set(array, at);
    at += array.length;
  }
  return whole;
}

/** Sets `steps` to the distance of the row from the old means, and moves the means. */
function moveMeans(means: Float64Array, steps: Float64Array, row: Float64Array, offset: number, rows: number): void {
  for (let index = 0; index < means.length; index += 1) {
    const step = (row[offset + index] as number) - (means[index] as number);
    steps[index] = step;
    means[index] = (means[index] as number) + step / rows;
  }
}

function addProducts(moments: Moments, featureSteps: Float64Array, targetSteps: Float64Array, share: number): void {
  const { featureCount, targetCount, products, crossProducts } = moments;
  for (let row = 0; row < featureCount; row += 1) {
    const factor = share * (featureSteps[row] as number);
    if (factor === 0) continue;
    for (let column = 0; column <= row; column += 1) {
      const place = row * featureCount + column;
      products[place] = (products[place] as number) + factor * (featureSteps[column] as number);
    }
    for (let column = 0; column < targetCount; column += 1) {
      const place = row * targetCount + column;
      crossProducts[place] = (crossProducts[place] as number) + factor * (targetSteps[column] as number);
    }
  }
}

function solveMoments(moments: Moments, rows: number, { ridge, fitBias = true }: RidgeOptions): Result<RidgeSolution> {
  if (rows === 0) {
    return failed(
      problem('training/too-few-samples', 'There is nothing to train on.', {
        hint: 'Shorten the washout or train for longer.',
      }),
    );
  }
  const left = normalMatrix(moments, ridge, fitBias ? 0 : rows);
  const right = crossMatrix(moments, fitBias ? 0 : rows);
  if (!left.values.every(Number.isFinite) || !right.values.every(Number.isFinite)) {
    return failed(
      problem('training/not-finite', 'Features or targets became infinite or not a number during training.'),
    );
  }
  const weights = solveSymmetric(left, right);
  if (weights === undefined) {
    return failed(
      problem('training/singular', 'The features depend on each other, so the regression has no unique solution.', {
        hint: 'Raise the ridge parameter, or train on more samples.',
      }),
    );
  }
  return ok({ weights, bias: fitBias ? biasOf(moments, weights) : new Float64Array(moments.targetCount) });
}

/** By Cholesky; by elimination where rounding has left the matrix not quite positive definite. */
function solveSymmetric(left: Matrix, right: Matrix): Matrix | undefined {
  const solution = solveCholesky(left, right) ?? solveLu(left, right);
  return solution?.values.every(Number.isFinite) === true ? solution : undefined;
}

/** The full symmetric matrix: centred products, plus `rows`·x̄·x̄ᵀ to undo the centring, plus ridge on the diagonal. */
function normalMatrix({ featureCount, products, featureMeans }: Moments, ridge: number, rows: number): Matrix {
  const matrix = createMatrix(featureCount, featureCount);
  for (let row = 0; row < featureCount; row += 1) {
    for (let column = 0; column <= row; column += 1) {
      const mean = rows * (featureMeans[row] as number) * (featureMeans[column] as number);
      const value = (products[row * featureCount + column] as number) + mean + (row === column ? ridge : 0);
      matrix.values[row * featureCount + column] = value;
      matrix.values[column * featureCount + row] = value;
    }
  }
  return matrix;
}

function crossMatrix(
  { featureCount, targetCount, crossProducts, featureMeans, targetMeans }: Moments,
  rows: number,
): Matrix {
  const values = crossProducts.map((value, place) => {
    const feature = Math.floor(place / targetCount);
    return value + rows * (featureMeans[feature] as number) * (targetMeans[place - feature * targetCount] as number);
  });
  return createMatrix(featureCount, targetCount, values);
}

/** ȳ − x̄·weights. */
function biasOf({ featureCount, targetCount, featureMeans, targetMeans }: Moments, weights: Matrix): Float64Array {
  const bias = targetMeans.slice();
  for (let feature = 0; feature < featureCount; feature += 1) {
    for (let target = 0; target < targetCount; target += 1) {
      const share = (featureMeans[feature] as number) * (weights.values[feature * targetCount + target] as number);
      bias[target] = (bias[target] as number) - share;
    }
  }
  return bias;
}
