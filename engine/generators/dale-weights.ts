/** Weights on given edges whose columns have one sign each, scaled to a spectral radius: the last step of every liquid. */
import type { UniformSource } from '../base/random.ts';
import { ok, type Result } from '../base/result.ts';
import { createMatrix, type Matrix } from '../math/matrix.ts';
import { spectralRadius } from '../math/spectral-radius.ts';
import { notNegative, refusedArgument, share } from './arguments.ts';
import { normalDraw } from './draws.ts';
import { scaleToSpectralRadius } from './scale-matrix.ts';

export interface DaleOptions {
  /** Share of the columns that are positive. Default 0.8. */
  readonly excitatoryShare?: number;
  /** Spectral radius of the weights. Default 0.9. */
  readonly spectralRadius?: number;
}

/** Where there are edges: a 1 in a row-major [size, size], no diagonal. */
export type Edges = Uint8Array;

/** Number of positive columns, the first ones. */
export function excitatoryColumns(size: number, excitatoryShare = 0.8): number {
  return Math.trunc(excitatoryShare * size);
}

/** The Problem of options that are not allowed. */
export function refusedDale({ excitatoryShare, spectralRadius: radius }: DaleOptions) {
  return refusedArgument({ 'excitatory share': [excitatoryShare, share], 'spectral radius': [radius, notNegative] });
}

/**
 * Sizes of normal numbers on the edges, positive in the first columns and negative in the others. Edges without a circle
 * have spectral radius 0 and are not scaled.
 */
export function daleWeights(edges: Edges, size: number, options: DaleOptions, uniform: UniformSource): Result<Matrix> {
  const { excitatoryShare, spectralRadius: radius = 0.9 } = options;
  const positive = excitatoryColumns(size, excitatoryShare);
  const draw = normalDraw();
  const values = new Float64Array(size * size);
  edges.forEach((edge, place) => {
    if (edge === 1) values[place] = Math.abs(draw(uniform)) * (place % size < positive ? 1 : -1);
  });
  const matrix = createMatrix(size, size, values);
  if (spectralRadius(matrix) === 0) return ok(matrix);
  return scaleToSpectralRadius(matrix, radius);
}
