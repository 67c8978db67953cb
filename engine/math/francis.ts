/** Eigenvalues of an upper Hessenberg matrix by QR steps with two implicit shifts (Francis 1961). */
import { assert } from '../base/assert.ts';

/** Reflections that are applied together to the rows above them. */
const batch = 48;

/** Steps for one eigenvalue after which the shifts are made up, only rounding is left of multiple ones, and there is a bug. */
const [unusual, stalled, hopeless] = [10, 30, 300];

/** max |λ| of a row-major upper Hessenberg matrix, which is destroyed. */
export function largestOfHessenberg(matrix: Float64Array, size: number): number {
  let largest = 0;
  settle(matrix, size, (h, first, last) => {
    largest = Math.max(largest, first === last ? Math.abs(entry(h, last, last)) : largestOfTwo(h, first));
  });
  return largest;
}

/** An eigenvalue; complex ones come in pairs, the one with the positive imaginary part first. */
export interface Eigenvalue {
  readonly real: number;
  readonly imaginary: number;
}

/** All eigenvalues in the order in which they stand along the diagonal at the end. The matrix is destroyed. */
export function eigenvaluesOfHessenberg(matrix: Float64Array, size: number): readonly Eigenvalue[] {
  const found: Eigenvalue[] = [];
  settle(matrix, size, (h, first, last) => {
    if (first === last) found[last] = { real: entry(h, last, last), imaginary: 0 };
    else [found[first], found[last]] = eigenvaluesOfTwo(h, first);
  });
  return found;
}

/** Takes QR steps until the matrix falls into blocks of one and two rows, which are told from the last to the first. */
function settle(matrix: Float64Array, size: number, visit: (h: Hessenberg, first: number, last: number) => void): void {
  const h: Hessenberg = { matrix, size, reflections: new Float64Array(3 * batch) };
  // What every step rounds: entries below a multiple eigenvalue may stay that large for ever.
  const rounding = Number.EPSILON * Math.sqrt(matrix.reduce((sum, value) => sum + value * value, 0));
  let [last, steps] = [size - 1, 0];
  while (last >= 0) {
    const first = deflate(h, last, steps < stalled ? 0 : rounding);
    if (first >= last - 1) {
      visit(h, first, last);
      [last, steps] = [first - 1, 0];
      continue;
    }
    steps += 1;
    assert(steps < hopeless, 'QR steps do not settle');
    sweep(h, first, last, steps % unusual === 0 ? madeUpShifts(h, last) : shiftsOf(h, last));
  }
}

interface Hessenberg {
  readonly matrix: Float64Array;
  readonly size: number;
  /** Of a batch, three numbers each: x, q, r of I − x·(1, q, r)ᵀ·(1, q, r). */
  readonly reflections: Float64Array;
}

function entry({ matrix, size }: Hessenberg, row: number, column: number): number {
  return matrix[row * size + column] as number;
}

/** First row of the block that ends with `last`: beside it a subdiagonal entry is zero, or as good as that. */
function deflate(h: Hessenberg, last: number, rounding: number): number {
  for (let row = last; row > 0; row -= 1) {
    const below = Math.abs(entry(h, row, row - 1));
    const [left, right] = [Math.abs(entry(h, row - 1, row - 1)), Math.abs(entry(h, row, row))];
    if (below <= Math.max(Number.EPSILON * (left + right), rounding) || below < 1e-290) {
      h.matrix[row * h.size + row - 1] = 0;
      return row;
    }
  }
  return 0;
}

/** max |λ| of the two rows from `first` on. */
function largestOfTwo(h: Hessenberg, first: number): number {
  const [a, b] = [entry(h, first, first), entry(h, first, first + 1)];
  const [c, d] = [entry(h, first + 1, first), entry(h, first + 1, first + 1)];
  const half = (a - d) / 2;
  const discriminant = half * half + b * c;
  if (discriminant < 0) return Math.hypot((a + d) / 2, Math.sqrt(-discriminant));
  return Math.abs((a + d) / 2) + Math.sqrt(discriminant);
}

/** Both eigenvalues of the two rows from `first` on: the larger real one first, as LAPACK orders them. */
function eigenvaluesOfTwo(h: Hessenberg, first: number): [Eigenvalue, Eigenvalue] {
  const [a, b] = [entry(h, first, first), entry(h, first, first + 1)];
  const [c, d] = [entry(h, first + 1, first), entry(h, first + 1, first + 1)];
  const half = (a - d) / 2;
  const discriminant = half * half + b * c;
  if (discriminant < 0) {
    const [real, imaginary] = [(a + d) / 2, Math.sqrt(-discriminant)];
    return [
      { real, imaginary },
      { real, imaginary: -imaginary },
    ];
  }
  // The eigenvalue nearer to d loses no digits by this form.
  const far = half < 0 ? half - Math.sqrt(discriminant) : half + Math.sqrt(discriminant);
  const near = far === 0 ? d : d - (b * c) / far;
  return [
    { real: d + far, imaginary: 0 },
    { real: near, imaginary: 0 },
  ];
}

/** Sum and product of the shifts. */
interface Shifts {
  readonly sum: number;
  readonly product: number;
}

/** The eigenvalues of the last two rows. */
function shiftsOf(h: Hessenberg, last: number): Shifts {
  const [a, d] = [entry(h, last - 1, last - 1), entry(h, last, last)];
  return { sum: a + d, product: a * d - entry(h, last, last - 1) * entry(h, last - 1, last) };
}

/** Shifts that break a cycle, as LAPACK chooses them. */
function madeUpShifts(h: Hessenberg, last: number): Shifts {
  const size = Math.abs(entry(h, last, last - 1)) + Math.abs(entry(h, last - 1, last - 2));
  const middle = entry(h, last, last) + 0.75 * size;
  return { sum: 2 * middle, product: middle * middle + 0.4375 * size * size };
}

/** One QR step with both shifts on the rows `first` … `last`: a bulge is chased down. */
function sweep(h: Hessenberg, first: number, last: number, shifts: Shifts): void {
  const { matrix, size } = h;
  const top = bulgeTop(h, first, last, shifts);
  let { x, y, z } = top;
  let [start, held] = [top.row, 0];
  for (let row = top.row; row < last; row += 1) {
    if (row > top.row) {
      x = entry(h, row, row - 1);
      y = entry(h, row + 1, row - 1);
      z = row + 2 > last ? 0 : entry(h, row + 2, row - 1);
    }
    const length = reflect(h, held, x, y, z);
    if (row > top.row) {
      matrix[row * size + row - 1] = length;
      matrix[(row + 1) * size + row - 1] = 0;
      if (row + 2 <= last) matrix[(row + 2) * size + row - 1] = 0;
    } else if (row > first) matrix[row * size + row - 1] = entry(h, row, row - 1) * (1 - (h.reflections[0] as number));
    if (row + 1 < last) {
      reflectRows(h, held, row, last);
      reflectAbove(h, { from: start, to: Math.min(row + 3, last) + 1, column: row, first: held, end: held + 1 });
      held += 1;
      if (held < batch && row + 2 < last) continue;
      reflectAbove(h, { from: first, to: start, column: start, first: 0, end: held });
      [start, held] = [row + 1, 0];
    } else reflectLastTwo(h, row, first);
  }
}

interface Bulge {
  readonly row: number;
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** Where the bulge begins, and its column there: as low as two small subdiagonal entries allow. */
function bulgeTop(h: Hessenberg, first: number, last: number, { sum, product }: Shifts): Bulge {
  for (let row = last - 2; ; row -= 1) {
    const [own, next, below] = [entry(h, row, row), entry(h, row + 1, row + 1), entry(h, row + 1, row)];
    const x = (own * (own - sum) + product) / below + entry(h, row, row + 1);
    const [y, z] = [own + next - sum, entry(h, row + 2, row + 1)];
    const scale = Math.abs(x) + Math.abs(y) + Math.abs(z);
    const bulge = { row, x: x / scale, y: y / scale, z: z / scale };
    if (row === first || scale === 0) return scale === 0 ? { row, x: 1, y: 0, z: 0 } : bulge;
    const around = Math.abs(entry(h, row - 1, row - 1)) + Math.abs(own) + Math.abs(next);
    const left = Math.abs(entry(h, row, row - 1)) * (Math.abs(bulge.y) + Math.abs(bulge.z));
    if (left <= Number.EPSILON * Math.abs(bulge.x) * around) return bulge;
  }
}

/** Keeps the reflection that makes (x, y, z) a multiple of (1, 0, 0), and gives the multiple. */
function reflect({ reflections }: Hessenberg, held: number, x: number, y: number, z: number): number {
  const scale = Math.abs(x) + Math.abs(y) + Math.abs(z);
  const place = 3 * held;
  if (scale === 0) {
    reflections.fill(0, place, place + 3);
    return 0;
  }
  const [a, b, c] = [x / scale, y / scale, z / scale];
  const length = a < 0 ? -Math.sqrt(a * a + b * b + c * c) : Math.sqrt(a * a + b * b + c * c);
  reflections[place] = (a + length) / length;
  reflections[place + 1] = b / (a + length);
  reflections[place + 2] = c / (a + length);
  return -length * scale;
}

/** Reflects three rows, from the column of the first of them on. */
function reflectRows({ matrix, size, reflections }: Hessenberg, held: number, row: number, last: number): void {
  const x = reflections[3 * held] as number;
  const [q, r] = [reflections[3 * held + 1] as number, reflections[3 * held + 2] as number];
  const [y, z] = [x * q, x * r];
  const end = row * size + last;
  for (let place = row * size + row; place <= end; place += 1) {
    const one = matrix[place] as number;
    const two = matrix[place + size] as number;
    const three = matrix[place + 2 * size] as number;
    const sum = one + q * two + r * three;
    matrix[place] = one - sum * x;
    matrix[place + size] = two - sum * y;
    matrix[place + 2 * size] = three - sum * z;
  }
}

/** Reflections `first` … `end` of the batch, the first of which begins at `column`, for the rows `from` … `to`. */
interface Above {
  readonly from: number;
  readonly to: number;
  readonly column: number;
  readonly first: number;
  readonly end: number;
}

/** Reflects columns row by row: the numbers of a row stay at hand from reflection to reflection. */
function reflectAbove(h: Hessenberg, { from, to, column, first, end }: Above): void {
  let row = from;
  for (; row + 2 < to; row += 3) reflectThree(h, row * h.size + column, 3 * first, 3 * end);
  for (; row < to; row += 1) reflectOne(h, row * h.size + column, 3 * first, 3 * end);
}

/** Reflects one row from a place on. */
function reflectOne({ matrix, reflections }: Hessenberg, begin: number, first: number, end: number): void {
  let place = begin;
  let one = matrix[place] as number;
  let two = matrix[place + 1] as number;
  for (let held = first; held < end; held += 3, place += 1) {
    const q = reflections[held + 1] as number;
    const r = reflections[held + 2] as number;
    const three = matrix[place + 2] as number;
    const sum = (reflections[held] as number) * (one + q * two + r * three);
    matrix[place] = one - sum;
    one = two - sum * q;
    two = three - sum * r;
  }
  matrix[place] = one;
  matrix[place + 1] = two;
}

/** The same for three rows below one another, whose sums do not wait for each other. */
function reflectThree({ matrix, size, reflections }: Hessenberg, begin: number, first: number, end: number): void {
  let place = begin;
  let a = matrix[place] as number;
  let b = matrix[place + 1] as number;
  let c = matrix[place + size] as number;
  let d = matrix[place + size + 1] as number;
  let e = matrix[place + 2 * size] as number;
  let f = matrix[place + 2 * size + 1] as number;
  for (let held = first; held < end; held += 3, place += 1) {
    const x = reflections[held] as number;
    const q = reflections[held + 1] as number;
    const r = reflections[held + 2] as number;
    const three = matrix[place + 2] as number;
    const six = matrix[place + size + 2] as number;
    const nine = matrix[place + 2 * size + 2] as number;
    const sum = x * (a + q * b + r * three);
    const second = x * (c + q * d + r * six);
    const third = x * (e + q * f + r * nine);
    matrix[place] = a - sum;
    matrix[place + size] = c - second;
    matrix[place + 2 * size] = e - third;
    a = b - sum * q;
    c = d - second * q;
    e = f - third * q;
    b = three - sum * r;
    d = six - second * r;
    f = nine - third * r;
  }
  matrix[place] = a;
  matrix[place + 1] = b;
  matrix[place + size] = c;
  matrix[place + size + 1] = d;
  matrix[place + 2 * size] = e;
  matrix[place + 2 * size + 1] = f;
}

/** Reflects the last two rows and columns of a block that begins with `first`; the reflection is the only one held. */
function reflectLastTwo({ matrix, size, reflections }: Hessenberg, row: number, first: number): void {
  const [x, q] = [reflections[0] as number, reflections[1] as number];
  for (let place = row * size + row; place <= row * size + row + 1; place += 1) {
    const [one, two] = [matrix[place] as number, matrix[place + size] as number];
    const sum = x * (one + q * two);
    matrix[place] = one - sum;
    matrix[place + size] = two - sum * q;
  }
  for (let place = first * size + row; place <= (row + 1) * size + row; place += size) {
    const [one, two] = [matrix[place] as number, matrix[place + 1] as number];
    const sum = x * (one + q * two);
    matrix[place] = one - sum;
    matrix[place + 1] = two - sum * q;
  }
}
