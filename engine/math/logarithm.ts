/**
 * Logarithms, the same bits on every host.
 * Method: Tang, "Table-driven implementation of the logarithm function in IEEE floating-point arithmetic",
 * ACM TOMS 16 (1990): x = 2^k·m, F = j/128 next to m, log m = log F + 2 artanh((m − F)/(m + F)).
 */
import { dividePairs, productError, sumError, type Pair } from './double-double.ts';
import { logarithms } from './logarithm-table.ts';

/** ln 2 in two parts, the first a multiple of 2^−42. */
const ln2High = 0.6931471805598903;
const ln2Low = 5.497923018708371e-14;
/** 1/ln 10 in two parts. */
const inverseLn10High = 0.4342944819032518;
const inverseLn10Low = 1.098319650216765e-17;

const numbers = new Float64Array([1]);
const words = new Uint32Array(numbers.buffer);
/** Index of the word with sign and exponent: 1 on little-endian hosts. */
const highWord = words[1] === 0x3ff00000 ? 1 : 0;

const ratio: Pair = { high: 0, low: 0 };

/** Sets `out` to log x with about 68 correct bits, for positive finite x. */
export function expandLogarithm(x: number, out: Pair): void {
  const subnormal = x < 2.2250738585072014e-308;
  numbers[0] = subnormal ? x * 0x40000000000000 : x;
  const word = words[highWord] as number;
  words[highWord] = (word & 0xfffff) | 0x3ff00000;
  let exponent = (word >>> 20) - (subnormal ? 1077 : 1023);
  let mantissa = numbers[0];
  if (mantissa > 1.4142135623730951) {
    mantissa *= 0.5;
    exponent += 1;
  }
  const nearest = Math.floor(mantissa * 128 + 0.5);
  const centre = nearest / 128;
  const sum = mantissa + centre;
  dividePairs(mantissa - centre, 0, sum, sumError(mantissa, centre, sum), ratio);
  const u = ratio.high;
  const z = u * u;
  const entry = 2 * (nearest - 90);
  const base = exponent * ln2High + (logarithms[entry] as number);
  const high = base + 2 * u;
  const tail =
    exponent * ln2Low +
    (logarithms[entry + 1] as number) +
    (2 * ratio.low + u * z * (2 / 3 + z * (2 / 5 + z * (2 / 7))));
  const low = sumError(base, 2 * u, high) + tail;
  out.high = high + low;
  out.low = high - out.high + low;
}

const pair: Pair = { high: 0, low: 0 };

/** Natural logarithm: −Infinity at 0, NaN below. */
export function log(x: number): number {
  if (!(x > 0) || x === Infinity) return edge(x);
  expandLogarithm(x, pair);
  return pair.high;
}

/** Decimal logarithm; exact at powers of ten. */
export function log10(x: number): number {
  if (!(x > 0) || x === Infinity) return edge(x);
  expandLogarithm(x, pair);
  const product = pair.high * inverseLn10High;
  return (
    product +
    (productError(pair.high, inverseLn10High, product) + (pair.high * inverseLn10Low + pair.low * inverseLn10High))
  );
}

/** log(1 + x), accurate near 0. */
export function log1p(x: number): number {
  if (!(Math.abs(x) > 1e-17)) return x;
  const sum = 1 + x;
  if (!(sum > 0) || sum === Infinity) return edge(sum);
  expandLogarithm(sum, pair);
  const rest = sumError(1, x, sum) / sum;
  return pair.high + (pair.low + rest);
}

/** Logarithm of what is not a positive finite number. */
function edge(x: number): number {
  if (x === 0) return -Infinity;
  return x === Infinity ? x : NaN;
}
