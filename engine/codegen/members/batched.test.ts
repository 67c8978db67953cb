/** Random programs in batches: each member computes the bits of a run of its own, on both targets and in both precisions. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { setContents } from '../../base/written.ts';
import * as ir from '../../build/ir/expressions.ts';
import { kernel } from '../../build/ir/kernels.ts';
import { letF64, loop, store } from '../../build/ir/statements.ts';
import type { Statement } from '../../build/ir/types.ts';
import type { Operator, Program, Signal } from '../../build/program.ts';
import { compile } from '../compile.ts';
import type { CompileTarget } from '../compiled.ts';
import type { Precision } from '../ir/lower.ts';
import { lengthOf, viewOf } from '../layout.ts';
import { randomProgram } from '../random-loops.test-support.ts';
import { batched } from './batched.ts';
import { ownRun, partOf } from './own-run.test-support.ts';

const [members, steps] = [3, 4];
const places: readonly (readonly [CompileTarget, Precision])[] = [
  ['wasm', 'f64'],
  ['interpreter', 'f64'],
  ['wasm', 'f32'],
  ['interpreter', 'f32'],
];

type Start = (signal: Signal, member: number) => ArrayLike<number> | undefined;

interface Place {
  readonly target: CompileTarget;
  readonly precision: Precision;
}

/** Contents of the signals of `made` after some steps; signals of `single` begin as `start` says. */
function run(
  made: Program,
  single: Program,
  { target, precision }: Place,
  begin: (signal: Signal) => ArrayLike<number> | undefined,
) {
  const compiled = expectOk(compile(made, target, { precision }));
  const memory = new WebAssembly.Memory({ initial: Math.ceil(compiled.layout.totalBytes / 65_536) });
  for (const { id, initial } of compiled.program.signals) setContents(viewOf(compiled.layout, memory, id), initial);
  for (const signal of single.signals) {
    const values = begin(signal);
    if (values !== undefined) viewOf(compiled.layout, memory, signal.id).set(values);
  }
  const execute = compiled.instantiate(memory);
  for (let step = 0; step < steps;) step += execute(step, steps - step);
  return (id: string) => Array.from(viewOf(compiled.layout, memory, id));
}

function expectOwnRuns(program: Program, own: readonly string[], start: Start): void {
  const choice = { members, own };
  for (const [target, precision] of places) {
    const place = { target, precision };
    const all = (signal: Signal): number[] | undefined => {
      const parts = Array.from({ length: members }, (_, member) => start(signal, member));
      return parts[0] === undefined ? undefined : parts.flatMap((part) => Array.from(part ?? []));
    };
    const batch = run(batched(program, choice), program, place, all);
    for (let member = 0; member < members; member += 1) {
      const alone = run(ownRun(program, choice, member), program, place, (signal) => start(signal, member));
      for (const { id, shape, role } of program.signals)
        if (role !== 'constant')
          expect(partOf(batch(id), member, shape), `${id} of ${member} on ${target}`).toEqual(alone(id));
    }
  }
}

/** Numbers that differ between members; whole numbers stay as they are. */
const differing: Start = ({ role, type, initial, shape }, member) => {
  if (role === 'constant' || type !== 'f64') return undefined;
  const values = new Float64Array(lengthOf(shape));
  setContents(values, initial);
  return values.map((value, place) => value + member * Math.cos(place));
};

function signal(id: string, shape: readonly number[], more: Partial<Signal> = {}): Signal {
  return { id, element: 'e', name: id, type: 'f64', shape, initial: 0, unit: '1', role: 'state', ...more };
}

function program(signals: readonly Signal[], body: readonly Statement[], reads: readonly string[]): Program {
  const updates = signals.filter(({ role }) => role !== 'constant').map(({ id }) => id);
  const declared: Omit<Operator, 'updates' | 'reads' | 'body'> = {
    ...{ id: 'e/op', element: 'e', slot: 'groups', sets: [], adds: [], readsUpdated: [] },
  };
  const base = { name: 'one', timeStepSeconds: 1, steps: undefined, seed: 1, probes: [], readouts: [], elements: [] };
  return { ...base, signals, operators: [{ ...declared, reads, updates, body }] };
}

const n = ir.i32Local('n');
const wave = (count: number): Float64Array => Float64Array.from({ length: count }, (_, at) => Math.sin(1 + at));

describe('a batch', () => {
  it('of random loops computes in each member what a run of its own computes', () => {
    fc.assert(
      fc.property(randomProgram, (made) => expectOwnRuns(made, [], differing)),
      { numRuns: 8 },
    );
  });

  it('has a table of input for each member, and shares the matrix of a product', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 30 }),
        fc.nat(1),
        (inputs, outputs, turned) => {
          const numbers = { inputs, outputs, accumulate: 1, scale: 1, transposed: turned };
          const row = ir.add(ir.multiply(ir.remainder(ir.step, ir.i32(3)), ir.i32(inputs)), n);
          const made = program(
            [
              signal('table', [3, inputs], { role: 'constant' }),
              signal('W', [inputs, outputs], { role: 'constant', initial: wave(inputs * outputs) }),
              ...[signal('x', [inputs]), signal('y', [outputs])],
            ],
            [
              loop('n', 0, inputs, [store('x', n, ir.load('table', row))]),
              kernel('dense-product', { vector: 'x', matrix: 'W', result: 'y' }, numbers),
            ],
            ['table', 'W'],
          );
          expectOwnRuns(made, ['table'], (given, member) =>
            given.id === 'table' ? wave(3 * inputs).map((value) => value + member) : differing(given, member),
          );
        },
      ),
      { numRuns: 8 },
    );
  });

  it('does one member after the other where a kernel stands within other statements', () => {
    const made = program(
      [signal('x', [4], { initial: wave(4) }), signal('y', [4]), signal('sum', [])],
      [
        letF64('before', ir.load('x', 1)),
        kernel('copy', { from: 'x', to: 'y' }, { length: 4, fromRows: 1, toRows: 1 }),
        loop('n', 0, 4, [store('sum', 0, ir.add(ir.load('sum'), ir.multiply(ir.local('before'), ir.load('y', n))))]),
        store('x', 1, ir.normal(7, 1)),
      ],
      [],
    );
    expectOwnRuns(made, [], differing);
  });

  it('keeps weights once, whatever the number of members', () => {
    const made = program(
      [signal('W', [50, 50], { role: 'constant' }), signal('x', [50]), signal('y', [50])],
      [
        kernel(
          'dense-product',
          { vector: 'x', matrix: 'W', result: 'y' },
          { inputs: 50, outputs: 50, accumulate: 0, scale: 1, transposed: 0 },
        ),
      ],
      ['W'],
    );
    const { signals, operators } = batched(made, { members: 64 });
    expect(signals.map(({ shape }) => shape)).toEqual([
      [50, 50],
      [64, 50],
      [64, 50],
    ]);
    expect(operators[0]?.body).toHaveLength(1);
  });
});
