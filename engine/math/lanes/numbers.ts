/** Lanes of one JavaScript number. */
import type { Lanes } from './lanes.ts';

const number = new Float64Array([1]);
const words = new Uint32Array(number.buffer);
/** Index of the word with sign and exponent: 1 on little-endian hosts. */
const highWord = words[1] === 0x3ff00000 ? 1 : 0;
const lowWord = 1 - highWord;

export const numbers: Lanes<number, boolean, number> = {
  constant: (value) => value,
  add: (left, right) => left + right,
  subtract: (left, right) => left - right,
  multiply: (left, right) => left * right,
  divide: (left, right) => left / right,
  squareRoot: (x) => Math.sqrt(x),
  negate: (x) => -x,
  absolute: (x) => Math.abs(x),
  floor: (x) => Math.floor(x),
  ceil: (x) => Math.ceil(x),
  truncate: (x) => Math.trunc(x),
  nearest: roundHalfEven,
  smaller: (left, right) => (right < left ? right : left),
  larger: (left, right) => (left < right ? right : left),
  remainder: (dividend, divisor) => dividend % divisor,
  less: (left, right) => left < right,
  lessEqual: (left, right) => left <= right,
  equal: (left, right) => left === right,
  and: (left, right) => left && right,
  or: (left, right) => left || right,
  not: (mask) => !mask,
  select: (mask, whenTrue, whenFalse) => (mask ? whenTrue : whenFalse),
  rarely: (mask, usual, unusual) => (mask ? unusual() : usual),
  withSign(size, sign) {
    number[0] = sign;
    const negative = (words[highWord] as number) >= 0x80000000;
    return negative ? -Math.abs(size) : Math.abs(size);
  },
  upperHalf(x) {
    number[0] = x;
    words[lowWord] = (words[lowWord] as number) & 0xf8000000;
    return number[0];
  },
  integerIn(shifted) {
    number[0] = shifted;
    return (words[lowWord] as number) | 0;
  },
  bitsFrom(x, count) {
    number[0] = x;
    return (words[highWord] as number) >>> (count - 32);
  },
  integer: (value) => value,
  addIntegers: (left, right) => (left + right) | 0,
  subtractIntegers: (left, right) => (left - right) | 0,
  shiftRight: (x, count) => x >> count,
  lowBits: (x, count) => x & (2 ** count - 1),
  isOdd: (x) => (x & 1) === 1,
  toValue: (x) => x,
  powerOfTwo(exponent) {
    words[lowWord] = 0;
    words[highWord] = (exponent + 1023) << 20;
    return number[0] as number;
  },
  scale(x, exponent) {
    number[0] = x;
    words[highWord] = (words[highWord] as number) + (exponent << 20);
    return number[0];
  },
  negateIfOdd: (x, integer) => ((integer & 1) === 1 ? -x : x),
  lookup: (table, row, column) => table.content[row * table.columns + column] as number,
};

/** 2^52: adding it to a smaller number rounds to a whole one, half to even. */
const wholeFrom = 0x10000000000000;

/** The nearest whole number, half to even; keeps the sign of zero. */
function roundHalfEven(x: number): number {
  const size = Math.abs(x);
  if (!(size < wholeFrom)) return x;
  const rounded = size + wholeFrom - wholeFrom;
  return x < 0 || Object.is(x, -0) ? -rounded : rounded;
}
