/** Solving A·X = B for a symmetric positive definite A, by A = L·Lᵀ. Source: Golub and Van Loan, Matrix Computations, §4.2. */
import { assert } from '../base/assert.ts';
import { createMatrix, type Matrix } from './matrix.ts';

/** X with A·X = B; undefined when A is not positive definite to working precision. Only the lower half of A is read. */
export function solveCholesky(matrix: Matrix, right: Matrix): Matrix | undefined {
  assert(
    matrix.rows === matrix.columns && matrix.rows === right.rows,
    'Cholesky needs a square matrix and as many right-hand rows',
  );
  const factor = factorise(matrix);
  if (factor === undefined) return undefined;
  const solution = right.values.slice();
  substituteForward(factor, matrix.rows, solution, right.columns);
  substituteBackward(factor, matrix.rows, solution, right.columns);
  return createMatrix(right.rows, right.columns, solution);
}

/** The lower triangle L, row-major in a square array. */
function factorise(matrix: Matrix): Float64Array | undefined {
  const size = matrix.rows;
  const lower = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column <= row; column += 1) {
      let sum = matrix.values[row * size + column] as number;
      for (let inner = 0; inner < column; inner += 1) {
        sum -= (lower[row * size + inner] as number) * (lower[column * size + inner] as number);
      }
      if (row === column && !(sum > (matrix.values[row * size + row] as number) * 1e-15)) return undefined;
      lower[row * size + column] = row === column ? Math.sqrt(sum) : sum / (lower[column * size + column] as number);
    }
  }
  return lower;
}

function substituteForward(lower: Float64Array, size: number, values: Float64Array, columns: number): void {
  for (let row = 0; row < size; row += 1) {
    for (let inner = 0; inner < row; inner += 1) {
      subtractRow(values, row, inner, columns, lower[row * size + inner] as number);
    }
    divideRow(values, row, columns, lower[row * size + row] as number);
  }
}

function substituteBackward(lower: Float64Array, size: number, values: Float64Array, columns: number): void {
  for (let row = size - 1; row >= 0; row -= 1) {
    for (let inner = row + 1; inner < size; inner += 1) {
      subtractRow(values, row, inner, columns, lower[inner * size + row] as number);
    }
    divideRow(values, row, columns, lower[row * size + row] as number);
  }
}

/** Takes `factor` times row `from` away from row `row`. */
export function subtractRow(values: Float64Array, row: number, from: number, columns: number, factor: number): void {
  for (let column = 0; column < columns; column += 1) {
    const place = row * columns + column;
    values[place] = (values[place] as number) - factor * (values[from * columns + column] as number);
  }
}

/** Divides row `row` by `divisor`. */
export function divideRow(values: Float64Array, row: number, columns: number, divisor: number): void {
  for (let column = 0; column < columns; column += 1) {
    values[row * columns + column] = (values[row * columns + column] as number) / divisor;
  }
}
