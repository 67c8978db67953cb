/** Sign and division with remainder, with the conventions of Python and NumPy. */
import type { Lanes } from './lanes/lanes.ts';

/** −1, 0 or 1; NaN of NaN. */
export function signOf<V, M, I>(l: Lanes<V, M, I>, x: V): V {
  const negative = l.select(l.less(x, l.constant(0)), l.constant(-1), l.add(x, l.constant(0)));
  const known = l.select(l.less(l.constant(0), x), l.constant(1), negative);
  return l.select(l.equal(x, l.constant(0)), l.constant(0), known);
}

/** Remainder with the sign of the divisor (Python's %); NaN for divisor 0. */
export function modulo<V, M, I>(l: Lanes<V, M, I>, dividend: V, divisor: V): V {
  const zero = l.constant(0);
  const remainder = l.remainder(dividend, divisor);
  const negative = l.less(remainder, zero);
  const other = l.less(divisor, zero);
  const same = l.or(l.and(negative, other), l.not(l.or(negative, other)));
  const value = l.select(same, remainder, l.add(remainder, divisor));
  return l.select(l.equal(remainder, zero), l.withSign(zero, divisor), value);
}

/**
 * Quotient rounded down so that dividend ≈ quotient·divisor + modulo (Python's //); ±Infinity or NaN for divisor 0. From
 * the remainder with the sign of the dividend, so that it holds for an infinite divisor too.
 */
export function quotientRoundedDown<V, M, I>(l: Lanes<V, M, I>, dividend: V, divisor: V): V {
  const zero = l.constant(0);
  const plain = l.divide(dividend, divisor);
  const remainder = l.remainder(dividend, divisor);
  const negative = l.less(remainder, zero);
  const other = l.less(divisor, zero);
  const same = l.or(l.and(negative, other), l.not(l.or(negative, other)));
  const towardsZero = l.divide(l.subtract(dividend, remainder), divisor);
  const kept = l.or(same, l.equal(remainder, zero));
  const quotient = l.select(kept, towardsZero, l.subtract(towardsZero, l.constant(1)));
  const floored = l.floor(quotient);
  const near = l.less(l.constant(0.5), l.subtract(quotient, floored));
  const whole = l.select(near, l.add(floored, l.constant(1)), floored);
  const value = l.select(l.equal(quotient, zero), l.withSign(zero, plain), whole);
  return l.select(l.equal(divisor, zero), plain, value);
}
