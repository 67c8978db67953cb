/** How well predictions fit as a run goes on, and against the forecast that nothing changes. Sequences are flat, in the same order. */
import { meanSquaredError } from '../math/errors.ts';
import { variance } from '../math/statistics.ts';

/**
 * Normalised error: rmse divided by the standard deviation (divisor n) of the target over the same values. 1 is what always
 * predicting the mean of these values gives.
 */
export function nrmse(predicted: ArrayLike<number>, target: ArrayLike<number>): number {
  return Math.sqrt(meanSquaredError(predicted, target) / variance(target));
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
