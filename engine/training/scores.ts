/** How well predictions fit: errors over pairs of numbers. Sequences are flat, in the same order. */
import { assert } from '../base/assert.ts';
import { mean, variance } from '../math/statistics.ts';

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

/**
 * Normalised error: rmse divided by the standard deviation (divisor n) of the target over the same values. 1 is what always
 * predicting the mean of these values gives.
 */
export function nrmse(predicted: ArrayLike<number>, target: ArrayLike<number>): number {
  return Math.sqrt(meanSquaredError(predicted, target) / variance(target));
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

/**
 * nrmse of the forecast that everything stays as it is: value `horizon` rows earlier, over rows `from` … `to` − 1 (at least
 * `horizon` rows must lie before `from`; earlier rows are left out).
 */
export function persistenceNrmse(series: ArrayLike<number>, horizon: number, from = 0, to = series.length): number {
  const start = Math.max(from, horizon);
  const length = Math.max(0, to - start);
  const target = Float64Array.from({ length }, (_, row) => series[start + row] as number);
  const held = Float64Array.from({ length }, (_, row) => series[start + row - horizon] as number);
  return nrmse(held, target);
}

/** Scores gathered pair by pair during a run. */
export interface RunningScore {
  add(predicted: number, target: number): void;
  readonly count: number;
  readonly rmse: number;
  /** As `nrmse`. */
  readonly nrmse: number;
  readonly rSquare: number;
  /** The four numbers it has gathered. */
  save(): Float64Array<ArrayBuffer>;
  restore(saved: Float64Array): void;
}

/** Gathers errors and the variance of the target (Welford's update), so that nothing has to be stored. */
export function createRunningScore(): RunningScore {
  let count = 0;
  let squaredErrors = 0;
  let centre = 0;
  let squaredDistances = 0;
  return {
    add(predicted, target) {
      count += 1;
      squaredErrors += (predicted - target) * (predicted - target);
      const step = target - centre;
      centre += step / count;
      squaredDistances += step * (target - centre);
    },
    get count() {
      return count;
    },
    get rmse() {
      return Math.sqrt(squaredErrors / count);
    },
    get nrmse() {
      return Math.sqrt(squaredErrors / squaredDistances);
    },
    get rSquare() {
      return 1 - squaredErrors / squaredDistances;
    },
    save: () => Float64Array.of(count, squaredErrors, centre, squaredDistances),
    restore(saved) {
      [count, squaredErrors, centre, squaredDistances] = saved as unknown as [number, number, number, number];
    },
  };
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
