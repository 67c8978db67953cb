/** Errors of predicted series, of all numbers together or for every feature, and normalised in several ways (reservoirpy's observables). */
import { problem } from '../base/problem.ts';
import { failed, ok, type Result } from '../base/result.ts';
import { meanAbsoluteError, meanSquaredError, rmse, rSquare } from '../math/errors.ts';
import { mean, quantile, variance } from '../math/statistics.ts';

/** Mean squared, root mean squared and mean absolute error, and the share of variance predicted. */
export const errorKinds = { mse: meanSquaredError, rmse, mae: meanAbsoluteError, rsquare: rSquare } as const;
export type ErrorKind = keyof typeof errorKinds;

/** What the root mean squared error is divided by. */
export const errorNorms = {
  /** Largest − smallest target. */
  minmax: (target) => target.reduce(larger, -Infinity) - target.reduce(smaller, Infinity),
  /** The variance of the targets (not its root). */
  var: variance,
  mean,
  /** Distance between the quartiles, by linear interpolation. */
  q1q3: (target) => quantile(target, 0.75) - quantile(target, 0.25),
} as const satisfies Record<string, (target: Float64Array) => number>;
export type ErrorNorm = keyof typeof errorNorms;

/** Numbers [rows, features] or [series, rows, features], row-major. */
export interface FeatureSeries {
  readonly shape: readonly number[];
  readonly values: Float64Array;
}

/** The error over all numbers. A Problem where the shapes differ. */
export function errorOverall(kind: ErrorKind, predicted: FeatureSeries, target: FeatureSeries): Result<number> {
  return refusal(predicted, target) ?? ok(errorKinds[kind](predicted.values, target.values));
}

/** The error of every feature, over rows and series. */
export function errorPerFeature(
  kind: ErrorKind,
  predicted: FeatureSeries,
  target: FeatureSeries,
): Result<Float64Array> {
  return refusal(predicted, target) ?? ok(perFeature(predicted, target, errorKinds[kind]));
}

/** rmse over all numbers divided by a norm of the targets, or by a given number. */
export function normalisedError(
  norm: ErrorNorm | number,
  predicted: FeatureSeries,
  target: FeatureSeries,
): Result<number> {
  return refusal(predicted, target) ?? ok(normalised(norm)(predicted.values, target.values));
}

/** The same for every feature, each by its own norm. */
export function normalisedErrorPerFeature(
  norm: ErrorNorm | number,
  predicted: FeatureSeries,
  target: FeatureSeries,
): Result<Float64Array> {
  return refusal(predicted, target) ?? ok(perFeature(predicted, target, normalised(norm)));
}

type Measure = (predicted: Float64Array, target: Float64Array) => number;

function normalised(norm: ErrorNorm | number): Measure {
  const by = (target: Float64Array): number => (typeof norm === 'number' ? norm : errorNorms[norm](target));
  return (predicted, target) => rmse(predicted, target) / by(target);
}

function perFeature(predicted: FeatureSeries, target: FeatureSeries, measure: Measure): Float64Array {
  const features = target.shape.at(-1) ?? 1;
  const own = ({ values }: FeatureSeries, feature: number): Float64Array =>
    values.filter((_, place) => place % features === feature);
  return Float64Array.from({ length: features }, (_, feature) =>
    measure(own(predicted, feature), own(target, feature)),
  );
}

function refusal(predicted: FeatureSeries, target: FeatureSeries) {
  if (predicted.shape.join() === target.shape.join()) return undefined;
  return failed(
    problem(
      'training/shape',
      `The prediction has shape [${predicted.shape.join(', ')}], the target [${target.shape.join(', ')}]; they must be the same.`,
    ),
  );
}

function larger(left: number, right: number): number {
  return Math.max(left, right);
}

function smaller(left: number, right: number): number {
  return Math.min(left, right);
}
