/** Random programs of loops over cells: equations, conditions, draws, tables, several operators on common signals. */
import fc from 'fast-check';
import * as ir from '../build/ir/expressions.ts';
import { assign, letF64, loop, store, when } from '../build/ir/statements.ts';
import type { BinaryOperator, Expression, FunctionName, Statement } from '../build/ir/types.ts';
import type { ElementType, Operator, Program, Signal } from '../build/program.ts';

const cell = ir.i32Local('n');

/** Signals every program has: numbers of each cell, of the whole, bytes, whole numbers, a table and a list of places. */
const floats = ['v', 'w', 'tau', 'input'];
const wholes = ['spikes', 'count', 'short', 'signed'];

function signal(id: string, type: ElementType, length: number, initial: Signal['initial']): Signal {
  const role = id === 'tau' || id === 'scale' || id === 'places' || id === 'table' ? 'constant' : 'state';
  return { id, element: 'cells', name: id, type, shape: [length], initial, unit: '1', role };
}

const number = fc.oneof(
  { weight: 5, arbitrary: fc.double({ min: -5, max: 5, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(0, -0, 1, -1, 2, 0.5, 1e300, -1e-310, Infinity, -Infinity, NaN) },
);

const functions: readonly FunctionName[] = [
  'exp',
  'log',
  'tanh',
  'sqrt',
  'abs',
  'floor',
  'sign',
  'sin',
  'roundHalfEven',
];
const arithmetic: readonly BinaryOperator[] = [
  'add',
  'subtract',
  'multiply',
  'divide',
  'minimum',
  'maximum',
  'remainder',
];
const comparisons: readonly BinaryOperator[] = ['less', 'lessEqual', 'greater', 'greaterEqual', 'equal', 'notEqual'];

const places: fc.Arbitrary<Expression> = fc.oneof(
  { weight: 6, arbitrary: fc.constant(cell) },
  { weight: 1, arbitrary: fc.constant(ir.loadI32('places', cell)) },
  { weight: 1, arbitrary: fc.constant(ir.i32(0)) },
);

const { float, whole, condition } = fc.letrec<{ float: Expression; whole: Expression; condition: Expression }>(
  (tie) => ({
    float: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      number.map(ir.f64),
      fc.tuple(fc.constantFrom(...floats), places).map(([id, place]) => ir.load(id, place)),
      fc.constant(ir.load('scale')),
      fc.constant(ir.load('table', ir.add(cell, ir.i32(3)))),
      fc.constant(ir.time),
      fc.constant(ir.local('x')),
      fc
        .tuple(fc.constantFrom(...arithmetic), tie('float'), tie('float'))
        .map(([kind, left, right]) => ir.binary(kind, left, right)),
      fc.tuple(fc.constantFrom(...functions), tie('float')).map(([name, operand]) => ir.call(name, operand)),
      fc.tuple(tie('float'), tie('float')).map(([left, right]) => ir.call('pow', left, right)),
      fc.tuple(tie('condition'), tie('float'), tie('float')).map(([test, left, right]) => ir.select(test, left, right)),
      // What holds where a number equals another is rare: code of its own.
      fc
        .tuple(fc.constantFrom(...floats), number, tie('float'), tie('float'))
        .map(([id, value, left, right]) => ir.select(ir.equal(ir.load(id, cell), ir.f64(value)), left, right)),
      tie('whole').map(ir.toF64),
      tie('condition').map(ir.toF64),
      tie('float').map(ir.negate),
      fc.tuple(fc.nat(1000), tie('whole')).map(([key, index]) => ir.uniform(key, index)),
      fc.nat(1000).map((key) => ir.normal(key, cell)),
    ),
    whole: fc.oneof(
      { depthSize: 'small' },
      fc.integer({ min: -300, max: 300 }).map(ir.i32),
      fc.constant(cell),
      fc.constant(ir.step),
      fc.tuple(fc.constantFrom(...wholes), places).map(([id, place]) => ir.loadI32(id, place)),
      fc
        .tuple(
          fc.constantFrom<BinaryOperator>('add', 'subtract', 'multiply', 'divide', 'remainder', 'minimum'),
          tie('whole'),
          tie('whole'),
        )
        .map(([kind, left, right]) => ir.binary(kind, left, right)),
      tie('float').map(ir.toI32),
      tie('condition').map(ir.toI32),
      fc.tuple(tie('condition'), tie('whole'), tie('whole')).map(([test, left, right]) => ir.select(test, left, right)),
    ),
    condition: fc.oneof(
      { depthSize: 'small' },
      fc
        .tuple(fc.constantFrom(...comparisons), tie('float'), tie('float'))
        .map(([kind, left, right]) => ir.binary(kind, left, right)),
      fc
        .tuple(fc.constantFrom(...comparisons), tie('whole'), tie('whole'))
        .map(([kind, left, right]) => ir.binary(kind, left, right)),
      fc
        .tuple(fc.constantFrom<BinaryOperator>('and', 'or'), tie('condition'), tie('condition'))
        .map(([kind, left, right]) => ir.binary(kind, left, right)),
      tie('condition').map(ir.not),
      fc.constant(ir.greater(ir.step, ir.i32(1))),
    ),
  }),
);

const writes: fc.Arbitrary<Statement> = fc.oneof(
  fc.tuple(fc.constantFrom('v', 'w', 'input', 'single'), float).map(([id, value]) => store(id, cell, value)),
  fc.tuple(fc.constantFrom(...wholes), whole).map(([id, value]) => store(id, cell, value)),
  condition.map((value) => store('spikes', cell, ir.toI32(value))),
  float.map((value) => assign('x', value)),
);

/** Written twice in a turn, read in between or not. */
const writtenTwice: fc.Arbitrary<readonly Statement[]> = fc
  .tuple(fc.constantFrom('v', 'w', 'single'), float, float, fc.boolean(), writes)
  .map(([id, one, other, read, between]) => [
    store(id, cell, one),
    between,
    ...(read ? [assign('x', ir.load(id, cell))] : []),
    store(id, cell, other),
  ]);

const statements: fc.Arbitrary<Statement> = fc.oneof(
  { weight: 3, arbitrary: writes },
  {
    weight: 1,
    arbitrary: fc
      .tuple(condition, fc.array(writes, { maxLength: 3 }), fc.array(writes, { maxLength: 2 }))
      .map(([test, then, otherwise]) => when(test, then, otherwise)),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(condition, condition, writes)
      .map(([one, other, inner]) => when(one, [when(other, [inner]), inner])),
  },
);

interface Shape {
  readonly body: readonly Statement[];
  /** Hands x from turn to turn. */
  readonly carries: boolean;
  /** The number of turns stands in memory. */
  readonly fromMemory: boolean;
}

const seldom = fc.constantFrom(false, false, false, true);
const shape: fc.Arbitrary<Shape> = fc.record({
  body: fc
    .tuple(fc.array(statements, { minLength: 1, maxLength: 4 }), fc.option(writtenTwice, { freq: 3 }))
    .map(([body, twice]) => [...body, ...(twice ?? [])]),
  carries: seldom,
  fromMemory: seldom,
});

/** `x` lives within a turn, or goes from turn to turn. */
function operatorOf({ body, carries, fromMemory }: Shape, position: number, cells: number): Operator {
  const to = fromMemory ? ir.loadI32('size') : ir.i32(cells);
  const start = letF64('x', ir.load('scale'));
  const whole = carries
    ? [start, loop('n', 0, to, body), store('total', 0, ir.local('x'))]
    : [loop('n', 0, to, [start, ...body])];
  const updates = ['v', 'w', 'input', 'single', 'total', ...wholes];
  return {
    id: `cells/op${position}`,
    element: 'cells',
    slot: 'groups',
    reads: ['tau', 'scale', 'places', 'table', 'size'],
    sets: [],
    adds: [],
    updates,
    readsUpdated: [],
    body: whole,
  };
}

/** A program of one to four loops over one to eleven cells. */
export const randomProgram: fc.Arbitrary<Program> = fc
  .integer({ min: 1, max: 11 })
  .chain((cells) =>
    fc.record({
      cells: fc.constant(cells),
      shapes: fc.array(shape, { minLength: 1, maxLength: 4 }),
      numbers: fc.array(number, { minLength: 5 * cells + 4, maxLength: 5 * cells + 4 }),
      spots: fc.array(fc.nat(cells - 1), { minLength: cells, maxLength: cells }),
    }),
  )
  .map(({ cells, shapes, numbers, spots }) => {
    const part = (position: number, length: number): Float64Array =>
      Float64Array.from(numbers.slice(position * cells, position * cells + length));
    const signals = [
      ...floats.map((id, position) => signal(id, 'f64', cells, part(position, cells))),
      signal('single', 'f32', cells, 0),
      signal('scale', 'f64', 1, part(4, 1)),
      signal('table', 'f64', cells + 3, part(4, cells + 3)),
      signal('places', 'i32', cells, Int32Array.from(spots)),
      signal('size', 'i32', 1, cells),
      signal('spikes', 'u8', cells, 0),
      signal('count', 'i32', cells, -3),
      signal('short', 'u16', cells, 40_000),
      signal('signed', 'i8', cells, -7),
      signal('total', 'f64', 1, 0),
    ];
    const operators = shapes.map((one, position) => operatorOf(one, position, cells));
    return {
      name: 'random',
      timeStepSeconds: 1e-4,
      steps: undefined,
      seed: 1,
      signals,
      operators,
      probes: [],
      readouts: [],
      elements: [],
    };
  });
