/**
 * Exponential functions, the same bits on every host: only + − × ÷ and table look-up.
 * Method: Tang, "Table-driven implementation of the exponential function in IEEE floating-point arithmetic",
 * ACM TOMS 15 (1989): x = n·ln2/32 + r, e^x = 2^(n/32)·e^r, with the Taylor series of e^r (|r| ≤ ln2/64).
 */
import { dividePairs, productError, scaleByPowerOfTwo, sumError, type Pair } from './double-double.ts';
import { rootsOfTwo } from './exponential-table.ts';

/** 32/ln2, and ln2/32 in two parts, the first with 37 bits so that its multiples are exact. */
const stepsPerUnit = 46.16624130844683;
const stepHigh = 0.021660849392446835;
const stepLow = 5.145609244655338e-14;

/** e^x = (high + low) × 2^exponent. */
export interface ScaledPair extends Pair {
  exponent: number;
}

/** e^r − 1 − r for |r| ≤ ln2/64. */
function remainderSeries(r: number): number {
  return r * r * (0.5 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720 + r * (1 / 5040))))));
}

/** e^x; 0 and Infinity outside the range of numbers; at most 0.6 units in the last place from the true value. */
export function exp(x: number): number {
  if (!(x < 709.79)) return x > 709 ? Infinity : NaN;
  if (x < -745.14) return 0;
  const n = Math.floor(x * stepsPerUnit + 0.5);
  const reduced = x - n * stepHigh;
  const correction = n * stepLow;
  const r = reduced - correction;
  const rest = reduced - r - correction;
  const root = 2 * (n & 31);
  const high = rootsOfTwo[root] as number;
  const low = rootsOfTwo[root + 1] as number;
  return scaleByPowerOfTwo(high + (low + high * (r + (remainderSeries(r) + rest))), n >> 5);
}

/** Sets `out` to e^(x + xLow) with about 65 correct bits; |x| ≤ 2000, xLow at most a unit in the last place of x. */
export function expandExponential(x: number, xLow: number, out: ScaledPair): void {
  const n = Math.floor(x * stepsPerUnit + 0.5);
  const reduced = x - n * stepHigh;
  const correction = n * stepLow;
  const r = reduced - correction;
  const rest = reduced - r - correction + xLow;
  const root = 2 * (n & 31);
  const rootHigh = rootsOfTwo[root] as number;
  const product = rootHigh * r;
  const series = remainderSeries(r);
  const tail =
    productError(rootHigh, r, product) +
    (rootsOfTwo[root + 1] as number) * (1 + r) +
    rootHigh * (series + rest * (1 + r + series));
  const sum = rootHigh + product;
  const low = sumError(rootHigh, product, sum) + tail;
  out.high = sum + low;
  out.low = sum - out.high + low;
  out.exponent = n >> 5;
}

const scaled: ScaledPair = { high: 0, low: 0, exponent: 0 };
const difference: Pair = { high: 0, low: 0 };

/** Sets `out` to e^x − 1 with at least 58 correct bits, for 2^−60 ≤ |x| ≤ 45. */
export function expandExpm1(x: number, out: Pair): void {
  if (Math.abs(x) < 0.0108) {
    const series = remainderSeries(x);
    out.high = x + series;
    out.low = x - out.high + series;
    return;
  }
  expandExponential(x, 0, scaled);
  const high = scaleByPowerOfTwo(scaled.high, scaled.exponent);
  const low = scaled.low === 0 ? 0 : (scaled.low * high) / scaled.high;
  const sum = high - 1;
  const rest = sumError(high, -1, sum) + low;
  out.high = sum + rest;
  out.low = sum - out.high + rest;
}

/** e^x − 1, exact to a unit in the last place near 0 as well. */
export function expm1(x: number): number {
  if (!(Math.abs(x) > 1e-17)) return x;
  if (x > 40) return exp(x);
  if (x < -40) return -1;
  expandExpm1(x, difference);
  return difference.high + difference.low;
}

const quotient: Pair = { high: 0, low: 0 };

/** (e^x − 1)/x, 1 at 0. */
export function exprel(x: number): number {
  if (!(Math.abs(x) > 1e-17)) return x === x ? 1 : x;
  if (x < -40) return -1 / x;
  if (x > 720) return Infinity;
  if (x <= 40) {
    expandExpm1(x, difference);
    dividePairs(difference.high, difference.low, x, 0, quotient);
    return quotient.high + quotient.low;
  }
  expandExponential(x, 0, scaled);
  dividePairs(scaled.high, scaled.low, x, 0, quotient);
  return scaleByPowerOfTwo(quotient.high + quotient.low, scaled.exponent);
}
