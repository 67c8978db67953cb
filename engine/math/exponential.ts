/**
 * Exponential functions. Method: Tang, "Table-driven implementation of the exponential function in IEEE floating-point
 * arithmetic", ACM TOMS 15 (1989): x = n·ln2/256 + r, e^x = 2^(n/256)·e^r, with a short series of e^r (|r| ≤ ln2/512).
 */
import { polynomial, rarelyOne, wholeShift, type Lanes, type Pair } from './lanes/lanes.ts';
import { dividePairs, productError, quickPair, quickSumError, sumError } from './lanes/pairs.ts';
import { powersOfTwo } from './tables/powers-of-two.ts';

/** 256/ln2, and ln2/256 in two parts, the first with 34 bits so that its multiples are exact. */
const stepsPerUnit = 369.3299304675746;
const stepHigh = 0.002707606173999011;
const stepLow = 6.327543041662719e-14;

/** Rows of the table as a power of two. */
const rowBits = 8;

/** Up to this size of x, e^x and its power of two are normal numbers. */
const largestUsual = 708;

/** (high + low) × 2^exponent. */
export interface ScaledPair<Value, Integer> {
  readonly pair: Pair<Value>;
  readonly exponent: Integer;
}

/** value × 2^exponent for |exponent| ≤ 2000 in two steps, so that results below the normal numbers are rounded once. */
export function scaleTwice<V, M, I>(l: Lanes<V, M, I>, value: V, exponent: I): V {
  const half = l.shiftRight(exponent, 1);
  const scaled = l.multiply(value, l.powerOfTwo(half));
  return l.multiply(scaled, l.powerOfTwo(l.subtractIntegers(exponent, half)));
}

/** e^x; 0 and Infinity outside the range of numbers. */
export function exponential<V, M, I>(l: Lanes<V, M, I>, x: V): V {
  const shifted = l.add(l.multiply(x, l.constant(stepsPerUnit)), l.constant(wholeShift));
  const n = l.subtract(shifted, l.constant(wholeShift));
  const reduced = l.subtract(x, l.multiply(n, l.constant(stepHigh)));
  const r = l.subtract(reduced, l.multiply(n, l.constant(stepLow)));
  const steps = l.integerIn(shifted);
  const row = l.lowBits(steps, rowBits);
  const square = l.multiply(r, r);
  const series = l.multiply(
    square,
    l.add(l.add(l.constant(0.5), l.multiply(r, l.constant(third))), l.multiply(square, l.constant(1 / 24))),
  );
  const power = l.lookup(powersOfTwo, row, 0);
  const change = l.add(l.add(l.lookup(powersOfTwo, row, 1), r), series);
  const scaled = l.scale(power, l.shiftRight(steps, rowBits));
  const usual = l.add(scaled, l.multiply(scaled, change));
  const far = l.less(l.constant(largestUsual), l.absolute(x));
  return rarelyOne(l, far, usual, () => farExponential(l, x, l.add(power, l.multiply(power, change)), steps));
}

/** 1/6, a little more: the next term of the series is left out, of which this takes the most on |r| ≤ ln2/512. */
const third = 0.16666667993906875;

/** value × 2^(steps/256) where that may be no normal number; the value means nothing where it is 0 or Infinity for certain. */
function farExponential<V, M, I>(l: Lanes<V, M, I>, x: V, value: V, steps: I): V {
  const half = l.shiftRight(steps, rowBits + 1);
  const rest = l.subtractIntegers(l.shiftRight(steps, rowBits), half);
  const near = l.multiply(l.multiply(value, l.powerOfTwo(half)), l.powerOfTwo(rest));
  const bounded = l.select(l.less(x, l.constant(-746)), l.constant(0), near);
  return l.select(l.less(l.constant(710), x), l.constant(Infinity), bounded);
}

/** e^(x + low) with about 65 correct bits; |x| ≤ 1000, low at most a unit in the last place of x. */
export function exponentialPair<V, M, I>(l: Lanes<V, M, I>, x: V, low: V): ScaledPair<V, I> {
  const shifted = l.add(l.multiply(x, l.constant(stepsPerUnit)), l.constant(wholeShift));
  const n = l.subtract(shifted, l.constant(wholeShift));
  const reduced = l.subtract(x, l.multiply(n, l.constant(stepHigh)));
  const correction = l.multiply(n, l.constant(stepLow));
  const r = l.subtract(reduced, correction);
  const rest = l.add(l.subtract(l.subtract(reduced, r), correction), low);
  const steps = l.integerIn(shifted);
  const row = l.lowBits(steps, rowBits);
  const power = l.lookup(powersOfTwo, row, 0);
  const product = l.multiply(power, r);
  const series = remainderSeries(l, r);
  const growth = l.add(l.constant(1), l.add(r, series));
  const correctionOfPower = l.multiply(l.add(l.lookup(powersOfTwo, row, 1), rest), growth);
  const tail = l.add(productError(l, power, r, product), l.multiply(power, l.add(series, correctionOfPower)));
  const sum = l.add(power, product);
  const pair = quickPair(l, sum, l.add(quickSumError(l, power, product, sum), tail));
  return { pair, exponent: l.shiftRight(steps, rowBits) };
}

/** e^r − 1 − r for |r| ≤ 0.0055. */
function remainderSeries<V, M, I>(l: Lanes<V, M, I>, r: V): V {
  return l.multiply(l.multiply(r, r), polynomial(l, r, [1 / 2, 1 / 6, 1 / 24, 1 / 120, 1 / 720, 1 / 5040]));
}

/** e^x − 1 with at least 58 correct bits, for −45 ≤ x ≤ 100 (any other x gives a number). */
export function expm1Pair<V, M, I>(l: Lanes<V, M, I>, x: V): Pair<V> {
  const inRange = l.smaller(l.larger(x, l.constant(-45)), l.constant(100));
  const { pair, exponent } = exponentialPair(l, inRange, l.constant(0));
  const factor = l.powerOfTwo(exponent);
  const high = l.multiply(pair[0], factor);
  const sum = l.subtract(high, l.constant(1));
  const rest = l.add(sumError(l, high, l.constant(-1), sum), l.multiply(pair[1], factor));
  const large = quickPair(l, sum, rest);
  const small = quickPair(l, x, remainderSeries(l, x));
  const near = l.less(l.absolute(x), l.constant(0.0054));
  return [l.select(near, small[0], large[0]), l.select(near, small[1], large[1])];
}

/** e^x − 1, accurate near 0 as well. */
export function expm1<V, M, I>(l: Lanes<V, M, I>, x: V): V {
  const [high, low] = expm1Pair(l, x);
  const usual = l.select(l.equal(x, l.constant(0)), x, l.add(high, low));
  const far = l.or(l.less(l.constant(40), x), l.less(x, l.constant(-40)));
  return rarelyOne(l, far, usual, () => l.select(l.less(x, l.constant(0)), l.constant(-1), exponential(l, x)));
}

/** (e^x − 1)/x, 1 at 0. */
export function exprel<V, M, I>(l: Lanes<V, M, I>, x: V): V {
  const [quotient, rest] = dividePairs(l, expm1Pair(l, x), [x, l.constant(0)]);
  const nearZero = l.less(l.absolute(x), l.constant(1e-17));
  const usual = l.select(nearZero, l.constant(1), l.add(quotient, rest));
  const far = l.or(l.less(l.constant(40), x), l.less(x, l.constant(-40)));
  return rarelyOne(l, far, usual, () => exprelFar(l, x));
}

/** The same for |x| > 40, continued where e^x overflows. */
function exprelFar<V, M, I>(l: Lanes<V, M, I>, x: V): V {
  const { pair, exponent } = exponentialPair(l, l.smaller(l.larger(x, l.constant(0)), l.constant(730)), l.constant(0));
  const [quotient, rest] = dividePairs(l, pair, [l.smaller(x, l.constant(1e300)), l.constant(0)]);
  const large = scaleTwice(l, l.add(quotient, rest), exponent);
  const overflowing = l.select(l.less(l.constant(720), x), l.constant(Infinity), large);
  return l.select(l.less(x, l.constant(0)), l.divide(l.constant(-1), x), overflowing);
}
