/** Tests of what is refused because it would take stack, memory or patience (rule E5): always a Problem, and soon. */
import { describe, expect, it } from 'vitest';
import { expectOk } from '../base/result.ts';
import { checkModel } from './check-model.ts';
import { parseModel } from './parse-model.ts';
import { parseExpression } from './parser.ts';
import { printTree } from './print.ts';
import { simplify } from './simplify.ts';
import { parseStatements } from './statements.ts';
import { readTables } from './tables-text.ts';
import { readEventBlocks, readHandlerBlocks, readTimedBlocks } from './text-blocks.ts';
import { treeTex } from './tex.ts';

const length = 16_384;

/** Parts that grow a text as far as it may, and far beyond. */
const parts = [
  'x+',
  'x ',
  'x',
  '1',
  '1.',
  '1e',
  '(',
  '(x+',
  ')',
  '-',
  'not ',
  'x**',
  'f(',
  'x,',
  ' ',
  '\n',
  '#',
  ':',
  ';',
  'x = ',
  'x = 1\n',
  'x : 1\n',
  'x : (',
  'x : 1 (constant,',
  'a: b -> c = 1\n',
  'a:\n',
  'every step:\n v=1\n',
  'every',
  'on p: v=1\n',
  '->',
  'x(1)\n',
];

const readers: Readonly<Record<string, (text: string) => { readonly ok: boolean }>> = {
  parseExpression,
  parseModel,
  parseStatements,
  readEventBlocks,
  readHandlerBlocks,
  readTimedBlocks,
  readTables: (text) => readTables(text, new Map(), () => 0),
};

describe.each(Object.entries(readers))('%s', (_, read) => {
  it.each(parts)('reads or refuses a text full of %j', (part) => {
    const text = part.repeat(Math.ceil(length / part.length)).slice(0, length);
    expect(typeof read(text).ok).toBe('boolean');
    expect(read(part.repeat(100_000)).ok).toBe(false);
  });
});

describe('expressions', () => {
  const problemOf = (text: string): string | undefined => parseExpression(text).problems[0]?.message;

  it.each([
    ['('.repeat(7000) + 'x' + ')'.repeat(7000), 'The expression is nested too deeply.'],
    ['-'.repeat(10_000) + 'x', 'The expression is nested too deeply.'],
    ['not '.repeat(3000) + 'x', 'The expression is nested too deeply.'],
    ['x**'.repeat(5000) + 'x', 'The expression is nested too deeply.'],
    ['x+'.repeat(8000) + 'x', 'The expression has too many parts within parts.'],
    ['('.repeat(10_000) + 'x' + ')'.repeat(10_000), 'The text has 20001 characters; 16384 can be read.'],
    ['x+'.repeat(50_000) + 'x', 'The text has 100001 characters; 16384 can be read.'],
  ])('%.12s…', (text, message) => {
    expect(problemOf(text)).toBe(message);
  });

  it('counts chains within chains', () => {
    const chain = (inner: string, operators: number): string => `(${inner}${'*x'.repeat(operators)})`;
    expect(problemOf(chain(`x + ${chain('x', 300)}`, 197))).toBeUndefined();
    expect(problemOf(chain(`x + ${chain('x', 300)}`, 199))).toBe('The expression has too many parts within parts.');
  });

  it('those that are taken are handled to the end', () => {
    const tallest = `${'('.repeat(199)}x${'+x)'.repeat(199)}${'+x'.repeat(300)}`;
    const tree = expectOk(parseExpression(tallest));
    expect(printTree(expectOk(parseExpression(printTree(tree))))).toBe(printTree(tree));
    expect(printTree(simplify(tree))).toBe(printTree(tree));
    expect(treeTex(tree).length).toBeGreaterThan(900);
  });

  it('long words are cut in messages', () => {
    expect(problemOf('1'.repeat(5000))).toBe(`"${'1'.repeat(39)}…" is too large a number.`);
    expect(problemOf(`1${'x'.repeat(5000)}`)).toBe(`"1${'x'.repeat(38)}…" is a number glued to a name.`);
    expect(problemOf(`a ${'x'.repeat(5000)}`)).toBe(`"${'x'.repeat(39)}…" cannot stand after "a".`);
  });
});

describe('subexpressions written out', () => {
  const problems = (lines: readonly string[]): readonly string[] => {
    const text = lines.join('\n');
    const found = checkModel(expectOk(parseModel(text)), { names: new Map() });
    return found.problems.map(({ at, message }) => `${text.slice(at?.span?.start, at?.span?.end)}: ${message}`);
  };
  const doubled = (count: number, flags = ''): string[] => [
    'a0 : 1',
    ...Array.from({ length: count }, (_, index) => `a${index + 1} = a${index} + a${index} : 1${flags}`),
  ];
  const tooLarge = 'The expression is too large once its subexpressions are written out.';

  it('that double with every line are a problem at the first one too many', () => {
    expect(problems(doubled(13))).toEqual([]);
    expect(problems(doubled(60))).toEqual([`a13 + a13: ${tooLarge}`]);
  });

  it('may double as long as each is a value of its own', () => {
    expect(problems(doubled(60, ' (constant over dt)'))).toEqual([]);
  });

  it('may not nest without end either', () => {
    const longer = Array.from({ length: 5 }, (_, index) => `a${index + 1} = a${index}${' + x'.repeat(300)} : 1`);
    expect(problems(['a0 : 1', 'x : 1', ...longer])).toEqual([`a1${' + x'.repeat(300)}: ${tooLarge}`]);
  });
});
