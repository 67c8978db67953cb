/** Takes the modes out of a network in which all cells rise and fall together (Rockpool's wipe_non_switiching_eigs). */
import { failed, ok, type Result } from '../base/result.ts';
import { eigenvalues, eigenvectorsOf } from '../math/eigenvalues.ts';
import { createMatrix, type Matrix } from '../math/matrix.ts';
import { badArgument, positive, refusedArgument, whole } from './arguments.ts';

export interface WipeOptions {
  /** Rows of inhibitory cells. */
  readonly inhibitory?: readonly number[];
  /** Time constant of these over that of the others. Default 1. */
  readonly timeFactor?: number;
  /** Leaves the first eigenvalue as it is, as the released function does. Default false. */
  readonly keepFirst?: boolean;
}

/**
 * J = W − I, rows of inhibitory cells divided by `timeFactor`; every real eigenvalue of J whose eigenvector has one sign
 * throughout (a mode that switches nothing) becomes 0; then back to weights, times 30·timeFactor, the gain of the original.
 */
export function wipeUnswitchingModes(weights: Matrix, options: WipeOptions = {}): Result<Matrix> {
  const refusal = refuse(weights, options);
  if (refusal !== undefined) return failed(refusal);
  const { inhibitory = [], timeFactor = 1, keepFirst = false } = options;
  const size = weights.columns;
  const slower = new Set(inhibitory);
  const factorOf = (place: number): number => (slower.has(Math.floor(place / size)) ? timeFactor : 1);
  const onDiagonal = (place: number): number => (place % (size + 1) === 0 ? 1 : 0);
  const jacobian = createMatrix(
    size,
    size,
    weights.values.map((value, place) => (value - onDiagonal(place)) / factorOf(place)),
  );
  const wiped = withoutModes(jacobian, keepFirst);
  const gain = timeFactor * 30;
  return ok(
    createMatrix(
      size,
      size,
      wiped.map((value, place) => (value * factorOf(place) + onDiagonal(place)) * gain),
    ),
  );
}

/** The entries after every mode of one sign is taken out. */
function withoutModes(jacobian: Matrix, keepFirst: boolean): Float64Array {
  const wiped = jacobian.values.slice();
  for (const [index, { real, imaginary }] of eigenvalues(jacobian).entries()) {
    if (imaginary === 0 && real !== 0 && !(keepFirst && index === 0)) wipe(jacobian, real, wiped);
  }
  return wiped;
}

function refuse({ rows, columns, values }: Matrix, { inhibitory = [], timeFactor }: WipeOptions) {
  if (rows !== columns) return badArgument('weights', `${rows} × ${columns}`, 'as high as they are wide');
  if (!values.every(Number.isFinite)) return badArgument('weights', 'not finite', 'finite numbers everywhere');
  const row = whole(0, Math.max(0, columns - 1));
  const outside = inhibitory.find((index) => !row.holds(index));
  return refusedArgument({ 'time factor': [timeFactor, positive], inhibitory: [outside, row] });
}

/** Subtracts λ·right·leftᵀ/(leftᵀ·right) where the right vector has one sign throughout. */
function wipe(jacobian: Matrix, eigenvalue: number, into: Float64Array): void {
  const { right, left } = eigenvectorsOf(jacobian, eigenvalue);
  if (!right.every((value) => value > 0) && !right.every((value) => value < 0)) return;
  const size = jacobian.columns;
  const overlap = right.reduce((sum, value, index) => sum + value * (left[index] as number), 0);
  into.forEach((value, place) => {
    const [to, from] = [right[Math.floor(place / size)] as number, left[place % size] as number];
    into[place] = value - (eigenvalue * to * from) / overlap;
  });
}
