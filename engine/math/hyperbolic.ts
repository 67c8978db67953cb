/** Hyperbolic functions from the exponential in double precision pairs; the same bits on every host. */
import { dividePairs, scaleByPowerOfTwo, sumError, type Pair } from './double-double.ts';
import { expandExpm1, expandExponential, type ScaledPair } from './exponential.ts';

const scaled: ScaledPair = { high: 0, low: 0, exponent: 0 };
const inverse: Pair = { high: 0, low: 0 };
const ratio: Pair = { high: 0, low: 0 };

/** Half the sum (sign = 1) or difference (sign = −1) of e^x and e^−x, 0 ≤ x ≤ 22. */
function halfSum(x: number, sign: number): number {
  expandExponential(x, 0, scaled);
  const factor = scaleByPowerOfTwo(1, scaled.exponent - 1);
  dividePairs(sign / factor, 0, scaled.high, scaled.low, inverse);
  const large = scaled.high * factor;
  const small = 0.25 * inverse.high;
  const sum = large + small;
  return sum + (sumError(large, small, sum) + scaled.low * factor + 0.25 * inverse.low);
}

/** Half of e^x for x > 22, where e^−x no longer counts. */
function halfExponential(x: number): number {
  if (x > 711) return Infinity;
  expandExponential(x, 0, scaled);
  return scaleByPowerOfTwo(scaled.high + scaled.low, scaled.exponent - 1);
}

/** Hyperbolic sine; ±Infinity beyond 710.48. */
export function sinh(x: number): number {
  const size = Math.abs(x);
  if (!(size > 1e-9)) return x;
  if (size < 0.3) {
    const z = x * x;
    return (
      x + x * z * (1 / 6 + z * (1 / 120 + z * (1 / 5040 + z * (1 / 362880 + z * (1 / 39916800 + z / 6227020800)))))
    );
  }
  const value = size > 22 ? halfExponential(size) : halfSum(size, -1);
  return x < 0 ? -value : value;
}

/** Hyperbolic cosine; Infinity beyond ±710.48. */
export function cosh(x: number): number {
  const size = Math.abs(x);
  if (!(size <= 22)) return size > 22 ? halfExponential(size) : NaN;
  return halfSum(size, 1);
}

/** Hyperbolic tangent, t/(t + 2) with t = e^(2|x|) − 1. */
export function tanh(x: number): number {
  const size = Math.abs(x);
  if (!(size > 3e-9)) return x;
  if (size > 20) return x > 0 ? 1 : -1;
  expandExpm1(2 * size, ratio);
  const divisor = ratio.high + 2;
  dividePairs(ratio.high, ratio.low, divisor, sumError(ratio.high, 2, divisor) + ratio.low, ratio);
  const value = ratio.high + ratio.low;
  return x < 0 ? -value : value;
}
