/** A spline through evenly spaced rows as polynomials that a step can evaluate: four coefficients per piece and channel. */
import {
  add,
  call,
  f64,
  greater,
  i32,
  load,
  maximum,
  minimum,
  multiply,
  select,
  subtract,
  toI32,
} from '../../build/ir/expressions.ts';
import type { Expression, SignalId } from '../../build/ir/types.ts';
import { splineThrough, writeSplineRow } from '../../timeseries/spline.ts';

/** The pieces in memory: `pieces[(piece * channels + channel) * 4 + power]`, over 0 … 1 from end to end of a piece. */
export interface SplinePieces {
  readonly signal: SignalId;
  readonly count: number;
  readonly channels: number;
  readonly perRow: number;
}

/** Pieces from one row to the next: those of a quadratic spline meet halfway between rows. */
export function piecesPerRow(degree: 2 | 3): number {
  return degree === 2 ? 2 : 1;
}

/** The coefficients of all pieces; `closed` lets the first row follow the last. */
export function splinePieces(
  values: Float64Array,
  rows: number,
  channels: number,
  degree: 2 | 3,
  closed: boolean,
): Float64Array {
  const points = closed ? rows + 1 : rows;
  const samples = new Float64Array(points * channels);
  samples.set(values);
  if (closed) samples.set(values.subarray(0, channels), rows * channels);
  const spline = splineThrough(
    Float64Array.from({ length: points }, (_, row) => row),
    samples,
    channels,
    degree,
  );
  const perRow = piecesPerRow(degree);
  const count = (points - 1) * perRow;
  const pieces = new Float64Array(count * channels * 4);
  const read = [0, 1, 2, 3].map(() => new Float64Array(channels));
  for (let piece = 0; piece < count; piece += 1) {
    read.forEach((row, third) => writeSplineRow(spline, (piece + third / 3) / perRow, row, 0));
    for (let channel = 0; channel < channels; channel += 1)
      pieces.set(cubicThrough(read.map((row) => row[channel] as number)), (piece * channels + channel) * 4);
  }
  return pieces;
}

/** Coefficients of the cubic with given values at 0, 1/3, 2/3 and 1. */
export function cubicThrough(values: readonly number[]): number[] {
  const [first, second, third, fourth] = values as [number, number, number, number];
  return [
    first,
    (-11 * first + 18 * second - 9 * third + 2 * fourth) / 2,
    (9 * (2 * first - 5 * second + 4 * third - fourth)) / 2,
    (9 * (-first + 3 * second - 3 * third + fourth)) / 2,
  ];
}

/** The spline at a place counted in rows; `slightlyLater` keeps a step that falls on a row from the piece before it. */
export function pieceValue(
  { signal, count, channels, perRow }: SplinePieces,
  cell: Expression,
  place: Expression,
  slightlyLater: Expression,
): Expression {
  const last = f64(count - 1);
  const piece = call('floor', minimum(multiply(slightlyLater, f64(perRow)), last));
  const passed = subtract(multiply(place, f64(perRow)), piece);
  // So little before the end of a round that its beginning has been taken already: it is the beginning.
  const within = select(greater(passed, f64(1.5)), f64(0), maximum(minimum(passed, f64(1)), f64(0)));
  const first = multiply(add(multiply(toI32(piece), i32(channels)), cell), i32(4));
  const coefficient = (power: number): Expression => load(signal, power === 0 ? first : add(first, i32(power)));
  const inner = add(coefficient(2), multiply(within, coefficient(3)));
  return add(coefficient(0), multiply(within, add(coefficient(1), multiply(within, inner))));
}
