/** Random programs without jumps: cells in equations with branches, recurrent weights, synapses, inputs from a table, delays. */
import fc from 'fast-check';
import * as ir from '../build/ir/expressions.ts';
import { kernel } from '../build/ir/kernels.ts';
import { accumulate, assign, letF64, letI32, loop, store, when } from '../build/ir/statements.ts';
import type { Expression, Statement } from '../build/ir/types.ts';
import type { Operator, Program, Signal } from '../build/program.ts';

/** Cells of a random program. */
export const cellCount = 5;
/** Rows of the table of inputs; steps beyond hold the last one. */
export const tableRows = 7;
const delay = 2;
const n = ir.i32Local('n');

const bounded = (x: Expression): Expression => ir.call('tanh', x);
const above = (x: Expression): Expression => ir.add(ir.f64(1.2), ir.multiply(x, x));

const { smooth } = fc.letrec<{ smooth: Expression }>((tie) => ({
  smooth: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.double({ min: -1.5, max: 1.5, noNaN: true }).map(ir.f64),
    fc.constantFrom('v', 'w', 'p', 'drive', 'late').map((id) => ir.load(id, n)),
    fc.constant(ir.load('gain')),
    fc.tuple(tie('smooth'), tie('smooth')).map(([left, right]) => ir.add(left, right)),
    fc.tuple(tie('smooth'), tie('smooth')).map(([left, right]) => ir.subtract(left, right)),
    fc.tuple(tie('smooth'), tie('smooth')).map(([left, right]) => ir.multiply(bounded(left), right)),
    fc.tuple(tie('smooth'), tie('smooth')).map(([left, right]) => ir.divide(left, above(right))),
    fc
      .constantFrom('sin', 'cos', 'tanh', 'arctan', 'floor', 'sign', 'abs', 'trunc')
      .chain((name) => tie('smooth').map((x) => ir.call(name, x))),
    fc
      .constantFrom('exp', 'expm1', 'sinh', 'cosh', 'exprel', 'arcsin', 'arccos', 'tan')
      .chain((name) => tie('smooth').map((x) => ir.call(name, ir.multiply(ir.f64(0.8), bounded(x))))),
    fc.constantFrom('log', 'log10', 'log1p', 'sqrt').chain((name) => tie('smooth').map((x) => ir.call(name, above(x)))),
    fc.tuple(tie('smooth'), tie('smooth')).map(([x, y]) => ir.call('pow', above(x), bounded(y))),
    fc.tuple(tie('smooth'), tie('smooth')).map(([x, y]) => ir.call('mod', x, above(y))),
    fc.tuple(tie('smooth'), tie('smooth')).map(([x, y]) => ir.binary('remainder', x, above(y))),
    fc.tuple(tie('smooth'), tie('smooth')).map(([x, y]) => ir.minimum(x, y)),
    fc.tuple(tie('smooth'), tie('smooth')).map(([x, y]) => ir.maximum(x, y)),
    fc
      .tuple(tie('smooth'), tie('smooth'), tie('smooth'))
      .map(([test, x, y]) => ir.select(ir.less(test, ir.f64(0.1)), x, y)),
    fc.integer({ min: 1, max: 99 }).map((key) => ir.multiply(ir.f64(0.1), ir.normal(key, n))),
    tie('smooth').map(ir.negate),
  ),
}));

function signal(id: string, role: Signal['role'], shape: readonly number[], initial: Signal['initial'] = 0): Signal {
  const whole = initial instanceof Int32Array;
  return { id, element: 'cells', name: id, type: whole ? 'i32' : 'f64', shape, initial, unit: '1', role };
}

type Declared = Partial<Pick<Operator, 'reads' | 'sets' | 'adds' | 'updates'>>;

function operator(id: string, declared: Declared, body: readonly Statement[]): Operator {
  const none = { reads: [], sets: [], adds: [], updates: [], readsUpdated: [] };
  return { ...none, id: `cells/${id}`, element: 'cells', slot: 'groups', ...declared, body };
}

/** Row `min(step, rows − 1)` of the table. */
const row = ir.select(ir.less(ir.step, ir.i32(tableRows)), ir.step, ir.i32(tableRows - 1));
const place = ir.add(ir.multiply(ir.remainder(ir.step, ir.i32(delay)), ir.i32(cellCount)), n);

interface Choices {
  readonly first: Expression;
  readonly second: Expression;
  readonly third: Expression;
  readonly transposed: boolean;
}

function operatorsOf({ first, second, third, transposed }: Choices): Operator[] {
  const product = { inputs: cellCount, outputs: cellCount, accumulate: 1, scale: 1, transposed: transposed ? 1 : 0 };
  const all = (...body: Statement[]): Statement[] => [loop('n', 0, cellCount, body)];
  return [
    operator(
      'input',
      { reads: ['x'], sets: ['drive'] },
      all(store('drive', n, ir.load('x', ir.add(ir.multiply(row, ir.i32(cellCount)), n)))),
    ),
    operator('late', { reads: ['ring'], sets: ['late'] }, all(store('late', n, ir.load('ring', place)))),
    operator(
      'rate',
      { reads: ['v', 'p'], sets: ['rate'] },
      all(store('rate', n, bounded(ir.add(ir.load('v', n), ir.load('p', n))))),
    ),
    operator('recurrent', { reads: ['rate', 'W'], adds: ['drive'] }, [
      kernel('dense-product', { vector: 'rate', matrix: 'W', result: 'drive' }, product),
    ]),
    operator('synapses', { reads: ['rate', 'starts', 'targets', 'weights'], adds: ['drive'] }, [
      loop('i', 0, cellCount, [
        letI32('end', ir.loadI32('starts', ir.add(ir.i32Local('i'), ir.i32(1)))),
        loop('k', ir.loadI32('starts', ir.i32Local('i')), ir.i32Local('end'), [
          letI32('j', ir.loadI32('targets', ir.i32Local('k'))),
          accumulate(
            'drive',
            ir.i32Local('j'),
            ir.multiply(ir.load('weights', ir.i32Local('k')), ir.load('rate', ir.i32Local('i'))),
          ),
        ]),
      ]),
    ]),
    operator(
      'step',
      { reads: ['p', 'gain', 'drive', 'late'], updates: ['v', 'w'] },
      all(
        letF64('a', first),
        store(
          'v',
          n,
          ir.add(ir.multiply(ir.f64(0.7), ir.load('v', n)), ir.multiply(ir.f64(0.3), bounded(ir.local('a')))),
        ),
        letF64('b', second),
        when(
          ir.greater(ir.local('b'), ir.f64(0.2)),
          [
            assign('b', ir.divide(ir.local('a'), above(ir.load('v', n)))),
            store('w', n, ir.add(ir.load('w', n), bounded(ir.local('b')))),
          ],
          [assign('a', bounded(third))],
        ),
        store('w', n, bounded(ir.add(ir.load('w', n), ir.multiply(ir.local('a'), ir.local('b'))))),
      ),
    ),
    operator('delay', { reads: ['v'], updates: ['ring'] }, all(store('ring', place, ir.load('v', n)))),
  ];
}

const numbers = (count: number) =>
  fc
    .array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: count, maxLength: count })
    .map(Float64Array.from.bind(Float64Array));

/** A random program with its numbers. */
export const smoothProgram: fc.Arbitrary<Program> = fc
  .tuple(
    fc.record({ first: smooth, second: smooth, third: smooth, transposed: fc.boolean() }),
    numbers(cellCount * (4 + cellCount + tableRows + delay) + 1),
  )
  .map(([choices, values]) => {
    let used = 0;
    const take = (count: number): Float64Array => values.slice(used, (used += count));
    const square = [cellCount, cellCount];
    return {
      ...{ name: 'smooth', timeStepSeconds: 0.001, steps: undefined, seed: 1 },
      signals: [
        signal('v', 'state', [cellCount], take(cellCount)),
        signal('w', 'state', [cellCount], take(cellCount)),
        signal('p', 'constant', [cellCount], take(cellCount)),
        signal('gain', 'constant', [], take(1)),
        signal('W', 'constant', square, take(cellCount * cellCount)),
        signal('x', 'constant', [tableRows, cellCount], take(tableRows * cellCount)),
        signal('ring', 'state', [delay, cellCount], take(delay * cellCount)),
        signal('weights', 'constant', [cellCount], take(cellCount)),
        signal('starts', 'constant', [cellCount + 1], Int32Array.of(0, 2, 2, 3, 4, 5)),
        signal('targets', 'constant', [cellCount], Int32Array.of(1, 4, 0, 1, 3)),
        ...['drive', 'late', 'rate'].map((id) => signal(id, 'transient', [cellCount])),
      ],
      operators: operatorsOf(choices),
      probes: [],
      readouts: [],
      elements: [],
    };
  });
