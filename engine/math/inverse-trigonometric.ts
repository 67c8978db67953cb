/** Inverse trigonometric functions, the same bits on every host: arctan(a/b) = arctan F + arctan((a − Fb)/(b + Fa)) with F = j/32. */
import { arctangents } from './arctangent-table.ts';
import { dividePairs, productError, sumError, type Pair } from './double-double.ts';

const halfPiHigh = 1.5707963267948966;
const halfPiLow = 6.123233995736766e-17;

const quotient: Pair = { high: 0, low: 0 };
const angle: Pair = { high: 0, low: 0 };
const root: Pair = { high: 0, low: 0 };

/** Sets `angle` to arctan((a + aLow)/(b + bLow)), both at least 0 and not both 0, between 0 and π/2. */
function angleOfRatio(a: number, aLow: number, b: number, bLow: number): void {
  if (a <= b) {
    angleBelowDiagonal(a, aLow, b, bLow);
    return;
  }
  angleBelowDiagonal(b, bLow, a, aLow);
  subtractAngleFrom(halfPiHigh, halfPiLow);
}

function angleBelowDiagonal(a: number, aLow: number, b: number, bLow: number): void {
  const nearest = Math.floor((a / b) * 32 + 0.5);
  const slope = nearest / 32;
  const rise = slope * b;
  const numerator = a - rise;
  const numeratorLow = sumError(a, -rise, numerator) - productError(slope, b, rise) + (aLow - slope * bLow);
  const run = slope * a;
  const denominator = b + run;
  const denominatorLow = sumError(b, run, denominator) + productError(slope, a, run) + (bLow + slope * aLow);
  dividePairs(numerator, numeratorLow, denominator, denominatorLow, quotient);
  const u = quotient.high;
  const z = u * u;
  const series = u * z * (-1 / 3 + z * (1 / 5 + z * (-1 / 7 + z * (1 / 9 + z * (-1 / 11)))));
  const base = arctangents[2 * nearest] as number;
  const sum = base + u;
  const low = sumError(base, u, sum) + ((arctangents[2 * nearest + 1] as number) + (quotient.low + series));
  angle.high = sum + low;
  angle.low = sum - angle.high + low;
}

/** Replaces `angle` by high + low − angle. */
function subtractAngleFrom(high: number, low: number): void {
  const difference = high - angle.high;
  const rest = sumError(high, -angle.high, difference) + (low - angle.low);
  angle.high = difference + rest;
  angle.low = difference - angle.high + rest;
}

/** Arc tangent, −π/2 to π/2. */
export function arctan(x: number): number {
  const size = Math.abs(x);
  if (!(size > 1e-8)) return x;
  if (size > 1e18) return x > 0 ? halfPiHigh : -halfPiHigh;
  angleOfRatio(size, 0, 1, 0);
  return x < 0 ? -angle.high : angle.high;
}

/** Sets `root` to √(1 − x²) for 0 ≤ x < 1. */
function cosineOfArcsine(x: number): void {
  const below = 1 - x;
  const belowLow = sumError(1, -x, below);
  const above = 1 + x;
  const aboveLow = sumError(1, x, above);
  const square = below * above;
  const squareLow = productError(below, above, square) + (below * aboveLow + above * belowLow);
  const estimate = Math.sqrt(square);
  const back = estimate * estimate;
  root.high = estimate;
  root.low = (square - back - productError(estimate, estimate, back) + squareLow) / (2 * estimate);
}

/** Arc sine, −π/2 to π/2; NaN outside −1 to 1. */
export function arcsin(x: number): number {
  const size = Math.abs(x);
  if (!(size > 1e-8)) return x;
  if (size >= 1) return size === 1 ? x * halfPiHigh : NaN;
  cosineOfArcsine(size);
  angleOfRatio(size, 0, root.high, root.low);
  return x < 0 ? -angle.high : angle.high;
}

/** Arc cosine, 0 to π; NaN outside −1 to 1. */
export function arccos(x: number): number {
  const size = Math.abs(x);
  if (!(size < 1)) return edgeOfArccosine(x);
  cosineOfArcsine(size);
  angleOfRatio(root.high, root.low, size, 0);
  if (x < 0) subtractAngleFrom(2 * halfPiHigh, 2 * halfPiLow);
  return angle.high;
}

function edgeOfArccosine(x: number): number {
  if (x === 1) return 0;
  return x === -1 ? 2 * halfPiHigh : NaN;
}
