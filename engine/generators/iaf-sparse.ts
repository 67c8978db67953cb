/** Sparse normal weights at the scale of membrane potentials (Rockpool's iaf_sparse_net). */
import type { UniformSource } from '../base/random.ts';
import { failed, ok, type Result } from '../base/result.ts';
import { createMatrix, type Matrix } from '../math/matrix.ts';
import { badArgument, finite, notNegative, refusedArgument, share, whole } from './arguments.ts';
import { normalDraw } from './draws.ts';
import { choosePlaces } from './sparse-matrix.ts';

export interface IafSparseOptions {
  /** Default 100. */
  readonly size?: number;
  /** Default −0.0045/density/size: a mean input of −4.5 mV. */
  readonly mean?: number;
  /** Default 0.0055/√density. */
  readonly deviation?: number;
  /** Share of the weights of a row that are not 0. Default 1. */
  readonly density?: number;
}

/** Weights [from, to], in volts, with exactly ⌊density·size⌋ normal entries in every row. */
export function iafSparseNetwork(options: IafSparseOptions, uniform: UniformSource): Result<Matrix> {
  const { size = 100, density = 1 } = options;
  const refusal = refusedArgument({
    size: [size, whole(1)],
    density: [density, share],
    mean: [options.mean, finite],
    deviation: [options.deviation, notNegative],
  });
  if (refusal !== undefined) return failed(refusal);
  const { mean = -0.0045 / density / size, deviation = 0.0055 / Math.sqrt(density) } = options;
  if (!Number.isFinite(mean) || !Number.isFinite(deviation))
    return failed(badArgument('density', density, 'greater than 0 where mean and deviation follow from it'));
  const draw = normalDraw(mean, deviation);
  const matrix = createMatrix(size, size);
  for (let row = 0; row < size; row += 1) {
    for (const column of choosePlaces(size, Math.trunc(density * size), uniform))
      matrix.values[row * size + column] = draw(uniform);
  }
  return ok(matrix);
}
