/** Uniform weights whose range is chosen for a spectral radius, without computing one (reservoirpy's fast_spectral_initialization). */
import type { UniformSource } from '../base/random.ts';
import { failed, type Result } from '../base/result.ts';
import type { Matrix } from '../math/matrix.ts';
import { notNegative, refusedArgument, share, whole } from './arguments.ts';
import { uniformDraw } from './draws.ts';
import { sparseMatrix } from './sparse-matrix.ts';

/**
 * A sparse matrix [size, size], uniform within ±6·radius/√(12·connectivity·size): its radius comes near the one asked for,
 * but is not exact; without one, within ±1. After Gallicchio, Micheli and Pedrelli, "Fast spectral radius initialization for recurrent neural networks" (2020).
 */
export function fastSpectralMatrix(
  size: number,
  connectivity: number,
  radius: number | undefined,
  uniform: UniformSource,
): Result<Matrix> {
  const refusal = refusedArgument({
    size: [size, whole(1)],
    connectivity: [connectivity, share],
    'spectral radius': [radius, notNegative],
  });
  if (refusal !== undefined) return failed(refusal);
  const half = fastSpectralRange(size, connectivity, radius);
  return sparseMatrix(size, size, connectivity, uniformDraw(-half, half), uniform);
}

/** Half the range of its weights. */
export function fastSpectralRange(size: number, connectivity: number, radius: number | undefined): number {
  return connectivity === 0 || radius === undefined ? 1 : (6 * radius) / Math.sqrt(12 * connectivity * size);
}
