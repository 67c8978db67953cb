/** The largest absolute value of the eigenvalues of a square matrix. */
import { EigenvalueDecomposition, Matrix as LibraryMatrix } from 'ml-matrix';
import { assert } from '../base/assert.ts';
import type { Matrix } from './matrix.ts';

/**
 * max |λ|, complex pairs included (Hessenberg form and QR steps; power iteration would not settle on a complex pair).
 * Takes about a second for 400 rows. NaN if an entry is not finite; 0 for an empty matrix.
 */
export function spectralRadius(matrix: Matrix): number {
  assert(matrix.rows === matrix.columns, 'only a square matrix has a spectral radius');
  if (matrix.rows === 0) return 0;
  if (!matrix.values.every(Number.isFinite)) return NaN;
  const copy = LibraryMatrix.from1DArray(matrix.rows, matrix.columns, Array.from(matrix.values));
  const { realEigenvalues, imaginaryEigenvalues } = new EigenvalueDecomposition(copy);
  let largest = 0;
  for (let index = 0; index < matrix.rows; index += 1) {
    const real = realEigenvalues[index] as number;
    const imaginary = imaginaryEigenvalues[index] as number;
    largest = Math.max(largest, Math.sqrt(real * real + imaginary * imaginary));
  }
  return largest;
}
