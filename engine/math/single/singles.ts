/** Lanes of one JavaScript number that is an f32: every operation rounds to single precision. */
import type { Lanes } from '../lanes/lanes.ts';
import { numbers } from '../lanes/numbers.ts';

const number = new Float32Array(1);
const word = new Int32Array(number.buffer);

/** The value whose bits are changed. */
function withBits(x: number, change: (bits: number) => number): number {
  number[0] = x;
  word[0] = change(word[0] as number);
  return number[0];
}

export const singles: Lanes<number, boolean, number> = {
  ...numbers,
  constant: (value) => Math.fround(value),
  add: (left, right) => Math.fround(left + right),
  subtract: (left, right) => Math.fround(left - right),
  multiply: (left, right) => Math.fround(left * right),
  divide: (left, right) => Math.fround(left / right),
  squareRoot: (x) => Math.fround(Math.sqrt(x)),
  upperHalf: (x) => withBits(x, (bits) => bits & ~0xfff),
  integerIn(shifted) {
    number[0] = shifted;
    return word[0] as number;
  },
  bitsFrom(x, count) {
    number[0] = x;
    return (word[0] as number) >>> count;
  },
  powerOfTwo: (exponent) => withBits(0, () => (exponent + 127) << 23),
  scale: (x, exponent) => withBits(x, (bits) => bits + (exponent << 23)),
  lookup() {
    throw new Error('Bug: tables hold double precision');
  },
};
