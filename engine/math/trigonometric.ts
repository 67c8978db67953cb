/**
 * Sine, cosine and tangent, the same bits on every host.
 * Reduction to |r| ≤ π/4: Cody and Waite, Software Manual for the Elementary Functions (1980), with π/2 in four parts; beyond
 * 2^20·π/2 after Payne and Hanek, SIGNUM 18 (1983), with 1280 bits of 2/π. Kernels: Taylor series.
 */
import { dividePairs, productError, sumError, type Pair } from './double-double.ts';

const twoOverPi = 0.6366197723675814;
/** π/2 as a sum: three parts of at most 33 bits, whose multiples up to 2^20 are exact, and the rest. */
const part1 = 1.5707963267341256;
const part2 = 6.077100506303966e-11;
const part3 = 2.0222662487111665e-21;
const part4 = 8.4784276603689e-32;
const halfPiHigh = 1.5707963267948966;
const halfPiLow = 6.123233995736766e-17;

/** 2/π times 2^1280, rounded down. */
const twoOverPiBits = BigInt(
  '0xa2f9836e4e441529fc2757d1f534ddc0db6295993c439041fe5163abdebbc561b7246e3a424dd2e006492eea09d1921cfe1deb1cb129a73ee882' +
    '35f52ebb4484e99c7026b45f7e413991d639835339f49c845f8bbdf9283b1ff897ffde05980fef2f118b5a0a6d1f6d367ecf27cb09b74f463f66' +
    '9e5fea2d7527bac7ebe5f17b3d0739f78a5292ea6bfb5fb11f8d5d0856033046fc7b6babf0cfbc209af4361d',
);

/** The reduced argument, high + low. */
const reduced: Pair = { high: 0, low: 0 };
const sinePair: Pair = { high: 0, low: 0 };
const cosinePair: Pair = { high: 0, low: 0 };

/** Sets `reduced` to x minus the nearest multiple of π/2, and returns that multiple modulo 4. */
function reduce(x: number): number {
  if (Math.abs(x) <= 0.7853981633974483) {
    reduced.high = x;
    reduced.low = 0;
    return 0;
  }
  if (Math.abs(x) > 1647000) return reduceLarge(x);
  const n = Math.floor(x * twoOverPi + 0.5);
  const first = x - n * part1;
  const second = first - n * part2;
  const third = second - n * part3;
  const low = sumError(first, -n * part2, second) + sumError(second, -n * part3, third) - n * part4;
  reduced.high = third + low;
  reduced.low = third - reduced.high + low;
  return n & 3;
}

/** The same for large x, with whole numbers of any length: exact to 160 bits after the point. */
function reduceLarge(x: number): number {
  let exponent = 0;
  let mantissa = Math.abs(x);
  while (mantissa >= 0x20000000000000) {
    mantissa /= 2;
    exponent += 1;
  }
  while (mantissa !== Math.floor(mantissa)) {
    mantissa *= 2;
    exponent -= 1;
  }
  const turns = BigInt.asUintN(162, (BigInt(mantissa) * twoOverPiBits) >> BigInt(1280 - exponent - 160));
  const n = (turns + (1n << 159n)) >> 160n;
  const fraction = turns - (n << 160n);
  const high = Number(fraction);
  const low = Number(fraction - BigInt(high)) * 2 ** -160;
  const scaled = high * 2 ** -160;
  const product = scaled * halfPiHigh;
  const rest = productError(scaled, halfPiHigh, product) + (scaled * halfPiLow + low * halfPiHigh);
  const sign = x < 0 ? -1 : 1;
  reduced.high = sign * (product + rest);
  reduced.low = sign * (product - (product + rest) + rest);
  return (Number(n) * sign) & 3;
}

/** Sets `out` to the sine of the reduced argument. */
function sineKernel(out: Pair): void {
  const r = reduced.high;
  const z = r * r;
  const series =
    -1 / 6 +
    z *
      (1 / 120 +
        z *
          (-1 / 5040 +
            z *
              (1 / 362880 +
                z * (-1 / 39916800 + z * (1 / 6227020800 + z * (-1 / 1307674368000 + z / 355687428096000))))));
  const tail = r * z * series + reduced.low * (1 - 0.5 * z);
  out.high = r + tail;
  out.low = r - out.high + tail;
}

/** Sets `out` to the cosine of the reduced argument. */
function cosineKernel(out: Pair): void {
  const r = reduced.high;
  const z = r * r;
  const series =
    1 / 24 +
    z *
      (-1 / 720 +
        z *
          (1 / 40320 +
            z *
              (-1 / 3628800 +
                z * (1 / 479001600 + z * (-1 / 87178291200 + z * (1 / 20922789888000 - z / 6402373705728000))))));
  const half = 0.5 * z;
  const lead = 1 - half;
  const tail = 1 - lead - half + (z * z * series - 0.5 * productError(r, r, z) - r * reduced.low);
  out.high = lead + tail;
  out.low = lead - out.high + tail;
}

/** Sine of an angle in radians; NaN for ±Infinity. */
export function sin(x: number): number {
  if (!(Math.abs(x) > 1e-8)) return x;
  if (!(Math.abs(x) < Infinity)) return NaN;
  const quadrant = reduce(x);
  if ((quadrant & 1) === 0) sineKernel(sinePair);
  else cosineKernel(sinePair);
  return quadrant > 1 ? -sinePair.high : sinePair.high;
}

/** Cosine of an angle in radians; NaN for ±Infinity. */
export function cos(x: number): number {
  if (!(Math.abs(x) < Infinity)) return NaN;
  const quadrant = reduce(x);
  if ((quadrant & 1) === 0) cosineKernel(cosinePair);
  else sineKernel(cosinePair);
  return quadrant === 1 || quadrant === 2 ? -cosinePair.high : cosinePair.high;
}

/** Tangent of an angle in radians; NaN for ±Infinity. */
export function tan(x: number): number {
  if (!(Math.abs(x) > 1e-8)) return x;
  if (!(Math.abs(x) < Infinity)) return NaN;
  const quadrant = reduce(x);
  sineKernel(sinePair);
  cosineKernel(cosinePair);
  if ((quadrant & 1) === 0) dividePairs(sinePair.high, sinePair.low, cosinePair.high, cosinePair.low, sinePair);
  else dividePairs(-cosinePair.high, -cosinePair.low, sinePair.high, sinePair.low, sinePair);
  return sinePair.high + sinePair.low;
}
