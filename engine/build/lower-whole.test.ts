/** Tests of whole numbers in equations: what stays whole, wraps, and how both targets compute it (rule E38). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeMemory } from '../../electron/platform/node-memory.ts';
import { expectOk } from '../base/result.ts';
import { parseExpression } from '../equations/parser.ts';
import { createSimulation } from '../runtime/simulation.ts';
import { f64, load, loadI32, toI32, uniform } from './ir/expressions.ts';
import { store } from './ir/statements.ts';
import { typeOf } from './ir/type-of.ts';
import type { Expression } from './ir/types.ts';
import { toInt32 } from './lower-whole.ts';
import { lower, type LoweringScope } from './lower.ts';
import type { Program } from './program.ts';

type Inputs = readonly [m: number, n: number, k: number];

/** m, n and k are variables; `two` is a constant without fraction, `half` one with, `x` a variable with fractions. */
const scope: LoweringScope = {
  integers: true,
  isWhole: (name) => name === 'two',
  names: new Map<string, Expression>([
    ['m', loadI32('e/in', 0)],
    ['n', loadI32('e/in', 1)],
    ['k', loadI32('e/in', 2)],
    ['x', load('e/fraction', 0)],
    ['two', f64(2)],
    ['half', f64(0.5)],
  ]),
  random: () => uniform(1, 0),
};

function lowered(text: string, within: LoweringScope = scope): Expression {
  return lower(expectOk(parseExpression(text)), within);
}

/** Values of expressions stored as 32-bit integers, alike on both targets. */
function values(texts: readonly string[], inputs: Inputs): readonly number[] {
  const [found, wanted] = (['wasm', 'interpreter'] as const).map((target) => run(texts, inputs, target));
  expect(found).toEqual(wanted);
  return found ?? [];
}

function run(texts: readonly string[], inputs: Inputs, target: 'wasm' | 'interpreter'): readonly number[] {
  const simulation = expectOk(createSimulation({ program: programOf(texts, inputs), target, memory: nodeMemory }));
  simulation.advance(1);
  const found = [...simulation.readSignal('e/out')].map(Number);
  simulation.dispose();
  return found;
}

function programOf(texts: readonly string[], inputs: Inputs): Program {
  const signal = { element: 'e', unit: '1' } as const;
  const i32 = { ...signal, type: 'i32' } as const;
  const body = texts.map((text, place) => {
    const value = lowered(text);
    return store('e/out', place, typeOf(value) === 'i32' ? value : toI32(value));
  });
  return {
    name: 'whole',
    timeStepSeconds: 1e-3,
    steps: 1,
    seed: 1,
    probes: [],
    readouts: [],
    elements: [],
    signals: [
      { ...i32, id: 'e/in', name: 'in', shape: [3], initial: Int32Array.from(inputs), role: 'constant' },
      { ...signal, type: 'f64', id: 'e/fraction', name: 'fraction', shape: [1], initial: 2.75, role: 'constant' },
      { ...i32, id: 'e/out', name: 'out', shape: [texts.length], initial: 0, role: 'transient' },
    ],
    operators: [
      {
        id: 'e/set',
        element: 'e',
        slot: 'groups',
        reads: ['e/in', 'e/fraction'],
        sets: ['e/out'],
        adds: [],
        updates: [],
        readsUpdated: [],
        body,
      },
    ],
  };
}

const smallest = -(2 ** 31);
const largest = 2 ** 31 - 1;

describe('whole numbers', () => {
  it.each([
    ['largest and one', 'm + n', [largest, 1, 0], smallest],
    ['smallest less one', 'm - n', [smallest, 1, 0], largest],
    ['a large product', 'm * n', [65537, 65537, 0], 131073],
    ['a large square', 'm**2', [65537, 0, 0], 131073],
    ['an eighth power', 'm**8', [17, 0, 0], Number(BigInt.asIntN(32, 17n ** 8n))],
    ['a ninth power, which has fractions and is cut when written', 'm**9', [17, 0, 0], largest],
    ['a power to a variable, likewise', 'm**n', [10, 10, 0], largest],
    ['minus the smallest', '-m', [smallest, 0, 0], smallest],
    ['abs of the smallest', 'abs(m)', [smallest, 0, 0], smallest],
    ['abs', 'abs(m)', [-7, 0, 0], 7],
    ['sign below', 'sign(m)', [-7, 0, 0], -1],
    ['sign of none', 'sign(m)', [0, 0, 0], 0],
    ['sign above', 'sign(m)', [largest, 0, 0], 1],
    ['min', 'min(m, n)', [3, -4, 0], -4],
    ['max', 'max(m, n)', [3, -4, 0], 3],
    ['clip', 'clip(m, n, k)', [30, -4, 4], 4],
    ['floor and ceil of a wrapped sum', 'floor(m + 1) - ceil(m + 1)', [largest, 0, 0], 0],
    ['a wrapped sum inside a function', 'max(m + 1, n)', [largest, 5, 0], 5],
    ['a quotient, rounded down', 'm // n', [-7, 2, 0], -4],
    ['a remainder with the sign of the divisor', 'm % n', [-7, 2, 0], 1],
    ['a quotient by nothing', 'm // n', [7, 0, 0], 0],
    ['a remainder by nothing', 'm % n', [7, 0, 0], 0],
    ['a quotient by a written zero', 'm // 0', [7, 0, 0], 0],
    ['the one quotient past the end', 'm // n', [smallest, -1, 0], largest],
    ['a whole constant', 'm + two', [largest, 0, 0], smallest + 1],
    ['a constant of 32 bits', 'm + 2147483647', [1, 0, 0], smallest],
    ['one past 32 bits makes fractions, cut when written', 'm + 2147483648', [1, 0, 0], largest],
    ['a fraction among them, cut when written', 'm*half', [-7, 0, 0], -3],
  ] as const)('%s: %s', (_, text, inputs, wanted) => {
    expect(values([text], inputs)).toEqual([wanted]);
  });

  it.each(['m + n', 'm*two', 'm**3', '-m', 'abs(m)', 'clip(m, 0, 5)', 'floor(m)', 'm // n', 'm % 3', 'm + int(x)'])(
    '%s stays whole',
    (text) => {
      expect(typeOf(lowered(text))).toBe('i32');
    },
  );

  it.each(['m / n', 'm + half', 'm + 1.0', 'm + x', 'm**n', 'm**0', 'm**9', 'min(m, x)', 'sqrt(m)', 'two + 1'])(
    '%s may have fractions',
    (text) => {
      expect(typeOf(lowered(text))).toBe('f64');
    },
  );

  it.each(['m + n', 'm**2', 'abs(m)', 'm % n'])('%s has fractions where integers are not kept', (text) => {
    expect(typeOf(lowered(text, { ...scope, integers: false }))).toBe('f64');
  });

  it('constants alone have the digits of a double', () => {
    expect(lowered('two*1000000000000 + 1')).toEqual(f64(2e12 + 1));
    expect(lowered('7 // two')).toEqual(f64(3));
    expect(lowered('-7 % 3')).toEqual(f64(2));
  });

  it('sums, products and powers of any integers are those of 32 bits', () => {
    const integers = fc.oneof(fc.integer(), fc.constantFrom(0, 1, -1, smallest, largest));
    const texts = ['m + n*k', 'm*n - k', '(m - n)**3', 'abs(m*n)', 'max(m + n, k)', '-(m + n + k)'];
    fc.assert(
      fc.property(fc.tuple(integers, integers, integers), (inputs) => {
        const [m, n, k] = inputs.map(BigInt) as [bigint, bigint, bigint];
        const wrap = (value: bigint): bigint => BigInt.asIntN(32, value);
        const product = wrap(m * n);
        const sum = wrap(m + n);
        const wanted = [
          m + n * k,
          m * n - k,
          (m - n) ** 3n,
          product < 0n ? -product : product,
          sum > k ? sum : k,
          -(m + n + k),
        ];
        expect(values(texts, inputs)).toEqual(wanted.map((value) => Number(wrap(value))));
      }),
      { numRuns: 60 },
    );
  });

  it('numbers become integers towards zero, within 32 bits', () => {
    expect([2.9, -2.9, 1e10, -1e10, Number.NaN, -0.5].map(toInt32)).toEqual([2, -2, largest, smallest, 0, 0]);
  });
});
