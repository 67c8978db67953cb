/**
 * Hyperbolic functions. tanh from a table: tanh(a + d) = T + (1 − T²)·t/(1 + T·t) with T = tanh a, t = tanh d, where a was
 * chosen so that T is nearly a number (Gal, "Computing elementary functions", LNCS 235, 1986); the others from e^x in pairs.
 */
import { exponentialPair, scaleTwice } from './exponential.ts';
import { polynomial, rarelyOne, type Lanes } from './lanes/lanes.ts';
import { dividePairs, sumError } from './lanes/pairs.ts';
import { hyperbolicTangents } from './tables/tangents.ts';

/** Bits of 1/64 from bit 47 on, less one: the row of the origin. */
const firstRow = 32543;

/** Hyperbolic tangent. */
export function hyperbolicTangent<V, M, I>(l: Lanes<V, M, I>, x: V): V {
  const size = l.smaller(l.absolute(x), l.constant(22));
  const inTable = l.larger(l.constant(0.0156), size);
  const row = l.addIntegers(l.bitsFrom(inTable, 47), l.integer(-firstRow));
  const base = l.lookup(hyperbolicTangents, row, 1);
  const d = l.subtract(size, l.lookup(hyperbolicTangents, row, 0));
  const square = l.multiply(d, d);
  const series = polynomial(l, square, [-1 / 3, 2 / 15, -17 / 315, 62 / 2835]);
  const change = l.add(d, l.multiply(l.multiply(d, square), series));
  const slope = l.subtract(l.constant(1), l.multiply(base, base));
  const divisor = l.add(l.constant(1), l.multiply(base, change));
  return l.withSign(l.add(base, l.divide(l.multiply(slope, change), divisor)), x);
}

/** Half the sum (sign = 1) or difference (sign = −1) of e^x and e^−x, 0 ≤ x ≤ 22 (any other gives a number). */
function halfSum<V, M, I>(l: Lanes<V, M, I>, x: V, sign: number): V {
  const { pair, exponent } = exponentialPair(l, l.smaller(x, l.constant(23)), l.constant(0));
  const factor = l.powerOfTwo(l.addIntegers(exponent, l.integer(-1)));
  const [inverse, inverseLow] = dividePairs(l, [l.divide(l.constant(sign), factor), l.constant(0)], pair);
  const large = l.multiply(pair[0], factor);
  const small = l.multiply(inverse, l.constant(0.25));
  const sum = l.add(large, small);
  const rest = l.add(l.multiply(pair[1], factor), l.multiply(inverseLow, l.constant(0.25)));
  return l.add(sum, l.add(sumError(l, large, small, sum), rest));
}

/** Half of e^x for x > 22, where e^−x no longer counts. */
function halfExponential<V, M, I>(l: Lanes<V, M, I>, x: V): V {
  const { pair, exponent } = exponentialPair(l, l.smaller(x, l.constant(712)), l.constant(0));
  return scaleTwice(l, l.add(pair[0], pair[1]), l.addIntegers(exponent, l.integer(-1)));
}

/** Hyperbolic sine; ±Infinity beyond 710.48. */
export function hyperbolicSine<V, M, I>(l: Lanes<V, M, I>, x: V): V {
  const size = l.absolute(x);
  const square = l.multiply(x, x);
  const series = polynomial(l, square, [1 / 6, 1 / 120, 1 / 5040, 1 / 362880, 1 / 39916800, 1 / 6227020800]);
  const near = l.add(size, l.multiply(l.multiply(size, square), series));
  const usual = l.select(l.less(size, l.constant(0.3)), near, halfSum(l, size, -1));
  const value = rarelyOne(l, l.less(l.constant(22), size), usual, () => halfExponential(l, size));
  return l.withSign(value, x);
}

/** Hyperbolic cosine; Infinity beyond ±710.48. */
export function hyperbolicCosine<V, M, I>(l: Lanes<V, M, I>, x: V): V {
  const size = l.absolute(x);
  return rarelyOne(l, l.less(l.constant(22), size), halfSum(l, size, 1), () => halfExponential(l, size));
}
