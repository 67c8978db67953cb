/** Ridge regression on whole series, as reservoirpy's Ridge: the washout is dropped from each series, then all rows count together. */
import { problem } from '../base/problem.ts';
import { failed, ok, type Result } from '../base/result.ts';
import { multiplyMatrices, createMatrix, type Matrix } from '../math/matrix.ts';
import { createRidgeAccumulator, type RidgeOptions, type RidgeSolution } from './ridge-accumulator.ts';

/** Rows of features [rows, features] and targets [rows, targets] of one series. */
export interface TrainingSeries {
  readonly features: Matrix;
  readonly targets: Matrix;
}

export interface RidgeFitOptions extends RidgeOptions {
  /** Rows dropped at the start of every series. Default 0. */
  readonly washout?: number;
}

/** Fits all series together. */
export function fitRidge(series: readonly TrainingSeries[], options: RidgeFitOptions): Result<RidgeSolution> {
  const first = series[0];
  if (first === undefined) return failed(problem('training/too-few-samples', 'There is no series to train on.'));
  const accumulator = createRidgeAccumulator(first.features.columns, first.targets.columns);
  for (const { features, targets } of series) {
    const fits = features.columns === first.features.columns && targets.columns === first.targets.columns;
    if (!fits || features.rows !== targets.rows) {
      return failed(
        problem(
          'training/shape',
          `Features are ${features.rows} × ${features.columns} and targets ${targets.rows} × ${targets.columns}; rows must match, and columns be the same in all series.`,
        ),
      );
    }
    for (let row = options.washout ?? 0; row < features.rows; row += 1) {
      accumulator.add(features.values, targets.values, row * features.columns, row * targets.columns);
    }
  }
  return accumulator.solve(options);
}

/** features · weights + bias, [rows, targets]. */
export function predictRidge(solution: RidgeSolution, features: Matrix): Result<Matrix> {
  const { weights, bias } = solution;
  if (features.columns !== weights.rows) {
    return failed(
      problem('training/shape', `The readout was trained on ${weights.rows} features, not ${features.columns}.`),
    );
  }
  const product = multiplyMatrices(features, weights);
  const values = product.values.map((value, place) => value + (bias[place % weights.columns] as number));
  return ok(createMatrix(product.rows, product.columns, values));
}
