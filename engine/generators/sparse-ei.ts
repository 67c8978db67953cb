/** Sparse networks of excitatory and inhibitory weights with a given spectral radius (Rockpool's rndm_sparse_ei_net). */
import type { UniformSource } from '../base/random.ts';
import { failed, ok, type Result } from '../base/result.ts';
import { createMatrix, type Matrix } from '../math/matrix.ts';
import { notNegative, refusedArgument, share, whole } from './arguments.ts';
import { shuffle } from './choices.ts';
import { uniformDraw, type Draw } from './draws.ts';
import { scaleToSpectralRadius } from './scale-matrix.ts';

export interface SparseEiOptions {
  readonly size: number;
  /** Share of the entries that are not 0. Default 1. */
  readonly connectivity?: number;
  /** Draws a positive number. Default: uniform between 0 and 1. */
  readonly draw?: Draw;
  /** Whether the cells are excitatory or inhibitory (rows from size·ratio on), rather than single weights. Default false. */
  readonly partitioned?: boolean;
  /** Share of the weights, or cells, that excite. Default 0.5. */
  readonly excitatoryShare?: number;
  /** Factor on inhibitory weights. Default 1. */
  readonly inhibitoryScale?: number;
  /** Spectral radius of the result; null leaves the drawn weights as they are. Default 0.95. */
  readonly spectralRadius?: number | null;
}

const defaults = {
  connectivity: 1,
  draw: uniformDraw(0, 1),
  partitioned: false,
  excitatoryShare: 0.5,
  inhibitoryScale: 1,
  spectralRadius: 0.95,
};

/** Weights [from, to] with exactly ⌊connectivity·size²⌋ entries at places chosen evenly. */
export function sparseEiNetwork(options: SparseEiOptions, uniform: UniformSource): Result<Matrix> {
  const all = { ...defaults, ...options };
  const { size, connectivity, draw, partitioned, excitatoryShare, inhibitoryScale, spectralRadius } = all;
  const refusal = refusedArgument({
    size: [size, whole(1)],
    connectivity: [connectivity, share],
    'excitatory share': [excitatoryShare, share],
    'inhibitory scale': [inhibitoryScale, notNegative],
    'spectral radius': [spectralRadius ?? undefined, notNegative],
  });
  if (refusal !== undefined) return failed(refusal);
  const count = Math.trunc(connectivity * (size * size));
  const values = new Float64Array(size * size);
  for (let place = 0; place < count; place += 1) values[place] = draw(uniform);
  if (!partitioned) negate(values, 0, Math.trunc(count * (1 - excitatoryShare)), inhibitoryScale);
  shuffle(values, uniform);
  if (partitioned) negate(values, Math.trunc(size * excitatoryShare) * size, size * size, inhibitoryScale);
  const matrix = createMatrix(size, size, values);
  return spectralRadius === null ? ok(matrix) : scaleToSpectralRadius(matrix, spectralRadius);
}

function negate(values: Float64Array, from: number, to: number, scale: number): void {
  for (let place = from; place < to; place += 1) values[place] = -scale * (values[place] as number);
}
