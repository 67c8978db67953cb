import { expect, it } from 'vitest';
import { reasonOf } from './port.ts';
import { causeOf } from './failure.ts';

/** What this engine says when a demand cannot be met. */
function refused(demand: () => unknown): string {
  try {
    demand();
    return 'nothing';
  } catch (error) {
    return reasonOf(error);
  }
}

it.each([
  ['a buffer', () => new ArrayBuffer(2 ** 52)],
  ['an array', () => new Float64Array(2 ** 45)],
  ['a list', () => new Array(2 ** 33)],
])('knows that %s did not fit', (_, demand) => {
  const reason = refused(demand);
  expect(causeOf(reason), reason).toBe('memory');
});

it.each([
  'Uncaught RangeError: Array buffer allocation failed',
  'Uncaught RangeError: Invalid array buffer length',
  'WebAssembly.Memory(): could not allocate memory',
])('knows the words of browsers: %s', (reason) => {
  expect(causeOf(reason)).toBe('memory');
});

it.each(['unreachable', 'x is not a function', 'Maximum call stack size exceeded', 'memory access out of bounds'])(
  'takes other faults for faults: %s',
  (reason) => {
    expect(causeOf(reason)).toBe('fault');
  },
);
