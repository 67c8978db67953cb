/**
 * Building blocks of arithmetic with twice the precision: rounding errors of a sum and of a product, found exactly.
 * Sources: Dekker, "A floating-point technique for extending the available precision", Numer. Math. 18 (1971);
 * Knuth, The Art of Computer Programming 2, §4.2.2.
 */

/** A number held as the sum of two: `high` is the rounded value, `low` what rounding left. Reused to avoid allocation. */
export interface Pair {
  high: number;
  low: number;
}

/** What `sum` = left + right lost in rounding, exactly (for any order of magnitudes; no overflow). */
export function sumError(left: number, right: number, sum: number): number {
  const rightPart = sum - left;
  return left - (sum - rightPart) + (right - rightPart);
}

/** 2^27 + 1: splits a number in two halves of 26 bits. */
const splitter = 134217729;

/** What `product` = left × right lost in rounding, exactly (for magnitudes between 2^−480 and 2^480). */
export function productError(left: number, right: number, product: number): number {
  const leftScaled = splitter * left;
  const leftHigh = leftScaled - (leftScaled - left);
  const leftLow = left - leftHigh;
  const rightScaled = splitter * right;
  const rightHigh = rightScaled - (rightScaled - right);
  const rightLow = right - rightHigh;
  return leftLow * rightLow - (product - leftHigh * rightHigh - leftLow * rightHigh - leftHigh * rightLow);
}

/** Sets `out` to the quotient of two pairs; relative error about 2^−100. */
export function dividePairs(high: number, low: number, divisorHigh: number, divisorLow: number, out: Pair): void {
  const quotient = high / divisorHigh;
  const product = quotient * divisorHigh;
  const rest = high - product - productError(quotient, divisorHigh, product) + low - quotient * divisorLow;
  out.high = quotient;
  out.low = rest / divisorHigh;
}

/** 2^exponent for −1022 ≤ exponent ≤ 1023, at index exponent + 1022. */
const powersOfTwo = createPowersOfTwo();

function createPowersOfTwo(): Float64Array {
  const powers = new Float64Array(2046);
  powers[1022] = 1;
  for (let exponent = 1; exponent <= 1023; exponent += 1)
    powers[1022 + exponent] = 2 * (powers[1021 + exponent] as number);
  for (let exponent = -1; exponent >= -1022; exponent -= 1)
    powers[1022 + exponent] = 0.5 * (powers[1023 + exponent] as number);
  return powers;
}

/** value × 2^exponent for |exponent| ≤ 2000, rounded once; value between 1/2 and 2 in magnitude. */
export function scaleByPowerOfTwo(value: number, exponent: number): number {
  if (exponent > 1023) return value * (powersOfTwo[2045] as number) * (powersOfTwo[exponent - 1023 + 1022] as number);
  if (exponent >= -1021) return value * (powersOfTwo[exponent + 1022] as number);
  if (exponent < -1080) return value * 0;
  return value * (powersOfTwo[exponent + 1000 + 1022] as number) * (powersOfTwo[22] as number);
}
