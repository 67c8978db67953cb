/** x to the power y, as e^(y·log x) with the logarithm in a pair of numbers; special cases as in IEEE 754 and C (Annex F). */
import { exponentialPair, scaleTwice } from './exponential.ts';
import type { Lanes } from './lanes/lanes.ts';
import { productError } from './lanes/pairs.ts';
import { logarithmPair } from './logarithm.ts';

/** x^y. pow(x, 0) = pow(1, y) = 1 even for NaN; NaN for a negative x and a y that is not whole. */
export function power<V, M, I>(l: Lanes<V, M, I>, x: V, y: V): V {
  const [zero, one, infinity] = [l.constant(0), l.constant(1), l.constant(Infinity)];
  const size = l.absolute(x);
  const value = edgeOfPower(l, size, y, positivePower(l, size, y));
  const half = l.multiply(y, l.constant(0.5));
  const whole = l.equal(l.floor(y), y);
  const odd = l.and(whole, l.not(l.equal(l.floor(half), half)));
  const negative = l.less(l.withSign(one, x), zero);
  const signed = l.select(l.and(negative, odd), l.negate(value), value);
  const senseless = l.and(l.and(l.less(x, zero), l.not(whole)), l.less(size, infinity));
  const anyNaN = l.not(l.and(l.equal(x, x), l.equal(y, y)));
  const defined = l.select(l.or(senseless, anyNaN), l.constant(NaN), signed);
  return l.select(l.or(l.equal(y, zero), l.equal(x, one)), one, defined);
}

/** size^y for positive finite size; a number or NaN for others. */
function positivePower<V, M, I>(l: Lanes<V, M, I>, size: V, y: V): V {
  const [high, low] = logarithmPair(l, size);
  const product = l.multiply(y, high);
  const inRange = l.smaller(l.larger(product, l.constant(-750)), l.constant(710));
  const rest = l.add(productError(l, y, high, product), l.multiply(y, low));
  const { pair, exponent } = exponentialPair(l, inRange, rest);
  const value = scaleTwice(l, l.add(pair[0], pair[1]), exponent);
  const bounded = l.select(l.less(product, l.constant(-750)), l.constant(0), value);
  const above = l.select(l.less(l.constant(710), product), l.constant(Infinity), bounded);
  return l.select(l.less(l.absolute(product), l.constant(1e-17)), l.constant(1), above);
}

/** Replaces what was found where size or y is 0 or infinite. */
function edgeOfPower<V, M, I>(l: Lanes<V, M, I>, size: V, y: V, found: V): V {
  const [zero, one, infinity] = [l.constant(0), l.constant(1), l.constant(Infinity)];
  const extreme = l.or(l.equal(l.absolute(y), infinity), l.or(l.equal(size, zero), l.equal(size, infinity)));
  const large = l.less(one, size);
  const up = l.less(zero, y);
  const grows = l.or(l.and(large, up), l.not(l.or(large, up)));
  const value = l.select(extreme, l.select(grows, infinity, zero), found);
  return l.select(l.equal(size, one), one, value);
}
