/** All eigenvalues of a square matrix, and the vectors of a real one. */
import { assert } from '../base/assert.ts';
import { eigenvaluesOfHessenberg, type Eigenvalue } from './francis.ts';
import { balance, reduceToHessenberg } from './hessenberg.ts';
import { solveLu } from './lu.ts';
import { addToDiagonal, createMatrix, transpose, type Matrix } from './matrix.ts';

/** The eigenvalues, complex pairs included, in the order of the diagonal of the matrix's triangular form. Entries must be finite. */
export function eigenvalues(matrix: Matrix): readonly Eigenvalue[] {
  assert(matrix.rows === matrix.columns, 'only a square matrix has eigenvalues');
  const values = matrix.values.slice();
  balance(values, matrix.rows);
  reduceToHessenberg(values, matrix.rows);
  return eigenvaluesOfHessenberg(values, matrix.rows);
}

/** Vectors of a real eigenvalue λ, of length 1: matrix · right = λ · right, left · matrix = λ · left. */
export interface EigenvectorPair {
  readonly right: Float64Array;
  readonly left: Float64Array;
}

/** The vectors of a real eigenvalue by inverse iteration, from a start that is not orthogonal to any likely one. */
export function eigenvectorsOf(matrix: Matrix, eigenvalue: number): EigenvectorPair {
  return { right: inverseIteration(matrix, eigenvalue), left: inverseIteration(transpose(matrix), eigenvalue) };
}

function inverseIteration(matrix: Matrix, eigenvalue: number): Float64Array {
  const size = matrix.rows;
  const largest = matrix.values.reduce((found, value) => Math.max(found, Math.abs(value)), 0);
  // Off the eigenvalue by a few units of rounding, or elimination would find the matrix singular.
  const offset = 8 * Number.EPSILON * (largest + Math.abs(eigenvalue)) || Number.EPSILON;
  let vector = createMatrix(
    size,
    1,
    Float64Array.from({ length: size }, (_, row) => 1 + (row % 7) / 11),
  );
  for (let turn = 0; turn < 4; turn += 1) {
    const next = solveLu(addToDiagonal(matrix, -(eigenvalue + offset)), vector);
    if (next === undefined) break;
    const length = Math.sqrt(next.values.reduce((sum, value) => sum + value * value, 0));
    vector = createMatrix(
      size,
      1,
      next.values.map((value) => value / length),
    );
  }
  return vector.values;
}
