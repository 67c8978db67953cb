/** Errors of predictions over pairs of numbers. Sequences are flat, in the same order. */
import { assert } from '../base/assert.ts';
import { mean, variance } from './statistics.ts';

/** Mean squared error; NaN of nothing. */
export function meanSquaredError(predicted: ArrayLike<number>, target: ArrayLike<number>): number {
  assert(predicted.length === target.length, 'a prediction needs as many values as its target');
  let sum = 0;
  for (let index = 0; index < target.length; index += 1) {
    const error = (predicted[index] as number) - (target[index] as number);
    sum += error * error;
  }
  return sum / target.length;
}

/** Root of the mean squared error, in units of the target. */
export function rmse(predicted: ArrayLike<number>, target: ArrayLike<number>): number {
  return Math.sqrt(meanSquaredError(predicted, target));
}

/** rmse divided by the range (maximum − minimum) of the target: what reservoirpy calls nrmse. */
export function rmseOverRange(predicted: ArrayLike<number>, target: ArrayLike<number>): number {
  let low = Infinity;
  let high = -Infinity;
  for (let index = 0; index < target.length; index += 1) {
    low = Math.min(low, target[index] as number);
    high = Math.max(high, target[index] as number);
  }
  return rmse(predicted, target) / (high - low);
}

/** Share of the variance of the target that is predicted: 1 − error/variance; may be negative. */
export function rSquare(predicted: ArrayLike<number>, target: ArrayLike<number>): number {
  return 1 - meanSquaredError(predicted, target) / variance(target);
}

/** Mean absolute error. */
export function meanAbsoluteError(predicted: ArrayLike<number>, target: ArrayLike<number>): number {
  assert(predicted.length === target.length, 'a prediction needs as many values as its target');
  return mean(
    Array.from({ length: target.length }, (_, index) =>
      Math.abs((predicted[index] as number) - (target[index] as number)),
    ),
  );
}
