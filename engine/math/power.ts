/** x to the power y, as e^(y·log x) with the logarithm in a pair of numbers; special cases as in IEEE 754 and C (Annex F). */
import { productError, scaleByPowerOfTwo, type Pair } from './double-double.ts';
import { expandExponential, type ScaledPair } from './exponential.ts';
import { expandLogarithm } from './logarithm.ts';

const logarithm: Pair = { high: 0, low: 0 };
const result: ScaledPair = { high: 0, low: 0, exponent: 0 };

/** x^y. pow(x, 0) = pow(1, y) = 1 even for NaN; NaN for a negative x and a y that is not whole. */
export function pow(x: number, y: number): number {
  if (y === 0 || x === 1) return 1;
  if (x !== x || y !== y) return NaN;
  const size = Math.abs(x);
  if (Math.abs(y) === Infinity) return infinitePower(size, y > 0);
  return isPositive(x) ? positivePower(size, y) : negativeBasePower(size, y);
}

/** (−size)^y for finite y. */
function negativeBasePower(size: number, y: number): number {
  if (Math.floor(y) === y) return y % 2 === 0 ? positivePower(size, y) : -positivePower(size, y);
  return size === 0 || size === Infinity ? positivePower(size, y) : NaN;
}

/** True for positive numbers and +0. */
function isPositive(x: number): boolean {
  return x > 0 || (x === 0 && 1 / x > 0);
}

function infinitePower(size: number, growing: boolean): number {
  if (size === 1) return 1;
  return size > 1 === growing ? Infinity : 0;
}

function positivePower(size: number, y: number): number {
  if (size === 1) return 1;
  if (size === 0 || size === Infinity) return (size === 0) === y > 0 ? 0 : Infinity;
  expandLogarithm(size, logarithm);
  const product = y * logarithm.high;
  if (product > 710) return Infinity;
  if (product < -750) return 0;
  if (Math.abs(product) < 1e-17) return 1;
  const rest = productError(y, logarithm.high, product) + y * logarithm.low;
  expandExponential(product, rest, result);
  return scaleByPowerOfTwo(result.high + result.low, result.exponent);
}
