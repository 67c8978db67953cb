/** Upper Hessenberg form of a square matrix with the same eigenvalues: balanced, then reduced by Householder reflections. */

/** Numbers by columns or rows, as the routine says; changed in place. */
type Square = Float64Array;

/**
 * Scales rows and columns by powers of two until they are about equally large (Parlett and Reinsch 1969), which changes
 * no eigenvalue and rounds nothing. Row-major, in place.
 */
export function balance(matrix: Square, size: number): void {
  for (let settled = false; !settled;) {
    settled = true;
    for (let index = 0; index < size; index += 1) {
      const [row, column] = offDiagonalSums(matrix, size, index);
      const factor = balancingFactor(row, column);
      if (factor === 1) continue;
      settled = false;
      for (let other = 0; other < size; other += 1) {
        matrix[index * size + other] = (matrix[index * size + other] as number) / factor;
        matrix[other * size + index] = (matrix[other * size + index] as number) * factor;
      }
    }
  }
}

function offDiagonalSums(matrix: Square, size: number, index: number): readonly [row: number, column: number] {
  let [row, column] = [0, 0];
  for (let other = 0; other < size; other += 1) {
    if (other === index) continue;
    row += Math.abs(matrix[index * size + other] as number);
    column += Math.abs(matrix[other * size + index] as number);
  }
  return [row, column];
}

/** The power of two by which the column grows and the row shrinks; 1 where it would not help enough. */
function balancingFactor(row: number, column: number): number {
  if (row === 0 || column === 0 || row + column === Infinity) return 1;
  let [factor, scaled] = [1, column];
  while (scaled < row / 2 && factor < 2 ** 200) [factor, scaled] = [factor * 2, scaled * 4];
  while (scaled >= row * 2 && factor > 2 ** -200) [factor, scaled] = [factor / 2, scaled / 4];
  return (scaled + row) / factor < 0.95 * (column + row) ? factor : 1;
}

/**
 * Reduces a row-major matrix to upper Hessenberg form in place by Householder reflections. The matrix is walked through once
 * for each column: while one reflection is applied, the products that the next one needs are summed.
 */
export function reduceToHessenberg(matrix: Square, size: number): void {
  const vector = (): Float64Array => new Float64Array(size);
  let now: Reflection = { v: vector(), left: vector(), right: vector(), scale: 0 };
  let next: Reflection = { v: vector(), left: vector(), right: vector(), scale: 0 };
  for (let column = 0; column < size - 2; column += 1) {
    finishColumn(matrix, size, column, now);
    next.scale = makeReflector(matrix, size, column, next.v);
    next.left.fill(0);
    let row = 0;
    for (; row + 1 < column; row += 2) walkTwoTopRows(matrix, size, column, row, now, next);
    for (; row + 1 < size; row += 2) walkTwoRows(matrix, size, column, row, now, next);
    if (row < size) walkRow(matrix, size, column, row, now, next);
    settle(size, column, next);
    [now, next] = [next, now];
  }
  for (let column = Math.max(0, size - 2); column < size; column += 1) finishColumn(matrix, size, column, now);
}

/** I − scale·v·vᵀ on either side: matrix − v·leftᵀ − right·vᵀ. */
interface Reflection {
  /** 0 up to the column that is cleared. */
  readonly v: Float64Array;
  readonly left: Float64Array;
  readonly right: Float64Array;
  /** 2 / |v|²; 0 where nothing is reflected. */
  scale: number;
}

/** Applies a reflection to one column. */
function finishColumn(matrix: Square, size: number, column: number, { v, left, right, scale }: Reflection): void {
  if (scale === 0) return;
  const [ahead, own] = [left[column] as number, v[column] as number];
  for (let row = 0; row < size; row += 1) {
    const place = row * size + column;
    matrix[place] = (matrix[place] as number) - (v[row] as number) * ahead - (right[row] as number) * own;
  }
}

/** The vector that clears a column below the subdiagonal, which is cleared at once; gives the scale, 0 if there is nothing to clear. */
function makeReflector(matrix: Square, size: number, column: number, v: Float64Array): number {
  v.fill(0, 0, column + 1);
  let largest = 0;
  for (let row = column + 2; row < size; row += 1) {
    largest = Math.max(largest, Math.abs(matrix[row * size + column] as number));
  }
  if (largest === 0) {
    v.fill(0);
    return 0;
  }
  largest = Math.max(largest, Math.abs(matrix[(column + 1) * size + column] as number));
  let squares = 0;
  for (let row = column + 1; row < size; row += 1) {
    const entry = (matrix[row * size + column] as number) / largest;
    v[row] = entry;
    squares += entry * entry;
    matrix[row * size + column] = 0;
  }
  const first = v[column + 1] as number;
  const length = first > 0 ? -Math.sqrt(squares) : Math.sqrt(squares);
  v[column + 1] = first - length;
  matrix[(column + 1) * size + column] = length * largest;
  return 1 / (squares - first * length);
}

/** Applies `now` to a row behind a column, and sums what `next` needs: left += v·row, right = row·v. */
function walkRow(matrix: Square, size: number, column: number, row: number, now: Reflection, next: Reflection): void {
  const [a, b, factor] = [now.v[row] as number, now.right[row] as number, next.v[row] as number];
  const start = row * size;
  let sum = 0;
  for (let other = column + 1; other < size; other += 1) {
    const place = start + other;
    const entry = (matrix[place] as number) - a * (now.left[other] as number) - b * (now.v[other] as number);
    matrix[place] = entry;
    sum += entry * (next.v[other] as number);
    next.left[other] = (next.left[other] as number) + factor * entry;
  }
  next.right[row] = sum;
}

/** The same for two rows at a time. */
function walkTwoRows(
  matrix: Square,
  size: number,
  column: number,
  row: number,
  { v, left, right }: Reflection,
  { v: nextV, left: nextLeft, right: nextRight }: Reflection,
): void {
  const [a, b, factor] = [v[row] as number, right[row] as number, nextV[row] as number];
  const [c, d, other] = [v[row + 1] as number, right[row + 1] as number, nextV[row + 1] as number];
  let [sum, second] = [0, 0];
  let place = row * size + column + 1;
  for (let index = column + 1; index < size; index += 1, place += 1) {
    const ahead = left[index] as number;
    const own = v[index] as number;
    const coming = nextV[index] as number;
    const entry = (matrix[place] as number) - a * ahead - b * own;
    const below = (matrix[place + size] as number) - c * ahead - d * own;
    matrix[place] = entry;
    matrix[place + size] = below;
    sum += entry * coming;
    second += below * coming;
    nextLeft[index] = (nextLeft[index] as number) + factor * entry + other * below;
  }
  nextRight[row] = sum;
  nextRight[row + 1] = second;
}

/** The same for two rows that `now` and `next` reflect from the right alone. */
function walkTwoTopRows(
  matrix: Square,
  size: number,
  column: number,
  row: number,
  { v, right }: Reflection,
  { v: nextV, right: nextRight }: Reflection,
): void {
  const b = right[row] as number;
  const d = right[row + 1] as number;
  let [sum, second] = [0, 0];
  let place = row * size + column + 1;
  for (let index = column + 1; index < size; index += 1, place += 1) {
    const own = v[index] as number;
    const coming = nextV[index] as number;
    const entry = (matrix[place] as number) - b * own;
    const below = (matrix[place + size] as number) - d * own;
    matrix[place] = entry;
    matrix[place + size] = below;
    sum += entry * coming;
    second += below * coming;
  }
  nextRight[row] = sum;
  nextRight[row + 1] = second;
}

/** Makes the products the vectors of the update. */
function settle(size: number, column: number, { v, left, right, scale }: Reflection): void {
  let product = 0;
  for (let row = column + 1; row < size; row += 1) product += (v[row] as number) * (right[row] as number);
  for (let index = 0; index < size; index += 1) {
    left[index] = (left[index] as number) * scale;
    right[index] = ((right[index] as number) - scale * product * (v[index] as number)) * scale;
  }
}
