/**
 * Logarithms. Method: Tang, "Table-driven implementation of the logarithm function in IEEE floating-point arithmetic",
 * ACM TOMS 16 (1990): x = 2^k·m with m in [√½, √2), c next to 1/m, log x = k·ln2 − log c + log(1 + r) with r = c·m − 1.
 */
import { polynomial, rarelyOne, type Lanes, type Pair } from './lanes/lanes.ts';
import { productError, quickPair, quickSumError, sumError } from './lanes/pairs.ts';
import { reciprocalLogarithms } from './tables/logarithms.ts';

/** ln 2 in two parts, the first a multiple of 2^−42. */
const ln2High = 0.6931471805598903;
const ln2Low = 5.497923018708371e-14;
/** 1/ln 10 in two parts. */
const inverseLn10High = 0.4342944819032518;
const inverseLn10Low = 1.098319650216765e-17;
/** Upper word of √½, from which on mantissas count, with 1023 added to the exponent so that k + 1023 is positive. */
const origin = 0x3fe6a09e - 0x3ff00000;
const smallestNormal = 2.2250738585072014e-308;

/** x = 2^k·m as k·ln2 − log c (high exact, and the rest), and r = c·m − 1 as a pair. */
interface Split<Value> {
  readonly high: Value;
  readonly low: Value;
  readonly r: Pair<Value>;
}

/** For positive normal x; `extra` is added to k. */
function split<V, M, I>(l: Lanes<V, M, I>, x: V, extra: number): Split<V> {
  const position = l.addIntegers(l.bitsFrom(x, 32), l.integer(-origin));
  const row = l.lowBits(l.shiftRight(position, 13), 7);
  const exponent = l.shiftRight(position, 20);
  const k = l.subtract(l.toValue(exponent), l.constant(1023 - extra));
  const m = l.scale(x, l.subtractIntegers(l.integer(1023), exponent));
  const c = l.lookup(reciprocalLogarithms, row, 0);
  const upper = l.upperHalf(m);
  const coarse = l.subtract(l.multiply(upper, c), l.constant(1));
  const fine = l.multiply(l.subtract(m, upper), c);
  return {
    high: l.add(l.multiply(k, l.constant(ln2High)), l.lookup(reciprocalLogarithms, row, 1)),
    low: l.add(l.multiply(k, l.constant(ln2Low)), l.lookup(reciprocalLogarithms, row, 2)),
    r: quickPair(l, coarse, fine),
  };
}

/** log x for positive normal x. */
export function logarithmOfNormal<V, M, I>(l: Lanes<V, M, I>, x: V, extra = 0): V {
  const {
    high,
    low,
    r: [r, rLow],
  } = split(l, x, extra);
  const sum = l.add(high, r);
  const square = l.multiply(r, r);
  const near = l.add(l.constant(-1 / 2), l.multiply(r, l.constant(1 / 3)));
  const middle = l.add(l.constant(-1 / 4), l.multiply(r, l.constant(1 / 5)));
  const far = l.add(l.constant(-1 / 6), l.multiply(r, l.constant(1 / 7)));
  const series = l.add(near, l.multiply(square, l.add(middle, l.multiply(square, far))));
  const rest = l.add(l.add(quickSumError(l, high, r, sum), low), rLow);
  return l.add(sum, l.add(rest, l.multiply(square, series)));
}

/** log x with about 68 correct bits, for positive normal x. */
function pairOfNormal<V, M, I>(l: Lanes<V, M, I>, x: V, extra: number): Pair<V> {
  const {
    high,
    low,
    r: [r, rLow],
  } = split(l, x, extra);
  const sum = l.add(high, r);
  const square = l.multiply(r, r);
  const half = l.multiply(square, l.constant(-0.5));
  const total = l.add(sum, half);
  const series = l.multiply(square, l.multiply(r, polynomial(l, r, [1 / 3, -1 / 4, 1 / 5, -1 / 6, 1 / 7, -1 / 8])));
  const errors = l.add(quickSumError(l, high, r, sum), sumError(l, sum, half, total));
  const halfError = l.multiply(productError(l, r, r, square), l.constant(-0.5));
  const fine = l.add(halfError, l.subtract(rLow, l.multiply(r, rLow)));
  return quickPair(l, total, l.add(l.add(errors, l.add(low, fine)), series));
}

/** log x with about 68 correct bits, for positive finite x. */
export function logarithmPair<V, M, I>(l: Lanes<V, M, I>, x: V): Pair<V> {
  const [high, low] = l.rarely(l.less(x, l.constant(smallestNormal)), pairOfNormal(l, x, 0), () =>
    pairOfNormal(l, l.multiply(x, l.constant(2 ** 54)), -54),
  );
  return [high as V, low as V];
}

/** Replaces what was found for x ≤ 0, infinite and no number by the logarithm there. */
function atEdges<V, M, I>(l: Lanes<V, M, I>, x: V, found: V): V {
  const positive = l.select(l.less(l.constant(0), x), found, l.constant(NaN));
  const finite = l.select(l.equal(x, l.constant(Infinity)), x, positive);
  return l.select(l.equal(x, l.constant(0)), l.constant(-Infinity), finite);
}

/** True where x is not a positive normal number. */
function notNormal<V, M, I>(l: Lanes<V, M, I>, x: V): M {
  return l.not(l.and(l.lessEqual(l.constant(smallestNormal), x), l.less(x, l.constant(Infinity))));
}

/** Natural logarithm: −Infinity at 0, NaN below. */
export function logarithm<V, M, I>(l: Lanes<V, M, I>, x: V): V {
  return rarelyOne(l, notNormal(l, x), logarithmOfNormal(l, x), () =>
    atEdges(l, x, logarithmOfNormal(l, l.multiply(x, l.constant(2 ** 54)), -54)),
  );
}

/** Decimal logarithm; exact at powers of ten. */
export function decimalLogarithm<V, M, I>(l: Lanes<V, M, I>, x: V): V {
  const [high, low] = logarithmPair(l, x);
  const factor = l.constant(inverseLn10High);
  const product = l.multiply(high, factor);
  const rest = l.add(l.multiply(high, l.constant(inverseLn10Low)), l.multiply(low, factor));
  const value = l.add(product, l.add(productError(l, high, factor, product), rest));
  return rarelyOne(l, notNormal(l, x), value, () => atEdges(l, x, value));
}

/** log(1 + x), accurate near 0. */
export function logarithmOfOnePlus<V, M, I>(l: Lanes<V, M, I>, x: V): V {
  const sum = l.add(l.constant(1), x);
  const [high, low] = logarithmPair(l, sum);
  const rest = l.divide(sumError(l, l.constant(1), x, sum), sum);
  const value = l.add(high, l.add(low, rest));
  const usual = l.select(l.less(l.absolute(x), l.constant(1e-17)), x, value);
  return rarelyOne(l, notNormal(l, sum), usual, () => atEdges(l, sum, value));
}
