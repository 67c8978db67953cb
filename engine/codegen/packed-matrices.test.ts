import { describe, expect, it } from 'vitest';
import { expectOk } from '../base/result.ts';
import { kernel } from '../build/ir/kernels.ts';
import { accumulate, store } from '../build/ir/statements.ts';
import * as ir from '../build/ir/expressions.ts';
import type { Statement } from '../build/ir/types.ts';
import type { Operator, Program, Signal } from '../build/program.ts';
import { nodeMemory } from '../../electron/platform/node-memory.ts';
import { createSimulation } from '../runtime/simulation.ts';
import { packMatrices } from './packed-matrices.ts';

const [inputs, outputs] = [5, 31];
const weights = Float64Array.from({ length: inputs * outputs }, (_, index) => Math.sin(index));

function signal(id: string, initial: Signal['initial'], shape: readonly number[], role: Signal['role']): Signal {
  return { id, element: 'e', name: id, type: 'f64', shape, initial, unit: '1', role };
}

const numbers = { inputs, outputs, transposed: 0, accumulate: 1, scale: 1 };
const product = kernel('dense-product', { vector: 'x', matrix: 'W', result: 'y' }, numbers);

function operator(id: string, reads: readonly string[], body: readonly Statement[]): Operator {
  return { id, element: 'e', slot: 'groups', reads, sets: [], adds: [], updates: ['y'], readsUpdated: [], body };
}

function program(operators: readonly Operator[], role: Signal['role'] = 'constant'): Program {
  const signals = [
    signal('x', Float64Array.of(1, -2, 3, 0.5, 0.25), [inputs], 'state'),
    signal('W', weights, [inputs, outputs], role),
    signal('y', 0.5, [outputs], 'state'),
  ];
  const empty = { steps: undefined, seed: 1, probes: [], readouts: [], elements: [] };
  return { ...empty, name: 'product', timeStepSeconds: 1, signals, operators };
}

const multiply = operator('e/product', ['x', 'W'], [product]);

describe('packed matrices', () => {
  it('take the place of a matrix that only products read', () => {
    const given = program([multiply]);
    const { program: made, packed } = packMatrices(given);
    expect([...packed.keys()]).toEqual(['W']);
    expect(made.signals.map(({ id }) => id)).toEqual(['x', 'W/panels', 'y']);
    expect(made.operators[0]?.reads).toEqual(['x', 'W/panels']);
  });

  it('leave a matrix alone that may change, that others read, or that is read in two ways', () => {
    const reader = operator('e/reader', ['W'], [accumulate('y', 0, ir.load('W', 3))]);
    const other = { ...product, numbers: { ...numbers, transposed: 1 } };
    const list = kernel('dense-product', { list: 'l', count: 'c', matrix: 'W', result: 'y' }, numbers);
    for (const kept of [
      program([multiply], 'state'),
      program([multiply, reader]),
      program([operator('e/both', ['x', 'W'], [product, store('y', 0, ir.load('W', 1))])]),
      program([multiply, operator('e/other', ['x', 'W'], [other])]),
      program([operator('e/list', ['l', 'c', 'W'], [list])]),
    ]) {
      expect(packMatrices(kept).program).toBe(kept);
    }
  });

  it('leave the same bits as the interpreter, and are read and written as they were given', () => {
    const halved = weights.map((weight) => weight / 2);
    const results = (['wasm', 'interpreter'] as const).map((target) => {
      const simulation = expectOk(createSimulation({ program: program([multiply]), target, memory: nodeMemory }));
      simulation.advance(2);
      const first = simulation.readSignal('y');
      expect(simulation.readSignal('W')).toEqual(weights);
      simulation.writeSignal('W', halved);
      simulation.advance(1);
      expect(simulation.readSignal('W')).toEqual(halved);
      return [first, simulation.readSignal('y')];
    });
    expect(results[0]).toEqual(results[1]);
    expect(results[0]?.[0]?.[30]).not.toBe(0.5);
  });
});
