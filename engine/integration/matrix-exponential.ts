/** Exponentials of small matrices: what solves a linear system over a step. */
import { defined } from '../base/assert.ts';
import { exp, exprel } from '../math/elementary.ts';

/** A small square matrix, row by row. */
export type SmallMatrix = readonly (readonly number[])[];

/** exp(M·h), and the integral of exp(M·s) over s from 0 to h: what a constant drive is multiplied by. */
export interface LinearStep {
  readonly propagator: SmallMatrix;
  readonly integral: SmallMatrix;
}

/**
 * The solution of X' = M·X + b over a time h. Scaling and squaring with a Taylor series (Moler and Van Loan 2003, method
 * 3) on the matrix that has M and the identity above zeros, so that singular matrices need no inverse.
 */
export function linearStep(matrix: SmallMatrix, h: number): LinearStep {
  const size = matrix.length;
  const [only] = matrix;
  if (size === 1 && only !== undefined) {
    const z = defined(only[0], 'an entry') * h;
    return { propagator: [[exp(z)]], integral: [[h * exprel(z)]] };
  }
  const whole = Array.from({ length: 2 * size }, (_, row) =>
    Array.from({ length: 2 * size }, (__, column) => {
      if (row >= size) return 0;
      return column < size ? (matrix[row]?.[column] ?? 0) * h : Number(column - size === row);
    }),
  );
  const raised = exponential(whole);
  return {
    propagator: matrix.map((_, row) => (raised[row] ?? []).slice(0, size)),
    integral: matrix.map((_, row) => (raised[row] ?? []).slice(size).map((value) => value * h)),
  };
}

/** The series is cut where a term of a matrix of norm ½ is below a quarter of the rounding. */
const terms = 18;

function exponential(matrix: SmallMatrix): SmallMatrix {
  const norm = Math.max(...matrix.map((row) => row.reduce((sum, value) => sum + Math.abs(value), 0)));
  if (!Number.isFinite(norm)) return matrix.map((row) => row.map(() => Number.NaN));
  const halvings = norm > 0.5 ? Math.ceil(Math.log2(norm / 0.5)) : 0;
  const small = matrix.map((row) => row.map((value) => value / 2 ** halvings));
  let sum = identity(matrix.length);
  for (let term = terms; term >= 1; term -= 1) sum = plusIdentity(product(small, sum, 1 / term));
  for (let count = 0; count < halvings; count += 1) sum = product(sum, sum, 1);
  return sum;
}

function identity(size: number): SmallMatrix {
  return plusIdentity(Array.from({ length: size }, () => new Array<number>(size).fill(0)));
}

function plusIdentity(matrix: SmallMatrix): SmallMatrix {
  return matrix.map((values, row) => values.map((value, column) => (row === column ? value + 1 : value)));
}

function product(left: SmallMatrix, right: SmallMatrix, factor: number): SmallMatrix {
  return left.map((row) =>
    row.map((_, column) => {
      let sum = 0;
      row.forEach((value, inner) => (sum += value * (right[inner]?.[column] ?? 0)));
      return sum * factor;
    }),
  );
}
