import { describe, expect, it } from 'vitest';
import { expectOk } from '../base/result.ts';
import { linearForm } from '../equations/classify.ts';
import { number } from '../equations/make-tree.ts';
import { parseExpression } from '../equations/parser.ts';
import { printTree } from '../equations/print.ts';
import { decayForm } from './decay-form.ts';

describe('decay form', () => {
  it.each([
    ['(a*(E - x) + b*(F - x) - (x - L))/tau', 'a * E + b * F - -L', 'a + b + 1', 'tau'],
    ['-x/tau', '0', '1', 'tau'],
    ['(I - x)/tau', 'I', '1', 'tau'],
    ['I - g*x', 'I', 'g', undefined],
    ['I + g*x', 'I', '-g', undefined],
    ['I/tau - x/theta', 'I / tau', '1 / theta', undefined],
    ['(a - (b - c)*x)/tau', 'a', 'b - c', 'tau'],
    ['I', 'I', '0', undefined],
  ])('of %s', (text, rest, decay, divisor) => {
    const form = linearForm(expectOk(parseExpression(text)), new Set(['x']), true);
    const { constant, coefficients } = form ?? { constant: number(0), coefficients: new Map() };
    const made = decayForm(constant, coefficients.get('x') ?? number(0));
    expect([printTree(made.rest), printTree(made.decay), made.divisor && printTree(made.divisor)]).toEqual([
      rest,
      decay,
      divisor,
    ]);
  });
});
