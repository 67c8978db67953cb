/**
 * Sine, cosine and tangent.
 * Reduction to |r| ≤ π/4: Cody and Waite, Software Manual for the Elementary Functions (1980), with π/2 in four parts; beyond
 * 2^20·π/2 after Payne and Hanek, SIGNUM 18 (1983), with digits of 2/π whose products are exact. Kernels: Taylor series.
 */
import { polynomial, wholeShift, type Lanes, type Pair } from './lanes/lanes.ts';
import { dividePairs, productError, quickPair, sumError } from './lanes/pairs.ts';
import { twoOverPiDigits } from './tables/two-over-pi.ts';

const twoOverPi = 0.6366197723675814;
/** π/2 as a sum: three parts of at most 33 bits, whose multiples up to 2^20 are exact, and the rest. */
const part1 = 1.5707963267341256;
const part2 = 6.077100506303966e-11;
const part3 = 2.0222662487111665e-21;
const part4 = 8.4784276603689e-32;
const halfPiHigh = 1.5707963267948966;
const halfPiLow = 6.123233995736766e-17;
/** From here on products with the parts are no longer exact. */
const largeFrom = 1647000;

/** An angle as r (a pair) and a multiple of π/2, held in the low bits of `turns`. */
interface Reduced<Value> {
  readonly r: Pair<Value>;
  readonly turns: Value;
}

function reduce<V, M, I>(l: Lanes<V, M, I>, x: V): Reduced<V> {
  const turns = l.add(l.multiply(x, l.constant(twoOverPi)), l.constant(wholeShift));
  const n = l.subtract(turns, l.constant(wholeShift));
  const first = l.subtract(x, l.multiply(n, l.constant(part1)));
  const secondPart = l.multiply(n, l.constant(-part2));
  const second = l.add(first, secondPart);
  const thirdPart = l.multiply(n, l.constant(-part3));
  const third = l.add(second, thirdPart);
  const errors = l.add(sumError(l, first, secondPart, second), sumError(l, second, thirdPart, third));
  const usual = quickPair(l, third, l.subtract(errors, l.multiply(n, l.constant(part4))));
  const large = l.not(l.lessEqual(l.absolute(x), l.constant(largeFrom)));
  const [high, low, whole] = l.rarely(large, [...usual, turns], () => reduceLarge(l, x)) as [V, V, V];
  return { r: [high, low], turns: whole };
}

/**
 * The same for large x = y·2^(24b) with 1 ≤ y < 2^24, which gives high, low and turns. Of y·(2/π)·2^(24b) the digits from
 * 2^72 upwards make multiples of 4 turns, and those far below make nothing.
 */
function reduceLarge<V, M, I>(l: Lanes<V, M, I>, x: V): readonly [V, V, V] {
  // Lanes that need no large reduction come along; their rows must lie in the table too.
  const size = l.larger(l.absolute(x), l.constant(1));
  const exponent = l.subtract(l.toValue(l.bitsFrom(size, 52)), l.constant(1023));
  const shifts = l.floor(l.multiply(l.add(exponent, l.constant(0.5)), l.constant(1 / 24)));
  const row = l.integerIn(l.add(shifts, l.constant(wholeShift)));
  const down = l.integerIn(l.add(l.multiply(shifts, l.constant(-24)), l.constant(wholeShift)));
  const y = l.scale(x, down);
  const upper = l.upperHalf(y);
  const lower = l.subtract(y, upper);
  let sum: Expansion<V> = [l.constant(0), l.constant(0), l.constant(0)];
  for (let digit = 0; digit < 11; digit += 1) {
    const value = l.lookup(twoOverPiDigits, l.addIntegers(row, l.integer(digit)), 0);
    const weighted = l.multiply(value, l.constant(2 ** (24 * (2 - digit))));
    sum = addTo(l, sum, withoutTurns(l, l.multiply(upper, weighted)));
    sum = addTo(l, sum, withoutTurns(l, l.multiply(lower, weighted)));
  }
  const whole = l.nearest(sum[0]);
  const [lead, rest] = quickPair(l, l.subtract(sum[0], whole), l.add(sum[1], sum[2]));
  const product = l.multiply(lead, l.constant(halfPiHigh));
  const products = l.add(l.multiply(lead, l.constant(halfPiLow)), l.multiply(rest, l.constant(halfPiHigh)));
  const error = productError(l, lead, l.constant(halfPiHigh), product);
  // NaN for what is infinite.
  const [high, low] = quickPair(l, l.add(product, l.subtract(x, x)), l.add(error, products));
  return [high, low, l.add(whole, l.constant(wholeShift))];
}

/** A sum of three numbers, the first the largest. */
type Expansion<Value> = readonly [Value, Value, Value];

function addTo<V, M, I>(l: Lanes<V, M, I>, [high, middle, low]: Expansion<V>, term: V): Expansion<V> {
  const first = l.add(high, term);
  const firstError = sumError(l, high, term, first);
  const second = l.add(middle, firstError);
  return [first, second, l.add(low, sumError(l, middle, firstError, second))];
}

/** x less a multiple of 4, exactly. */
function withoutTurns<V, M, I>(l: Lanes<V, M, I>, x: V): V {
  return l.subtract(x, l.multiply(l.nearest(l.multiply(x, l.constant(0.25))), l.constant(4)));
}

/** Sine of the reduced argument as a pair. */
function sineKernel<V, M, I>(l: Lanes<V, M, I>, [r, low]: Pair<V>): Pair<V> {
  const z = l.multiply(r, r);
  const series = polynomial(l, z, [
    -1 / 6,
    1 / 120,
    -1 / 5040,
    1 / 362880,
    -1 / 39916800,
    1 / 6227020800,
    -1 / 1307674368000,
    1 / 355687428096000,
  ]);
  const shift = l.multiply(low, l.subtract(l.constant(1), l.multiply(z, l.constant(0.5))));
  return quickPair(l, r, l.add(l.multiply(l.multiply(r, z), series), shift));
}

/** Cosine of the reduced argument as a pair. */
function cosineKernel<V, M, I>(l: Lanes<V, M, I>, [r, low]: Pair<V>): Pair<V> {
  const z = l.multiply(r, r);
  const series = polynomial(l, z, [
    1 / 24,
    -1 / 720,
    1 / 40320,
    -1 / 3628800,
    1 / 479001600,
    -1 / 87178291200,
    1 / 20922789888000,
    -1 / 6402373705728000,
  ]);
  const half = l.multiply(z, l.constant(0.5));
  const lead = l.subtract(l.constant(1), half);
  const rounded = l.subtract(l.subtract(l.constant(1), lead), half);
  const error = l.multiply(productError(l, r, r, z), l.constant(0.5));
  const fine = l.subtract(l.subtract(l.multiply(l.multiply(z, z), series), error), l.multiply(r, low));
  return quickPair(l, lead, l.add(rounded, fine));
}

/** Sine of an angle in radians; NaN for ±Infinity. */
export function sine<V, M, I>(l: Lanes<V, M, I>, x: V): V {
  const { r, turns } = reduce(l, x);
  const quarter = l.integerIn(turns);
  const value = l.select(l.isOdd(quarter), cosineKernel(l, r)[0], sineKernel(l, r)[0]);
  return l.select(l.equal(x, l.constant(0)), x, l.negateIfOdd(value, l.shiftRight(quarter, 1)));
}

/** Cosine of an angle in radians; NaN for ±Infinity. */
export function cosine<V, M, I>(l: Lanes<V, M, I>, x: V): V {
  const { r, turns } = reduce(l, x);
  const quarter = l.addIntegers(l.integerIn(turns), l.integer(1));
  const value = l.select(l.isOdd(quarter), cosineKernel(l, r)[0], sineKernel(l, r)[0]);
  return l.negateIfOdd(value, l.shiftRight(quarter, 1));
}

/** Tangent of an angle in radians; NaN for ±Infinity. */
export function tangent<V, M, I>(l: Lanes<V, M, I>, x: V): V {
  const { r, turns } = reduce(l, x);
  const odd = l.isOdd(l.integerIn(turns));
  const [sin, sinLow] = sineKernel(l, r);
  const [cos, cosLow] = cosineKernel(l, r);
  const over: Pair<V> = [l.select(odd, l.negate(cos), sin), l.select(odd, l.negate(cosLow), sinLow)];
  const under: Pair<V> = [l.select(odd, sin, cos), l.select(odd, sinLow, cosLow)];
  const [quotient, rest] = dividePairs(l, over, under);
  const value = l.add(quotient, rest);
  // Where the sine is tiny its splitting would lose bits that no longer matter.
  return l.select(l.less(l.absolute(x), l.constant(1e-8)), x, value);
}
