/** Tests of expressions: precedence, places of problems, printing (rules E1–E6). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectOk } from '../base/result.ts';
import { evaluate, floorDivide, floorModulo } from './evaluate.ts';
import { parseExpression } from './parser.ts';
import { printTree } from './print.ts';
import { simplify } from './simplify.ts';
import type { Tree } from './tree.ts';

function grouped(text: string): string {
  return withParentheses(expectOk(parseExpression(text)));
}

function withParentheses(tree: Tree): string {
  if (tree.kind === 'binary') return `(${withParentheses(tree.left)} ${tree.operator} ${withParentheses(tree.right)})`;
  if (tree.kind === 'unary') return `(${tree.operator} ${withParentheses(tree.operand)})`;
  return printTree(tree);
}

describe('precedence (E2)', () => {
  it.each([
    ['-x**2', '(- (x ** 2))'],
    ['2**-1', '(2 ** (- 1))'],
    ['a**b**c', '(a ** (b ** c))'],
    ['a - b - c', '((a - b) - c)'],
    ['a/b*c', '((a / b) * c)'],
    ['a - b*c', '(a - (b * c))'],
    ['-a*b', '((- a) * b)'],
    ['a % b // c', '((a % b) // c)'],
    ['not a == b', '(not (a == b))'],
    ['a or b and not c', '(a or (b and (not c)))'],
    ['a + b < c*d', '((a + b) < (c * d))'],
    ['+-x', '(+ (- x))'],
    ['f(a, b + 1)(', undefined],
    ['f()', 'f()'],
    ['(a\n + b) # comment\n * c', '((a + b) * c)'],
  ])('%s', (text, expected) => {
    if (expected === undefined) expect(parseExpression(text).ok).toBe(false);
    else expect(grouped(text)).toBe(expected);
  });

  it('integers have neither point nor exponent (E1)', () => {
    const literals = ['1', '1.', '.5', '1e3', '12'].map((text) => expectOk(parseExpression(text)));
    expect(literals.map((tree) => tree.kind === 'number' && [tree.value, tree.integer])).toEqual([
      [1, true],
      [1, false],
      [0.5, false],
      [1000, false],
      [12, true],
    ]);
  });

  it('spans cover each part, parentheses included', () => {
    const tree = expectOk(parseExpression('a + (b*c)'));
    expect(tree).toMatchObject({
      span: { start: 0, end: 9 },
      right: { span: { start: 4, end: 9 }, left: { span: { start: 5, end: 6 } } },
    });
  });
});

describe('what is refused (E3–E5)', () => {
  it.each([
    ['a < b < c', { start: 6, end: 7 }, 'Write (a < b) and (b < c).'],
    ['x^2', { start: 1, end: 2 }, 'Powers are written with **, as in x**2.'],
    ['x[0]', { start: 1, end: 2 }, 'Indexing does not exist in equations.'],
    ['a.b', { start: 1, end: 2 }, 'Parts of objects cannot be reached in equations.'],
    ['f(x=1)', { start: 3, end: 4 }, undefined],
    ['(a, b)', { start: 2, end: 3 }, undefined],
    ['a if c else b', { start: 2, end: 4 }, 'Multiply by int(condition) instead.'],
    ['a b', { start: 2, end: 3 }, 'An operator is missing between the two.'],
    ['a +', { start: 2, end: 3 }, 'A number, a name or a parenthesis is missing here.'],
    ['a / * b', { start: 4, end: 5 }, 'A number, a name or a parenthesis is missing here.'],
    ['(a', { start: 1, end: 2 }, undefined],
    ['a)', { start: 1, end: 2 }, undefined],
    ['a = b', { start: 2, end: 3 }, 'Comparisons are written ==.'],
    ['10mV', { start: 0, end: 4 }, 'Write 10*mV.'],
    ['1e999', { start: 0, end: 5 }, undefined],
    ['lambda', { start: 0, end: 6 }, 'An operator is missing between the two.'],
    ['a && b', { start: 2, end: 3 }, 'Write "and".'],
    ['é', { start: 0, end: 1 }, undefined],
    ['', { start: 0, end: 0 }, 'A number, a name or a parenthesis is missing here.'],
  ])('%s', (text, span, hint) => {
    const [found] = parseExpression(text).problems;
    expect({ code: found?.code, span: found?.at?.span, hint: found?.hint }).toEqual({
      code: 'equations/syntax',
      span,
      hint,
    });
  });

  it('any text gives a tree or problems with a place inside it', () => {
    const words = fc.constantFrom(
      'a',
      'x1',
      '2',
      '1.5',
      '+',
      '-',
      '*',
      '/',
      '**',
      '(',
      ')',
      ',',
      '<',
      '==',
      'and',
      'not',
      ' ',
      '\n',
      '=',
      ':',
      'exp(',
      '#',
      '^',
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 20 }), (parts) => {
        const text = parts.join(' ');
        const result = parseExpression(text);
        const span = result.problems[0]?.at?.span;
        expect(result.ok || (span !== undefined && span.start >= 0 && span.end <= text.length)).toBe(true);
      }),
    );
  });
});

describe('printing (E6)', () => {
  it.each([
    '(E - v + R * I) / tau',
    '-(a + b)**2',
    'a - (b - c)',
    '(a < b) == c',
    '2.0 * x',
    'not (a and b)',
    'a / (b * c)',
  ])('%s has the fewest parentheses', (text) => {
    expect(printTree(expectOk(parseExpression(text)))).toBe(text);
  });
});

describe('evaluate', () => {
  it.each([
    ['1/2', 0.5],
    ['-4 // 3', -2],
    ['-4 % 3', 2],
    ['-2.7 % 2', 1.2999999999999998],
    ['2.7 % -2', -1.2999999999999998],
    ['10*mV', 0.01],
    ['-1 // inf', -1],
    ['1 // -inf', -1],
    ['1 // inf', 0],
    ['-1 % inf', Infinity],
    ['inf // 2', Number.NaN],
    ['-2**2', -4],
    ['1 < 2 and not 2 == 3', true],
    ['not x', false],
    ['x*True', 3],
  ])('%s', (text, value) => {
    const call = (name: string, [a, b]: readonly (number | boolean)[]): number =>
      name === 'pow' ? Number(a) ** Number(b) : Number.NaN;
    expect(evaluate(expectOk(parseExpression(text)), { value: (name) => (name === 'x' ? 3 : undefined), call })).toBe(
      value,
    );
  });

  it('quotient and remainder belong together', () => {
    const values = fc.integer({ min: -1000, max: 1000 });
    fc.assert(
      fc.property(
        values,
        values.filter((divisor) => divisor !== 0),
        (a, b) => {
          expect(floorDivide(a, b) * b + floorModulo(a, b)).toBe(a);
        },
      ),
    );
  });
});

describe('simplify (E24)', () => {
  it.each([
    ['0 + x*1', 'x'],
    ['2*3/4', '1.5'],
    ['--x', 'x'],
    ['x**1 - 0', 'x'],
    ['1/0', '1 / 0'],
    ['2**0.5', '2**0.5'],
    ['not True', 'False'],
    ['1*exp(0 + y)', 'exp(y)'],
  ])('%s becomes %s', (text, expected) => {
    expect(printTree(simplify(expectOk(parseExpression(text))))).toBe(expected);
  });
});
