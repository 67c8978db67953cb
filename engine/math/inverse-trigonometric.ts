/** Inverse trigonometric functions: arctan(a/b) = arctan F + arctan((a − F·b)/(b + F·a)) with F = j/32 next to a/b. */
import { polynomial, wholeShift, type Lanes, type Pair } from './lanes/lanes.ts';
import { dividePairs, productError, quickPair, quickSumError, sumError } from './lanes/pairs.ts';
import { arctangents } from './tables/arctangents.ts';

const halfPi: readonly [number, number] = [1.5707963267948966, 6.123233995736766e-17];
const fullPi: readonly [number, number] = [2 * halfPi[0], 2 * halfPi[1]];

/** arctan of the quotient of two pairs, both at least 0 and not both 0: between 0 and π/2. */
function angleOfRatio<V, M, I>(l: Lanes<V, M, I>, over: Pair<V>, under: Pair<V>): Pair<V> {
  const below = l.lessEqual(over[0], under[0]);
  const a: Pair<V> = [l.select(below, over[0], under[0]), l.select(below, over[1], under[1])];
  const b: Pair<V> = [l.select(below, under[0], over[0]), l.select(below, under[1], over[1])];
  const angle = angleBelowDiagonal(l, a, b);
  const other = subtractFrom(l, halfPi, angle);
  return [l.select(below, angle[0], other[0]), l.select(below, angle[1], other[1])];
}

function angleBelowDiagonal<V, M, I>(l: Lanes<V, M, I>, [a, aLow]: Pair<V>, [b, bLow]: Pair<V>): Pair<V> {
  // A quotient that is no number takes row 0.
  const ratio = l.larger(l.constant(0), l.smaller(l.constant(1), l.divide(a, b)));
  const shifted = l.add(l.multiply(ratio, l.constant(32)), l.constant(wholeShift));
  const row = l.integerIn(shifted);
  const slope = l.multiply(l.subtract(shifted, l.constant(wholeShift)), l.constant(1 / 32));
  const rise = l.multiply(slope, b);
  const numerator = l.subtract(a, rise);
  const riseError = l.add(productError(l, slope, b, rise), l.multiply(slope, bLow));
  const numeratorLow = l.add(l.subtract(sumError(l, a, l.negate(rise), numerator), riseError), aLow);
  const run = l.multiply(slope, a);
  const denominator = l.add(b, run);
  const runError = l.add(productError(l, slope, a, run), l.multiply(slope, aLow));
  const denominatorLow = l.add(l.add(sumError(l, b, run, denominator), runError), bLow);
  const [u, uLow] = dividePairs(l, [numerator, numeratorLow], [denominator, denominatorLow]);
  const square = l.multiply(u, u);
  const series = l.multiply(l.multiply(u, square), polynomial(l, square, [-1 / 3, 1 / 5, -1 / 7, 1 / 9, -1 / 11]));
  const base = l.lookup(arctangents, row, 0);
  const sum = l.add(base, u);
  const low = l.add(quickSumError(l, base, u, sum), l.add(l.lookup(arctangents, row, 1), l.add(uLow, series)));
  const near = quickPair(l, u, l.add(uLow, series));
  const far = quickPair(l, sum, low);
  const first = l.equal(slope, l.constant(0));
  return [l.select(first, near[0], far[0]), l.select(first, near[1], far[1])];
}

/** The angle from `whole` down to `angle`. */
function subtractFrom<V, M, I>(l: Lanes<V, M, I>, whole: readonly [number, number], [angle, low]: Pair<V>): Pair<V> {
  const start = l.constant(whole[0]);
  const difference = l.subtract(start, angle);
  const error = sumError(l, start, l.negate(angle), difference);
  return quickPair(l, difference, l.add(error, l.subtract(l.constant(whole[1]), low)));
}

/** Arc tangent, −π/2 to π/2. */
export function arcTangent<V, M, I>(l: Lanes<V, M, I>, x: V): V {
  const size = l.absolute(x);
  const bounded = l.smaller(size, l.constant(1e18));
  const [angle] = angleOfRatio(l, [bounded, l.constant(0)], [l.constant(1), l.constant(0)]);
  return l.select(l.less(size, l.constant(1e-8)), x, l.withSign(angle, x));
}

/** √(1 − x²) as a pair for 0 ≤ x < 1; NaN beyond. */
function cosineOfArcsine<V, M, I>(l: Lanes<V, M, I>, x: V): Pair<V> {
  const one = l.constant(1);
  const below = l.subtract(one, x);
  const belowLow = sumError(l, one, l.negate(x), below);
  const above = l.add(one, x);
  const aboveLow = sumError(l, one, x, above);
  const square = l.multiply(below, above);
  const lows = l.add(l.multiply(below, aboveLow), l.multiply(above, belowLow));
  const squareLow = l.add(productError(l, below, above, square), lows);
  const root = l.squareRoot(square);
  const back = l.multiply(root, root);
  const rest = l.add(l.subtract(l.subtract(square, back), productError(l, root, root, back)), squareLow);
  return [root, l.divide(rest, l.add(root, root))];
}

/** Arc sine, −π/2 to π/2; NaN outside −1 to 1. */
export function arcSine<V, M, I>(l: Lanes<V, M, I>, x: V): V {
  const size = l.absolute(x);
  const [angle] = angleOfRatio(l, [size, l.constant(0)], cosineOfArcsine(l, size));
  const inside = l.select(l.less(size, l.constant(1)), l.withSign(angle, x), l.constant(NaN));
  const value = l.select(l.equal(size, l.constant(1)), l.withSign(l.constant(halfPi[0]), x), inside);
  return l.select(l.less(size, l.constant(1e-8)), x, value);
}

/** Arc cosine, 0 to π; NaN outside −1 to 1. */
export function arcCosine<V, M, I>(l: Lanes<V, M, I>, x: V): V {
  const size = l.absolute(x);
  const angle = angleOfRatio(l, cosineOfArcsine(l, size), [size, l.constant(0)]);
  const value = l.select(l.less(x, l.constant(0)), subtractFrom(l, fullPi, angle)[0], angle[0]);
  const inside = l.select(l.less(size, l.constant(1)), value, l.constant(NaN));
  const low = l.select(l.equal(x, l.constant(1)), l.constant(0), inside);
  return l.select(l.equal(x, l.constant(-1)), l.constant(fullPi[0]), low);
}
