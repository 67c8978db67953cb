/**
 * Building blocks of arithmetic with twice the precision: rounding errors of a sum and of a product.
 * Sources: Dekker, "A floating-point technique for extending the available precision", Numer. Math. 18 (1971);
 * Knuth, The Art of Computer Programming 2, §4.2.2.
 */
import type { Lanes, Pair } from './lanes.ts';

/** What `sum` = left + right lost in rounding, exactly (for any order of sizes; no overflow). */
export function sumError<V, M, I>(l: Lanes<V, M, I>, left: V, right: V, sum: V): V {
  const rightPart = l.subtract(sum, left);
  return l.add(l.subtract(left, l.subtract(sum, rightPart)), l.subtract(right, rightPart));
}

/** The same where |left| ≥ |right|, or left is a multiple of a unit in the last place of right. */
export function quickSumError<V, M, I>(l: Lanes<V, M, I>, left: V, right: V, sum: V): V {
  return l.subtract(right, l.subtract(sum, left));
}

/** The sum as a pair, for |left| ≥ |right|. */
export function quickPair<V, M, I>(l: Lanes<V, M, I>, left: V, right: V): Pair<V> {
  const sum = l.add(left, right);
  return [sum, quickSumError(l, left, right, sum)];
}

/** What `product` = left × right lost in rounding, to one part in 2^53 of that (sizes between 2^−480 and 2^480). */
export function productError<V, M, I>(l: Lanes<V, M, I>, left: V, right: V, product: V): V {
  const leftHigh = l.upperHalf(left);
  const leftLow = l.subtract(left, leftHigh);
  const rightHigh = l.upperHalf(right);
  const rightLow = l.subtract(right, rightHigh);
  const first = l.subtract(l.multiply(leftHigh, rightHigh), product);
  const second = l.add(first, l.multiply(leftHigh, rightLow));
  return l.add(l.add(second, l.multiply(leftLow, rightHigh)), l.multiply(leftLow, rightLow));
}

/** Quotient of two pairs; relative error about 2^−100. */
export function dividePairs<V, M, I>(l: Lanes<V, M, I>, [high, low]: Pair<V>, [divisor, rest]: Pair<V>): Pair<V> {
  const quotient = l.divide(high, divisor);
  const product = l.multiply(quotient, divisor);
  const left = l.subtract(l.subtract(high, product), productError(l, quotient, divisor, product));
  const remainder = l.subtract(l.add(left, low), l.multiply(quotient, rest));
  return [quotient, l.divide(remainder, divisor)];
}
