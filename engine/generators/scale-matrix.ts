/** Scaling drawn weight matrices: spectral radius, input scaling, sign of columns. */
import { problem } from '../base/problem.ts';
import { failed, ok, type Result } from '../base/result.ts';
import { createMatrix, type Matrix } from '../math/matrix.ts';
import { spectralRadius } from '../math/spectral-radius.ts';
import { badArgument, notNegative, refusedArgument } from './arguments.ts';

/** The square matrix times radius/max|λ|; a problem when all its eigenvalues are 0 (too few entries). */
export function scaleToSpectralRadius(matrix: Matrix, radius: number): Result<Matrix> {
  const refusal = refusedArgument({ 'spectral radius': [radius, notNegative] });
  if (refusal !== undefined) return failed(refusal);
  if (matrix.rows !== matrix.columns)
    return failed(
      badArgument('shape', `${matrix.rows} × ${matrix.columns}`, 'square, where a spectral radius is given'),
    );
  if (matrix.rows === 0 || radius === 0) return ok(scaleMatrix(matrix, radius === 0 ? 0 : 1));
  const found = spectralRadius(matrix);
  if (!(found > 1e-12)) {
    return failed(
      problem('generator/invalid', 'The drawn matrix has spectral radius 0, so it cannot be scaled to another one.', {
        hint: 'Raise the connectivity, or choose another seed.',
      }),
    );
  }
  return ok(scaleMatrix(matrix, radius / found));
}

/** Every entry times `factor`. */
export function scaleMatrix(matrix: Matrix, factor: number): Matrix {
  return createMatrix(
    matrix.rows,
    matrix.columns,
    matrix.values.map((value) => value * factor),
  );
}

/** Every column times its own factor (input scaling per channel of a [units, inputs] matrix). */
export function scaleColumns(matrix: Matrix, factors: ArrayLike<number>): Matrix {
  const values = matrix.values.map((value, index) => value * (factors[index % matrix.columns] as number));
  return createMatrix(matrix.rows, matrix.columns, values);
}

/** The first `count` columns negated: in a [to, from] matrix of positive weights, the first `count` cells become inhibitory. */
export function negateColumns(matrix: Matrix, count: number): Matrix {
  const values = matrix.values.map((value, index) => (index % matrix.columns < count ? -value : value));
  return createMatrix(matrix.rows, matrix.columns, values);
}
