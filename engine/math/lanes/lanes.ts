/** Arithmetic that an algorithm is written against once, so that numbers and vector code do the same operations in the same order. */
import type { Table } from '../tables/table.ts';

/** Two values whose sum is meant: `high` is the rounded sum, `low` what rounding left. */
export type Pair<Value> = readonly [high: Value, low: Value];

/**
 * Operations of IEEE 754 on lanes. A `Value` holds floating-point numbers, a `Mask` a truth value per lane, an `Integer` whole
 * numbers of which only the lower bits count (32 for f64 lanes). Comparisons with NaN are false.
 */
export interface Lanes<Value, Mask, Integer> {
  constant(value: number): Value;
  add(left: Value, right: Value): Value;
  subtract(left: Value, right: Value): Value;
  multiply(left: Value, right: Value): Value;
  divide(left: Value, right: Value): Value;
  squareRoot(x: Value): Value;
  negate(x: Value): Value;
  absolute(x: Value): Value;
  floor(x: Value): Value;
  ceil(x: Value): Value;
  truncate(x: Value): Value;
  /** The nearest whole number, half to even. */
  nearest(x: Value): Value;
  /** right if right < left, else left (a NaN on the left stays). */
  smaller(left: Value, right: Value): Value;
  /** right if left < right, else left (a NaN on the left stays). */
  larger(left: Value, right: Value): Value;
  /** Exact remainder with the sign of the dividend (C's fmod). */
  remainder(dividend: Value, divisor: Value): Value;
  less(left: Value, right: Value): Mask;
  lessEqual(left: Value, right: Value): Mask;
  equal(left: Value, right: Value): Mask;
  and(left: Mask, right: Mask): Mask;
  or(left: Mask, right: Mask): Mask;
  not(mask: Mask): Mask;
  select(mask: Mask, whenTrue: Value, whenFalse: Value): Value;
  /** `usual`, replaced in the lanes of the mask by `unusual()`, whose code is passed over when no lane is set. */
  rarely(mask: Mask, usual: readonly Value[], unusual: () => readonly Value[]): readonly Value[];
  /** The size of the first with the sign of the second. */
  withSign(size: Value, sign: Value): Value;
  /** The value cut to the upper half of its bits (26 of 53, 12 of 24). */
  upperHalf(x: Value): Value;
  /** The whole number n of a sum n + `wholeShift`. */
  integerIn(shifted: Value): Integer;
  /** Bits of the representation from `count` upwards (f64: count ≥ 32). */
  bitsFrom(x: Value, count: number): Integer;
  integer(value: number): Integer;
  addIntegers(left: Integer, right: Integer): Integer;
  subtractIntegers(left: Integer, right: Integer): Integer;
  /** Shifted right; of the result only 12 bits (f32: 9) count. */
  shiftRight(x: Integer, count: number): Integer;
  lowBits(x: Integer, count: number): Integer;
  isOdd(x: Integer): Mask;
  /** A whole number from 0 to 2^20 as a value. */
  toValue(x: Integer): Value;
  /** 2^exponent, exponent within the range of normal numbers. */
  powerOfTwo(exponent: Integer): Value;
  /** x × 2^exponent where both are normal numbers. */
  scale(x: Value, exponent: Integer): Value;
  /** x, or −x where the integer is odd. */
  negateIfOdd(x: Value, integer: Integer): Value;
  /** A column of the table in row `row`, which lies inside it. */
  lookup(table: Table, row: Integer, column: number): Value;
}

/** Added to a small number it leaves the number rounded to a whole one in the low bits: 1.5 × 2^52. */
export const wholeShift = 6755399441055744;

/** The same for single precision: 1.5 × 2^23. */
export const singleWholeShift = 12582912;

/** c₀ + z·(c₁ + z·(c₂ + …)). */
export function polynomial<V, M, I>(l: Lanes<V, M, I>, z: V, coefficients: readonly number[]): V {
  const last = coefficients.length - 1;
  let sum = l.constant(coefficients[last] as number);
  for (let power = last - 1; power >= 0; power -= 1)
    sum = l.add(l.constant(coefficients[power] as number), l.multiply(z, sum));
  return sum;
}

/** `rarely` for one value. */
export function rarelyOne<V, M, I>(l: Lanes<V, M, I>, mask: M, usual: V, unusual: () => V): V {
  return l.rarely(mask, [usual], () => [unusual()])[0] as V;
}
