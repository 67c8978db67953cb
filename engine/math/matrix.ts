/** Dense matrices, row-major, and their products. Sums run in index order, so results have the same bits on every host. */
import { assert } from '../base/assert.ts';

/** `values[row * columns + column]`. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

/** A matrix over `values`, or of zeros. */
export function createMatrix(
  rows: number,
  columns: number,
  values: Float64Array = new Float64Array(rows * columns),
): Matrix {
  assert(values.length === rows * columns, `a matrix of ${rows} × ${columns} has not ${values.length} values`);
  return { rows, columns, values };
}

/** The unit matrix. */
export function identityMatrix(size: number): Matrix {
  const matrix = createMatrix(size, size);
  for (let index = 0; index < size; index += 1) matrix.values[index * (size + 1)] = 1;
  return matrix;
}

/** Rows and columns exchanged. */
export function transpose(matrix: Matrix): Matrix {
  const { rows, columns, values } = matrix;
  const turned = createMatrix(columns, rows);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      turned.values[column * rows + row] = values[row * columns + column] as number;
    }
  }
  return turned;
}

/** The product left · right. */
export function multiplyMatrices(left: Matrix, right: Matrix): Matrix {
  assert(
    left.columns === right.rows,
    `cannot multiply ${left.rows} × ${left.columns} by ${right.rows} × ${right.columns}`,
  );
  const product = createMatrix(left.rows, right.columns);
  for (let row = 0; row < left.rows; row += 1) {
    for (let inner = 0; inner < left.columns; inner += 1) {
      const factor = left.values[row * left.columns + inner] as number;
      addScaledRow(product.values, row * right.columns, right.values, inner * right.columns, right.columns, factor);
    }
  }
  return product;
}

/** leftᵀ · right: the sum over rows of outer products. `gram(X, X)` is XᵀX. */
export function gram(left: Matrix, right: Matrix): Matrix {
  assert(left.rows === right.rows, `cannot form XᵀY of ${left.rows} and ${right.rows} rows`);
  const product = createMatrix(left.columns, right.columns);
  for (let row = 0; row < left.rows; row += 1) {
    for (let column = 0; column < left.columns; column += 1) {
      const factor = left.values[row * left.columns + column] as number;
      addScaledRow(product.values, column * right.columns, right.values, row * right.columns, right.columns, factor);
    }
  }
  return product;
}

function addScaledRow(
  target: Float64Array,
  targetStart: number,
  source: Float64Array,
  sourceStart: number,
  length: number,
  factor: number,
): void {
  for (let offset = 0; offset < length; offset += 1) {
    target[targetStart + offset] =
      (target[targetStart + offset] as number) + factor * (source[sourceStart + offset] as number);
  }
}

/** The matrix with `amount` added along its diagonal. */
export function addToDiagonal(matrix: Matrix, amount: number): Matrix {
  const values = matrix.values.slice();
  for (let index = 0; index < Math.min(matrix.rows, matrix.columns); index += 1) {
    values[index * (matrix.columns + 1)] = (values[index * (matrix.columns + 1)] as number) + amount;
  }
  return createMatrix(matrix.rows, matrix.columns, values);
}
