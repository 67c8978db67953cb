import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectOk } from '../base/result.ts';
import { setContents } from '../base/written.ts';
import * as ir from '../build/ir/expressions.ts';
import { letF64, letI32, loop, store, when } from '../build/ir/statements.ts';
import type { BinaryOperator, Expression, FunctionName, Statement } from '../build/ir/types.ts';
import type { Operator, Program, Signal } from '../build/program.ts';
import { compile } from './compile.ts';
import { viewOf } from './layout.ts';

function signal(id: string, type: Signal['type'], length: number, initial: Signal['initial'] = 0): Signal {
  return { id, element: 'e', name: id, type, shape: [length], initial, unit: '1', role: 'state' };
}

function operator(body: readonly Statement[], reads: readonly string[], updates: readonly string[]): Operator {
  return { id: 'e/op', element: 'e', slot: 'groups', reads, sets: [], adds: [], updates, readsUpdated: [], body };
}

function program(signals: readonly Signal[], operators: readonly Operator[]): Program {
  return {
    name: 'test',
    timeStepSeconds: 1e-4,
    steps: undefined,
    seed: 1,
    signals,
    operators,
    probes: [],
    readouts: [],
    elements: [],
  };
}

/** Contents of a signal after `steps` steps on a target. */
function run(made: Program, target: 'wasm' | 'interpreter', id: string, steps: number) {
  const compiled = expectOk(compile(made, target));
  const memory = new WebAssembly.Memory({ initial: Math.ceil(compiled.layout.totalBytes / 65_536) });
  for (const { id: name, initial } of compiled.program.signals) {
    setContents(viewOf(compiled.layout, memory, name), initial);
  }
  const execute = compiled.instantiate(memory);
  for (let step = 0; step < steps;) step += execute(step, steps - step);
  return viewOf(compiled.layout, memory, id).slice();
}

/** Both targets give the same bits (a NaN is a NaN). */
function expectSameBits(made: Program, id: string, steps = 3): void {
  const [left, right] = [run(made, 'wasm', id, steps), run(made, 'interpreter', id, steps)];
  for (let index = 0; index < left.length; index += 1) {
    if (!Object.is(left[index], right[index])) expect(left[index]).toBe(right[index]);
  }
}

const arrays = {
  f64: Float64Array,
  f32: Float32Array,
  i32: Int32Array,
  u16: Uint16Array,
  i8: Int8Array,
  u8: Uint8Array,
} as const;

const edges = [
  0,
  -0,
  1,
  -1,
  0.5,
  1e-320,
  1e308,
  -1e308,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  Number.NaN,
  710,
  -745,
  2 ** 31,
  -(2 ** 31) - 1,
  1e15 + 0.5,
];
const number = fc.oneof(fc.constantFrom(...edges), fc.double());
const arithmetic: BinaryOperator[] = ['add', 'subtract', 'multiply', 'divide', 'remainder', 'minimum', 'maximum'];
const comparisons: BinaryOperator[] = ['equal', 'notEqual', 'less', 'lessEqual', 'greater', 'greaterEqual'];
const unary: FunctionName[] = [
  'exp',
  'expm1',
  'log',
  'log1p',
  'log10',
  'sqrt',
  'sin',
  'cos',
  'tan',
  'sinh',
  'cosh',
  'tanh',
  'arcsin',
  'arccos',
  'arctan',
  'floor',
  'ceil',
  'trunc',
  'roundHalfEven',
  'abs',
  'sign',
  'exprel',
];

const { float, integer, condition } = fc.letrec<{ float: Expression; integer: Expression; condition: Expression }>(
  (tie) => ({
    float: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      number.map(ir.f64),
      fc.integer({ min: 0, max: 3 }).map((index) => ir.load('x', index)),
      fc.constant(ir.time),
      fc
        .tuple(fc.constantFrom(...arithmetic), tie('float'), tie('float'))
        .map(([kind, left, right]) => ir.binary(kind, left, right)),
      fc.tuple(fc.constantFrom(...unary), tie('float')).map(([name, operand]) => ir.call(name, operand)),
      fc
        .tuple(fc.constantFrom<FunctionName>('pow', 'mod', 'floorDivide'), tie('float'), tie('float'))
        .map(([name, left, right]) => ir.call(name, left, right)),
      fc.tuple(tie('condition'), tie('float'), tie('float')).map(([test, left, right]) => ir.select(test, left, right)),
      tie('integer').map(ir.toF64),
      fc.integer().chain((key) => tie('integer').map((index) => ir.uniform(key >>> 0, index))),
      fc.integer().chain((key) => tie('integer').map((index) => ir.normal(key >>> 0, index))),
      fc
        .tuple(fc.integer(), tie('integer'), tie('float'))
        .map(([key, index, mean]) => ir.poisson(key >>> 0, index, mean)),
      tie('float').map(ir.negate),
    ),
    integer: fc.oneof(
      { depthSize: 'small' },
      fc.integer().map(ir.i32),
      fc.constant(ir.step),
      fc
        .tuple(
          fc.constantFrom<BinaryOperator>('add', 'subtract', 'multiply', 'divide', 'remainder'),
          tie('integer'),
          tie('integer'),
        )
        .map(([kind, left, right]) => ir.binary(kind, left, right)),
      tie('float').map(ir.toI32),
    ),
    condition: fc.oneof(
      { depthSize: 'small' },
      fc
        .tuple(fc.constantFrom(...comparisons), tie('float'), tie('float'))
        .map(([kind, left, right]) => ir.binary(kind, left, right)),
      fc
        .tuple(fc.constantFrom<BinaryOperator>('and', 'or'), tie('condition'), tie('condition'))
        .map(([kind, left, right]) => ir.binary(kind, left, right)),
      tie('condition').map(ir.not),
    ),
  }),
);

describe('both targets', () => {
  it('give the same bits for random expressions', () => {
    const inputs = fc.array(number, { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(inputs, float, integer, condition, (values, first, second, third) => {
        const body = [
          store('y', 0, first),
          store('y', 1, ir.toF64(second)),
          when(third, [store('y', 2, ir.add(ir.load('y', 2), ir.f64(1)))], [store('y', 2, ir.f64(-1))]),
        ];
        expectSameBits(
          program(
            [signal('x', 'f64', 4, Float64Array.from(values)), signal('y', 'f64', 3)],
            [operator(body, ['x'], ['y'])],
          ),
          'y',
        );
      }),
      { numRuns: 300 },
    );
  });

  it('execute loops with limits taken from memory, and bytes', () => {
    const cell = ir.i32Local('i');
    const body = [
      letI32('end', ir.loadI32('n')),
      loop('i', 0, ir.i32Local('end'), [
        letF64('square', ir.multiply(ir.toF64(cell), ir.toF64(cell))),
        store('y', cell, ir.add(ir.local('square'), ir.toF64(ir.step))),
        store('b', cell, ir.add(cell, ir.i32(250))),
      ]),
    ];
    const made = program(
      [signal('n', 'i32', 1, 10), signal('y', 'f64', 12), signal('b', 'u8', 12)],
      [operator(body, ['n'], ['y', 'b'])],
    );
    for (const target of ['wasm', 'interpreter'] as const) {
      expect([...run(made, target, 'y', 3)]).toEqual([2, 3, 6, 11, 18, 27, 38, 51, 66, 83, 0, 0]);
      expect([...run(made, target, 'b', 1)]).toEqual([250, 251, 252, 253, 254, 255, 0, 1, 2, 3, 0, 0]);
    }
  });

  it('store and load every type of element: rounded, wrapped, with its sign', () => {
    const types = ['f64', 'f32', 'i32', 'u16', 'i8', 'u8'] as const;
    const whole = [0, 1, -1, 127, 128, 255, 256, 65_535, 65_536, 2 ** 31 - 1, -(2 ** 31), -32_769, -129];
    const broken = [0.1, -0, 1e-40, 1e-46, 1e39, -1e300, Number.NaN, 16_777_217, 2 ** -149, 3.5];
    for (const type of types) {
      const values = type === 'f64' || type === 'f32' ? broken : whole;
      const float = values === broken;
      const literal = (value: number): Expression => (float ? ir.f64(value) : ir.i32(value));
      const back = (index: number): Expression => (float ? ir.load('x', index) : ir.toF64(ir.loadI32('x', index)));
      const body = values.flatMap((value, index) => [
        store('x', index, literal(value)),
        store('y', index, back(index)),
      ]);
      const made = program(
        [signal('x', type, values.length), signal('y', 'f64', values.length)],
        [operator(body, [], ['x', 'y'])],
      );
      expectSameBits(made, 'y', 1);
      const wanted = new arrays[type](values);
      expect([...run(made, 'wasm', 'y', 1)]).toEqual([...wanted]);
      expect(run(made, 'wasm', 'x', 1)).toEqual(wanted);
    }
  });

  it('refuse more memory than allowed, before anything is allocated', () => {
    const made = program([signal('y', 'f64', 1_000_000)], []);
    const refused = compile(made, 'wasm', { limitBytes: 1_000_000 });
    expect(refused.problems[0]?.code).toBe('run/memory');
    expect(refused.problems[0]?.message).toMatch(/7\.6 MiB/);
  });

  it('compile programs of thousands of operators', () => {
    const operators = Array.from({ length: 3000 }, (_, index) => ({
      ...operator([store('y', 0, ir.add(ir.load('y', 0), ir.f64(1)))], [], ['y']),
      id: `e/op${index}`,
    }));
    expect(run(program([signal('y', 'f64', 1)], operators), 'wasm', 'y', 2)[0]).toBe(6000);
  });
});
