import { describe, expect, it } from 'vitest';
import { nodeMemory } from '../../electron/platform/node-memory.ts';
import { expectOk } from '../base/result.ts';
import * as ir from '../build/ir/expressions.ts';
import { kernel } from '../build/ir/kernels.ts';
import { assign, letBool, letF64, loop, store, when } from '../build/ir/statements.ts';
import type { Expression, Statement } from '../build/ir/types.ts';
import type { Operator, Program, Signal } from '../build/program.ts';
import { createGradientRun, type Loss } from './gradient-run.ts';

type Contents = Signal['initial'];

function signal(id: string, initial: Contents, more: Partial<Signal> = {}): Signal {
  const shape = typeof initial === 'number' ? [2] : [initial.length];
  const base = { id, element: 'e', name: id, type: 'f64', unit: '1', role: 'state' } as const;
  return { ...base, shape, initial, ...more };
}

function operator(
  id: string,
  reads: readonly string[],
  updates: readonly string[],
  body: readonly Statement[],
): Operator {
  return { ...{ id, element: 'e', slot: 'groups', sets: [], adds: [], readsUpdated: [] }, reads, updates, body };
}

function program(signals: readonly Signal[], operators: readonly Operator[]): Program {
  const base = { name: 'rules', timeStepSeconds: 1, steps: undefined, seed: 1 };
  return { ...base, signals, operators, probes: [], readouts: [], elements: [] };
}

const sumOf =
  (id: string): Loss =>
  (outcome) => ({
    value: outcome(id).reduce((sum, value) => sum + value, 0),
    slopes: new Map([[id, outcome(id).map(() => 1)]]),
  });

function prepare(made: Program, wrt: readonly string[], observed: string) {
  return createGradientRun({ program: made, target: 'wasm', memory: nodeMemory, steps: 1, wrt, observed: [observed] });
}

/** Gradient of the sum of `observed` after one step. */
function gradientOf(made: Program, wrt: string, observed: string): number[] {
  const run = expectOk(prepare(made, [wrt], observed));
  return [...(expectOk(run.evaluate(sumOf(observed))).gradients.get(wrt) ?? [])];
}

const n = ir.i32Local('n');
const x = ir.load('x', n);

/** Gradient by x of y = value(x) in two cells. */
function slopes(value: Expression, at: readonly [number, number]): number[] {
  const made = program(
    [signal('x', Float64Array.from(at)), signal('y', 0)],
    [operator('e/y', ['x'], ['y'], [loop('n', 0, 2, [store('y', n, value)])])],
  );
  return gradientOf(made, 'x', 'y');
}

describe('the rules of gradients', () => {
  it('share at ties of min and max, and are 0 for abs at 0', () => {
    expect(slopes(ir.maximum(ir.f64(0), x), [0, 2])).toEqual([0.5, 1]);
    expect(slopes(ir.minimum(x, ir.f64(2)), [0, 2])).toEqual([1, 0.5]);
    expect(slopes(ir.call('abs', x), [0, -2])).toEqual([0, -1]);
  });

  it('take nothing from the side that is not chosen, even where its slope is infinite', () => {
    const root = ir.select(ir.greater(x, ir.f64(0)), ir.call('sqrt', x), ir.f64(0));
    expect(slopes(root, [0, 4])).toEqual([0, 0.25]);
  });

  it('count whole parts as constant', () => {
    expect(slopes(ir.multiply(ir.call('floor', x), x), [1.5, 2.5])).toEqual([1, 2]);
  });

  it.each([
    { throughReset: true, wanted: [1 + 1.5 * 0.64, 0.5 * 0.64] },
    { throughReset: false, wanted: [1 + 3 * 0.64, 3 * 0.64] },
  ])('go through the reset of a spike if it is so declared: $throughReset', ({ throughReset, wanted }) => {
    const surrogate = { id: 'super-spike', alpha: 0.5, throughReset };
    const v = ir.load('v', n);
    const made = program(
      [signal('v', Float64Array.of(0.5, 1.5)), signal('z', 0, { type: 'u8', surrogate }), signal('y', 0)],
      [
        operator(
          'e/step',
          [],
          ['v', 'z'],
          [
            loop('n', 0, 2, [
              letBool('spiking', ir.greater(v, ir.f64(1))),
              store('z', n, ir.toI32(ir.boolLocal('spiking'))),
              when(ir.boolLocal('spiking'), [store('v', n, ir.f64(-1))]),
            ]),
          ],
        ),
        operator(
          'e/y',
          ['v', 'z'],
          ['y'],
          [loop('n', 0, 2, [store('y', n, ir.add(v, ir.multiply(ir.f64(3), ir.toF64(ir.loadI32('z', n)))))])],
        ),
      ],
    );
    gradientOf(made, 'v', 'y').forEach((slope, cell) => expect(slope).toBeCloseTo(wanted[cell] as number, 12));
  });

  it('reach cells that do not spike, and weights of those that do, through lists of spikes', () => {
    const surrogate = { id: 'super-spike', alpha: 0, throughReset: true };
    const spiking = ir.toI32(ir.greater(ir.load('x', n), ir.f64(0)));
    const rows = { list: 'list', count: 'count', starts: 'starts', targets: 'targets', weights: 'w', target: 'y' };
    const numbers = {
      weight: 0,
      scale: 1,
      listRows: 1,
      listLength: 2,
      delay: 0,
      width: 1,
      offset: 0,
      blocks: 2,
      blockCells: 1,
    };
    const whole = { type: 'i32' } as const;
    const made = program(
      [
        signal('x', Float64Array.of(-1, 1)),
        signal('z', 0, { type: 'u8', surrogate }),
        ...[signal('list', 0, whole), signal('count', 0, { ...whole, shape: [1] })],
        signal('starts', Int32Array.of(0, 1, 2, 2, 3), { ...whole, role: 'constant' }),
        signal('targets', new Uint16Array(3), { type: 'u16', role: 'constant' }),
        signal('w', Float64Array.of(2, 3, 5), { role: 'constant' }),
        signal('y', 0),
      ],
      [
        operator('e/z', ['x'], ['z'], [loop('n', 0, 2, [store('z', n, spiking)])]),
        operator(
          'e/list',
          ['z'],
          ['list', 'count'],
          [kernel('gather-spikes', { mask: 'z', list: 'list', count: 'count' }, { cells: 2 })],
        ),
        operator('e/y', Object.values(rows).slice(0, -1), ['y'], [kernel('scatter-rows', rows, numbers)]),
      ],
    );
    expect(gradientOf(made, 'x', 'y')).toEqual([5, 5]);
    expect(gradientOf(made, 'w', 'y')).toEqual([0, 0, 1]);
  });

  it('of convolutions are those of differences, with strides, padding, channels and bias', () => {
    const numbers = {
      ...{ inputChannels: 2, height: 4, width: 5, outputChannels: 3, kernelHeight: 2, kernelWidth: 3 },
      ...{ strideY: 1, strideX: 2, paddingY: 1, paddingX: 1 },
    };
    const sizes = { input: 40, weights: 36, bias: 3, result: 45 };
    const wave = (count: number): Float64Array => Float64Array.from({ length: count }, (_, at) => Math.sin(1 + 2 * at));
    const ids = { input: 'input', weights: 'weights', bias: 'bias', result: 'result' };
    const cell = ir.i32Local('k');
    const made = program(
      [
        ...(['input', 'weights', 'bias'] as const).map((id) => signal(id, wave(sizes[id]), { role: 'constant' })),
        signal('result', new Float64Array(sizes.result)),
        signal('y', new Float64Array(sizes.result)),
      ],
      [
        operator('e/c', ['input', 'weights', 'bias'], ['result'], [kernel('convolve', ids, numbers)]),
        operator(
          'e/y',
          ['result'],
          ['y'],
          [loop('k', 0, sizes.result, [store('y', cell, ir.call('sin', ir.load('result', cell)))])],
        ),
      ],
    );
    const run = expectOk(prepare(made, ['input', 'weights', 'bias'], 'y'));
    const { gradients } = expectOk(run.evaluate(sumOf('y')));
    for (const [id, slopes] of gradients) {
      const start = run.read(id);
      const at = (place: number, far: number): number => {
        run.write(
          id,
          start.map((value, index) => (index === place ? value + far : value)),
        );
        return expectOk(run.evaluate(sumOf('y'))).value;
      };
      slopes.forEach((slope, place) => {
        expect(slope, `${id}[${place}]`).toBeCloseTo((at(place, 1e-5) - at(place, -1e-5)) / 2e-5, 7);
      });
      run.write(id, start);
    }
  });

  it('are refused, with the reason, where a loop hands a value on', () => {
    const made = program(
      [signal('x', Float64Array.of(1, 2)), signal('y', 0)],
      [
        operator(
          'e/y',
          ['x'],
          ['y'],
          [
            letF64('sum', ir.f64(0)),
            loop('n', 0, 2, [assign('sum', ir.add(ir.local('sum'), x)), store('y', n, ir.local('sum'))]),
          ],
        ),
      ],
    );
    const [found] = prepare(made, ['x'], 'y').problems;
    expect(found?.code).toBe('training/not-differentiable');
    expect(found?.message).toContain('hands sum from turn to turn');
  });

  it('are refused where turns read what other turns write', () => {
    const other = ir.subtract(ir.i32(1), n);
    const made = program(
      [signal('x', Float64Array.of(1, 2))],
      [operator('e/x', [], ['x'], [loop('n', 0, 2, [store('x', n, ir.load('x', other))])])],
    );
    expect(prepare(made, ['x'], 'x').problems[0]?.message).toContain('reads it at other places');
  });
});
