import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeMemory } from '../../electron/platform/node-memory.ts';
import { expectOk } from '../base/result.ts';
import type { Value } from '../equations/evaluate.ts';
import { evaluate } from '../equations/evaluate.ts';
import { builtinFunctions } from '../equations/functions.ts';
import { parseExpression } from '../equations/parser.ts';
import type { Tree } from '../equations/tree.ts';
import { functionTable } from '../math/function-table.ts';
import { createSimulation } from '../runtime/simulation.ts';
import { f64, i32Local, load, uniform } from './ir/expressions.ts';
import { printExpression } from './ir/print.ts';
import { letF64, store } from './ir/statements.ts';
import type { Expression } from './ir/types.ts';
import { asNumber, lower, type LoweringScope } from './lower.ts';
import type { Program } from './program.ts';

const names = ['x', 'y', 'z'] as const;
type Values = Readonly<Record<(typeof names)[number], number>>;

/** x and y are loads, z is a local: what equations meet in a population. */
const scope: LoweringScope = {
  names: new Map<string, Expression>([
    ['x', load('e/in', 0)],
    ['y', load('e/in', 1)],
    ['z', { kind: 'local', name: 'held_z', type: 'f64' }],
    ['inf', f64(Infinity)],
  ]),
  random: () => uniform(1, 0),
};

function treeOf(text: string): Tree {
  return expectOk(parseExpression(text));
}

/** The value of the lowered tree on a target; a boolean as 0 or 1. */
function lowered(tree: Tree, values: Values, target: 'interpreter' | 'wasm'): number {
  const signal = { element: 'e', type: 'f64', unit: '1' } as const;
  const body = [letF64('held_z', load('e/in', 2)), store('e/out', 0, asNumber(lower(tree, scope)))];
  const program: Program = {
    name: 'lower',
    timeStepSeconds: 1e-3,
    steps: 1,
    seed: 1,
    probes: [],
    readouts: [],
    elements: [],
    signals: [
      {
        ...signal,
        id: 'e/in',
        name: 'in',
        shape: [3],
        initial: Float64Array.of(values.x, values.y, values.z),
        role: 'constant',
      },
      { ...signal, id: 'e/out', name: 'out', shape: [1], initial: 0, role: 'transient' },
    ],
    operators: [
      {
        id: 'e/set',
        element: 'e',
        slot: 'groups',
        reads: ['e/in'],
        sets: ['e/out'],
        adds: [],
        updates: [],
        readsUpdated: [],
        body,
      },
    ],
  };
  const simulation = expectOk(createSimulation({ program, target, memory: nodeMemory }));
  simulation.advance(1);
  const [result] = simulation.readSignal('e/out');
  simulation.dispose();
  return result as number;
}

/** Plain evaluation, with the functions every target uses. */
function plain(tree: Tree, values: Values): number {
  return Number(evaluate(tree, { value: (name) => values[name as keyof Values], call }));
}

function call(name: string, parameters: readonly Value[]): number {
  const [first = 0, second = 0, third = 0] = parameters.map(Number);
  const own = composed[name];
  return own === undefined
    ? functionTable[name as keyof typeof functionTable](first, second)
    : own(first, second, third);
}

/** Functions that are made of other operations. */
const composed: Readonly<Record<string, ((first: number, second: number, third: number) => number) | undefined>> = {
  clip: (value, low, high) => Math.min(Math.max(value, low), high),
  int: whole,
  where: (condition, yes, no) => (condition === 0 ? no : yes),
  min: (left, right) => (left < right ? left : right),
  max: (left, right) => (left > right ? left : right),
  timestep: (time, interval) => Math.trunc((time + 1e-3 * interval) / interval),
};

/** A 32-bit whole number: towards zero, kept within its range. */
function whole(value: number): number {
  return Number.isNaN(value) ? 0 : Math.trunc(Math.min(Math.max(value, -(2 ** 31)), 2 ** 31 - 1)) + 0;
}

const sample: Values = { x: 0.75, y: -2.5, z: 3 };

describe('lower', () => {
  const written: readonly string[] = [
    'x + y',
    'x - y',
    'x * y',
    'x / y',
    'x // y',
    'y // x',
    'x % y',
    'y % x',
    'y // inf',
    'x // -inf',
    'y % inf',
    '-x',
    '+x',
    '-(x + y)',
    'int(x < y)',
    'int(x <= y)',
    'int(x > y)',
    'int(x >= y)',
    'int(x == y)',
    'int(x != y)',
    'int(x == x)',
    'int(x < y and y < z)',
    'int(x > y and y < z)',
    'int(x < y or y < z)',
    'int(x < y or y > z)',
    'int(not x > y)',
    'int(not x)',
    'int(not (x - x))',
    'int(True)',
    'int(False)',
    'int(-2.7)',
    'int(1e10*x)',
    'int(y*1e10)',
    'int(0*inf)',
    'where(x < y, x, y)',
    'where(x > y, x, 2)',
    'int(where(x > y, x > z, z > x))',
    'min(x, y)',
    'max(x, y)',
    'int(x > y) * 4 + 1',
    '2 + 3*x - y/4',
    '1e-3 + 5',
    'sqrt(x)',
    'abs(y)',
    'sign(y)',
    'sign(x)',
    'floor(y)',
    'ceil(y)',
    'clip(y, -1, 1)',
    'clip(x, -1, 1)',
    'clip(z, -1, 1)',
    'clip(z, 0, inf)',
    'int(y)',
    'int(x)',
    'timestep(x, 0.1)',
    'timestep(0.3, 0.1)',
    'exp(y)',
    'expm1(x)',
    'log(x)',
    'log1p(x)',
    'log10(x)',
    'sin(x)',
    'cos(x)',
    'tan(x)',
    'sinh(x)',
    'cosh(x)',
    'tanh(x)',
    'arcsin(x)',
    'arccos(x)',
    'arctan(x)',
    'exprel(y)',
    'x**0.5',
    'z**y',
    'z**-2',
    'x**1',
    '(x + y)**5',
  ];

  it.each(written)('%s', (text) => {
    const wanted = plain(treeOf(text), sample);
    expect(lowered(treeOf(text), sample, 'interpreter')).toBe(wanted);
    expect(lowered(treeOf(text), sample, 'wasm')).toBe(wanted);
  });

  it.each(['clip(x, 0, 1)', 'clip(x, 0, inf)', 'where(x <= 0, 0, x)'])('%s of what is no number is none', (text) => {
    const none = { ...sample, x: Number.NaN };
    expect(lowered(treeOf(text), none, 'interpreter')).toBeNaN();
    expect(lowered(treeOf(text), none, 'wasm')).toBeNaN();
  });

  it('has a written case for every function but the random ones', () => {
    const covered = [...builtinFunctions].filter(
      ([name, { random }]) => random || written.some((text) => text.includes(`${name}(`)),
    );
    expect(covered.length).toBe(builtinFunctions.size);
  });

  it('turns squares and cubes of what is at hand into products, and other powers into a call', () => {
    const print = (text: string): string => printExpression(lower(treeOf(text), scope));
    expect(print('x**2')).toBe('e/in[0] * e/in[0]');
    expect(print('z**3')).toBe('(held_z * held_z) * held_z');
    expect(print('(x + y)**2')).toContain('pow');
    expect(print('x**4')).toContain('pow');
  });

  it('agrees with plain evaluation on squares and cubes to the last places', () => {
    for (const text of ['x**2', 'y**2', 'z**3', 'y**3']) {
      expect(lowered(treeOf(text), sample, 'wasm')).toBeCloseTo(plain(treeOf(text), sample), 13);
    }
  });

  it('asks for a random number at every occurrence', () => {
    const asked: string[] = [];
    const random = (name: 'rand' | 'randn') => (asked.push(name), uniform(asked.length, i32Local('n')));
    expect(printExpression(lower(treeOf('rand() + randn() - rand()'), { ...scope, random }))).toBe(
      '(uniform(1, n) + uniform(2, n)) - uniform(3, n)',
    );
    expect(asked).toEqual(['rand', 'randn', 'rand']);
  });

  it('chooses by a condition, as integration methods ask for', () => {
    const span = { start: 0, end: 0 };
    const choice: Tree = {
      kind: 'select',
      condition: treeOf('x > y'),
      whenTrue: treeOf('z'),
      whenFalse: treeOf('x'),
      span,
    };
    expect(lowered(choice, sample, 'wasm')).toBe(3);
    expect(lowered({ ...choice, condition: treeOf('x < y') }, sample, 'interpreter')).toBe(0.75);
  });

  it('takes a name that is not in scope for a bug', () => {
    expect(() => lower(treeOf('x + nothing'), scope)).toThrow(/nothing is not in scope/);
  });
});

/** Random texts: numbers and conditions, nested. */
const { number: anyNumber } = fc.letrec<{ number: string; condition: string }>((tie) => ({
  number: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.constantFrom(...names),
    fc.constantFrom('0', '1', '2.5', '1e-3', '7'),
    fc
      .tuple(tie('number'), fc.constantFrom('+', '-', '*', '/', '//', '%'), tie('number'))
      .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
    tie('number').map((operand) => `(-${operand})`),
    fc
      .tuple(fc.constantFrom('tanh', 'abs', 'floor', 'sign', 'exp', 'sin', 'arctan', 'int'), tie('number'))
      .map(([name, operand]) => `${name}(${operand})`),
    tie('condition').map((condition) => `int(${condition})`),
  ),
  condition: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc
      .tuple(tie('number'), fc.constantFrom('<', '<=', '>', '>=', '==', '!='), tie('number'))
      .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
    fc
      .tuple(tie('condition'), fc.constantFrom('and', 'or'), tie('condition'))
      .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
    tie('condition').map((condition) => `(not ${condition})`),
    tie('number').map((operand) => `(not ${operand})`),
  ),
}));

describe('lower of random expressions', () => {
  const value = fc.oneof(
    fc.double({ min: -10, max: 10, noNaN: true }),
    fc.integer({ min: -4, max: 4 }),
    fc.constantFrom(Infinity, -Infinity, 5e-324, 1.7e308, -0, Number.NaN),
  );

  it('gives the bits of plain evaluation on both targets', () => {
    fc.assert(
      fc.property(anyNumber, value, value, value, (text, x, y, z) => {
        const values = { x, y, z };
        const wanted = plain(treeOf(text), values);
        expect(lowered(treeOf(text), values, 'interpreter')).toBe(wanted);
        expect(lowered(treeOf(text), values, 'wasm')).toBe(wanted);
      }),
      { numRuns: 300 },
    );
  });
});
