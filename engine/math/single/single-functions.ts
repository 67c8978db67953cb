/**
 * exp, log and tanh in single precision: polynomials without tables or branches. Every constant is an f32; the coefficients are
 * Chebyshev fits, rounded.
 */
import { polynomial, rarelyOne, singleWholeShift, type Lanes } from '../lanes/lanes.ts';
import { quickSumError } from '../lanes/pairs.ts';

const inverseLn2 = 1.4426950216293335;
/** ln 2 in two parts, the first with 9 bits so that its multiples are exact. */
const ln2High = 0.693359375;
const ln2Low = -0.00021219444170128554;

/** e^x for −104 ≤ x ≤ 89 as 2^exponent × (1 + change), |change| < 0.42. */
function reducedExponential<V, M, I>(l: Lanes<V, M, I>, x: V): { readonly change: V; readonly exponent: I } {
  const shifted = l.add(l.multiply(x, l.constant(inverseLn2)), l.constant(singleWholeShift));
  const n = l.subtract(shifted, l.constant(singleWholeShift));
  const reduced = l.subtract(x, l.multiply(n, l.constant(ln2High)));
  const r = l.subtract(reduced, l.multiply(n, l.constant(ln2Low)));
  const square = l.multiply(r, r);
  const first = l.add(l.constant(0.5), l.multiply(r, l.constant(0.16666576266288757)));
  const second = l.add(l.constant(0.04166655242443085), l.multiply(r, l.constant(0.008363292552530766)));
  const rest = l.add(second, l.multiply(square, l.constant(0.0013926326064392924)));
  const series = l.add(first, l.multiply(square, rest));
  const change = l.add(r, l.multiply(square, series));
  return { change, exponent: l.integerIn(shifted) };
}

/** e^x; 0 and Infinity outside the range of numbers. */
export function singleExponential<V, M, I>(l: Lanes<V, M, I>, x: V): V {
  const { change, exponent } = reducedExponential(l, x);
  const value = l.add(l.constant(1), change);
  const far = l.less(l.constant(87), l.absolute(x));
  return rarelyOne(l, far, l.scale(value, exponent), () => {
    const half = l.shiftRight(exponent, 1);
    const rest = l.subtractIntegers(exponent, half);
    const near = l.multiply(l.multiply(value, l.powerOfTwo(half)), l.powerOfTwo(rest));
    const bounded = l.select(l.less(x, l.constant(-104)), l.constant(0), near);
    return l.select(l.less(l.constant(89), x), l.constant(Infinity), bounded);
  });
}

/** Natural logarithm: −Infinity at 0, NaN below. */
export function singleLogarithm<V, M, I>(l: Lanes<V, M, I>, x: V): V {
  const subnormal = l.less(x, l.constant(2 ** -126));
  const normal = l.select(subnormal, l.multiply(x, l.constant(2 ** 24)), x);
  const position = l.addIntegers(l.bitsFrom(normal, 0), l.integer(0x3f800000 - 0x3f3504f3));
  const exponent = l.shiftRight(position, 23);
  const whole = l.subtract(l.toValue(exponent), l.constant(127));
  const k = l.select(subnormal, l.subtract(whole, l.constant(24)), whole);
  const f = l.subtract(l.scale(normal, l.subtractIntegers(l.integer(127), exponent)), l.constant(1));
  const series = polynomial(
    l,
    f,
    [
      -0.5, 0.3333333134651184, -0.2499999701976776, 0.20000715553760529, -0.1666780263185501, 0.1424904316663742,
      -0.12425684928894043, 0.1168556809425354, -0.11479822546243668, 0.06971289962530136,
    ],
  );
  const high = l.multiply(k, l.constant(ln2High));
  const sum = l.add(high, f);
  const low = l.add(quickSumError(l, high, f, sum), l.multiply(k, l.constant(ln2Low)));
  const value = l.add(sum, l.add(low, l.multiply(l.multiply(f, f), series)));
  const positive = l.select(l.less(l.constant(0), x), value, l.constant(NaN));
  const finite = l.select(l.less(x, l.constant(Infinity)), positive, l.add(x, x));
  return l.select(l.equal(x, l.constant(0)), l.constant(-Infinity), finite);
}

/** Hyperbolic tangent: a polynomial below 0.65, else 1 − 2/(e^2x + 1) with the divisor in two parts. */
export function singleHyperbolicTangent<V, M, I>(l: Lanes<V, M, I>, x: V): V {
  const one = l.constant(1);
  const size = l.smaller(l.absolute(x), l.constant(10));
  const square = l.multiply(size, size);
  const series = polynomial(
    l,
    square,
    [-0.33333325386047363, 0.13332533836364746, -0.053816892206668854, 0.020843619480729103, -0.005883947946131229],
  );
  const near = l.add(size, l.multiply(l.multiply(size, square), series));
  const { change, exponent } = reducedExponential(l, l.add(size, size));
  const factor = l.powerOfTwo(exponent);
  const value = l.add(one, change);
  const power = l.multiply(value, factor);
  const divisor = l.add(power, one);
  const powerLow = l.multiply(quickSumError(l, one, change, value), factor);
  const low = l.add(quickSumError(l, power, one, divisor), powerLow);
  const inverse = l.divide(one, divisor);
  const correction = l.multiply(l.multiply(inverse, inverse), low);
  const half = l.subtract(inverse, correction);
  const far = l.subtract(one, l.add(half, half));
  return l.withSign(l.select(l.less(size, l.constant(0.65)), near, far), x);
}
