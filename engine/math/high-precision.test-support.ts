/** Elementary functions on whole numbers of 1,400 bits, against which tests measure errors in units of the last place. */

/** Bits after the point. */
const bits = 1400n;
const one = 1n << bits;

const view = new DataView(new ArrayBuffer(8));

/** A finite number as a fixed-point value, exactly (subnormals below 2^−1400 do not exist). */
export function fixed(x: number): bigint {
  view.setFloat64(0, x);
  const word = view.getBigUint64(0);
  const exponent = (word >> 52n) & 0x7ffn;
  const mantissa = (word & 0xfffffffffffffn) | (exponent === 0n ? 0n : 1n << 52n);
  const shift = bits - 1074n + (exponent === 0n ? 0n : exponent - 1n);
  return (x < 0 ? -1n : 1n) * (mantissa << shift);
}

/** Distance of `approximate` from the exact fixed-point value, in units in the last place of `approximate`. */
export function unitsInLastPlace(approximate: number, exact: bigint): number {
  view.setFloat64(0, Math.abs(approximate));
  const exponent = (view.getBigUint64(0) >> 52n) & 0x7ffn;
  const unit = 1n << (bits - 1074n + (exponent === 0n ? 0n : exponent - 1n));
  const distance = fixed(approximate) - exact;
  return Number(((distance < 0n ? -distance : distance) << 20n) / unit) / 2 ** 20;
}

export const multiply = (left: bigint, right: bigint): bigint => (left * right) >> bits;
export const divide = (left: bigint, right: bigint): bigint => (left << bits) / right;

/** Square root of a fixed-point value. */
export function squareRoot(x: bigint): bigint {
  const target = x << bits;
  let root = 1n << BigInt(Math.ceil(target.toString(2).length / 2));
  for (;;) {
    const next = (root + target / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/** Sum of terms, each from the one before, until they vanish. */
function series(first: bigint, next: (term: bigint, index: bigint) => bigint): bigint {
  let sum = 0n;
  let term = first;
  for (let index = 1n; term > 8n || term < -8n; index += 1n) {
    sum += term;
    term = next(term, index);
  }
  return sum;
}

/** e^x by halving the argument 40 times. */
export function exponential(x: bigint): bigint {
  const ln2 = naturalLogarithmOfTwo;
  const turns = x / ln2;
  let value = series(one, (term, index) => multiply(term, (x - turns * ln2) >> 40n) / index);
  for (let time = 0; time < 40; time += 1) value = multiply(value, value);
  return turns >= 0n ? value << turns : value >> -turns;
}

/** 2·artanh(x). */
function doubleArtanh(x: bigint): bigint {
  const square = multiply(x, x);
  let sum = 0n;
  let power = x;
  for (let index = 1n; power > 8n || power < -8n; index += 2n) {
    sum += power / index;
    power = multiply(power, square);
  }
  return 2n * sum;
}

const naturalLogarithmOfTwo = doubleArtanh(one / 3n);

/** log x for x > 0. */
export function logarithm(x: bigint): bigint {
  const exponent = BigInt(x.toString(2).length) - bits - 1n;
  let root = exponent >= 0n ? x >> exponent : x << -exponent;
  for (let time = 0; time < 6; time += 1) root = squareRoot(root);
  return exponent * naturalLogarithmOfTwo + 64n * doubleArtanh(divide(root - one, root + one));
}

/** arctan x. */
export function arctangent(x: bigint): bigint {
  let small = x;
  for (let time = 0; time < 8; time += 1) small = divide(small, one + squareRoot(one + multiply(small, small)));
  const square = multiply(small, small);
  let sum = 0n;
  let power = small;
  for (let index = 1n; power > 8n || power < -8n; index += 2n) {
    sum += power / index;
    power = -multiply(power, square);
  }
  return sum * 256n;
}

export const pi = 4n * arctangent(one);

/** sin x. */
export function sine(x: bigint): bigint {
  const reduced = x % (2n * pi);
  const square = multiply(reduced, reduced);
  return series(reduced, (term, index) => -multiply(term, square) / (2n * index * (2n * index + 1n)));
}

/** cos x. */
export function cosine(x: bigint): bigint {
  return sine(x + pi / 2n);
}

export { one };
