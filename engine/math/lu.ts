/** Solving A·X = B by elimination with partial pivoting. Source: Golub and Van Loan, Matrix Computations, §3.4. */
import { assert } from '../base/assert.ts';
import { divideRow, subtractRow } from './cholesky.ts';
import { createMatrix, type Matrix } from './matrix.ts';

/** X with A·X = B; undefined when a pivot vanishes (A is singular) or is not finite. */
export function solveLu(matrix: Matrix, right: Matrix): Matrix | undefined {
  const size = matrix.rows;
  assert(
    size === matrix.columns && size === right.rows,
    'elimination needs a square matrix and as many right-hand rows',
  );
  const left = matrix.values.slice();
  const solution = right.values.slice();
  for (let column = 0; column < size; column += 1) {
    const pivot = rowOfPivot(left, size, column);
    const value = left[pivot * size + column] as number;
    if (!(Math.abs(value) > 0) || !(Math.abs(value) < Infinity)) return undefined;
    swapRows(left, size, pivot, column);
    swapRows(solution, right.columns, pivot, column);
    for (let row = column + 1; row < size; row += 1) {
      const factor = (left[row * size + column] as number) / value;
      if (factor === 0) continue;
      subtractRow(left, row, column, size, factor);
      subtractRow(solution, row, column, right.columns, factor);
    }
  }
  for (let row = size - 1; row >= 0; row -= 1) {
    for (let inner = row + 1; inner < size; inner += 1) {
      subtractRow(solution, row, inner, right.columns, left[row * size + inner] as number);
    }
    divideRow(solution, row, right.columns, left[row * size + row] as number);
  }
  return createMatrix(size, right.columns, solution);
}

function rowOfPivot(values: Float64Array, size: number, column: number): number {
  let best = column;
  for (let row = column + 1; row < size; row += 1) {
    if (Math.abs(values[row * size + column] as number) > Math.abs(values[best * size + column] as number)) best = row;
  }
  return best;
}

function swapRows(values: Float64Array, columns: number, first: number, second: number): void {
  if (first === second) return;
  for (let column = 0; column < columns; column += 1) {
    const kept = values[first * columns + column] as number;
    values[first * columns + column] = values[second * columns + column] as number;
    values[second * columns + column] = kept;
  }
}
