/** Z-scores of features: means and deviations of a first batch, and weights for z-scores turned into weights for the features. */
import { createMatrix, type Matrix } from '../math/matrix.ts';
import type { RidgeSolution } from './ridge-accumulator.ts';

export interface FeatureScale {
  readonly means: Float64Array;
  /** Of a feature that never changes: 1. */
  readonly deviations: Float64Array;
}

/** Mean and deviation of every column; without `centred` the means are 0, for regressions that have no bias to undo them. */
export function scaleOf({ rows, columns, values }: Matrix, centred: boolean): FeatureScale {
  const means = new Float64Array(columns);
  const deviations = new Float64Array(columns);
  for (let column = 0; column < columns; column += 1) {
    let [sum, squares] = [0, 0];
    for (let row = 0; row < rows; row += 1) sum += values[row * columns + column] as number;
    const mean = sum / rows;
    for (let row = 0; row < rows; row += 1) squares += ((values[row * columns + column] as number) - mean) ** 2;
    const deviation = Math.sqrt(squares / rows);
    means[column] = centred ? mean : 0;
    deviations[column] = deviation > 0 ? deviation : 1;
  }
  return { means, deviations };
}

/** (x − mean) / deviation. */
export function standardised(features: Matrix, { means, deviations }: FeatureScale): Matrix {
  const { rows, columns } = features;
  const values = features.values.map((value, place) => {
    const column = place % columns;
    return (value - (means[column] as number)) / (deviations[column] as number);
  });
  return createMatrix(rows, columns, values);
}

/** The solution for the features themselves. */
export function unstandardised({ weights, bias }: RidgeSolution, { means, deviations }: FeatureScale): RidgeSolution {
  const { rows, columns } = weights;
  const moved = bias.slice();
  const values = weights.values.map((weight, place) => {
    const [feature, target] = [Math.floor(place / columns), place % columns];
    const own = weight / (deviations[feature] as number);
    moved[target] = (moved[target] as number) - own * (means[feature] as number);
    return own;
  });
  return { weights: createMatrix(rows, columns, values), bias: moved };
}
