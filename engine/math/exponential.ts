/**
 * Exponential functions. Method: Tang, "Table-driven implementation of the exponential function in IEEE floating-point
 * arithmetic", ACM TOMS 15 (1989): x = n·ln2/128 + r, e^x = 2^(n/128)·e^r, with the Taylor series of e^r (|r| ≤ ln2/256).
 */
import { polynomial, rarelyOne, wholeShift, type Lanes, type Pair } from './lanes/lanes.ts';
import { dividePairs, productError, quickPair, quickSumError, sumError } from './lanes/pairs.ts';
import { powersOfTwo } from './tables/powers-of-two.ts';

/** 128/ln2, and ln2/128 in two parts, the first with 36 bits so that its multiples are exact. */
const stepsPerUnit = 184.6649652337873;
const stepHigh = 0.005415212348111709;
const stepLow = 1.2864023111638346e-14;

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

/** e^x; 0 and Infinity outside the range of numbers. Without a branch. */
export function exponential<V, M, I>(l: Lanes<V, M, I>, x: V): V {
  const inRange = l.smaller(l.larger(x, l.constant(-746)), l.constant(710));
  const shifted = l.add(l.multiply(inRange, l.constant(stepsPerUnit)), l.constant(wholeShift));
  const n = l.subtract(shifted, l.constant(wholeShift));
  const reduced = l.subtract(inRange, l.multiply(n, l.constant(stepHigh)));
  const r = l.subtract(reduced, l.multiply(n, l.constant(stepLow)));
  const steps = l.integerIn(shifted);
  const row = l.lowBits(steps, 7);
  const square = l.multiply(r, r);
  const near = l.add(l.constant(0.5), l.multiply(r, l.constant(1 / 6)));
  const far = l.add(l.constant(1 / 24), l.multiply(r, l.constant(1 / 120)));
  const series = l.multiply(square, l.add(near, l.multiply(square, far)));
  const change = l.add(l.add(l.lookup(powersOfTwo, row, 1), series), r);
  const power = l.lookup(powersOfTwo, row, 0);
  const value = l.add(power, l.multiply(power, change));
  const half = l.shiftRight(steps, 8);
  const rest = l.subtractIntegers(l.shiftRight(steps, 7), half);
  return l.multiply(l.multiply(value, l.powerOfTwo(half)), l.powerOfTwo(rest));
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
  const row = l.lowBits(steps, 7);
  const power = l.lookup(powersOfTwo, row, 0);
  const product = l.multiply(power, r);
  const series = remainderSeries(l, r);
  const growth = l.add(l.constant(1), l.add(r, series));
  const correctionOfPower = l.multiply(l.add(l.lookup(powersOfTwo, row, 1), rest), growth);
  const tail = l.add(productError(l, power, r, product), l.multiply(power, l.add(series, correctionOfPower)));
  const sum = l.add(power, product);
  const pair = quickPair(l, sum, l.add(quickSumError(l, power, product, sum), tail));
  return { pair, exponent: l.shiftRight(steps, 7) };
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
