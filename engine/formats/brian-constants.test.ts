/** Functions in constants have the value that the build gives them, or a Problem. */
import { describe, expect, it } from 'vitest';
import { readConstants } from '../equations/constants-text.ts';
import { builtinFunctions } from '../equations/functions.ts';
import { call } from './brian-neuron.ts';

describe('constants', () => {
  it.each([
    ['clip(2, 0, 1)', 1],
    ['clip(2, 3, 1)', 1],
    ['min(1, 2) + max(1, 2)', 3],
    ['where(1 > 2, 5, 7)', 7],
    ['int(-2.5) + int(2 > 1)', -1],
    ['sign(-2)*floor(2.5)', -2],
  ])('%s = %d', (text, value) => {
    const read = readConstants(`x = ${text}`, call);
    expect(read.ok && read.value.get('x')?.value).toBe(value);
  });

  it('take every function of the language: a value or a reason, never a fault', () => {
    for (const [name, { arity }] of builtinFunctions) {
      const text = `x = ${name}(${Array.from({ length: arity }, () => '0.5').join(', ')})`;
      const read = readConstants(text, call);
      expect(read.ok ? Number.isFinite(read.value.get('x')?.value) : read.problems.length > 0, text).toBe(true);
    }
  });
});
