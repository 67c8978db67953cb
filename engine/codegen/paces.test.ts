/** Operators with a pace of their own: executed in their steps alone, on both targets alike. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectOk } from '../base/result.ts';
import * as ir from '../build/ir/expressions.ts';
import { loop, store } from '../build/ir/statements.ts';
import type { Operator, Program, Signal } from '../build/program.ts';
import { compile } from './compile.ts';
import { viewOf } from './layout.ts';

const cells = 5;
const names = ['a', 'b', 'c', 'd'] as const;
const cell = ir.i32Local('i');

const signals: readonly Signal[] = names.map((id) => {
  return { id, element: 'e', name: id, type: 'f64', shape: [cells], initial: 0, unit: '1', role: 'state' };
});

/** `into = into / 2 + from + step + time + a draw`, every so many steps. */
interface Move {
  readonly from: number;
  readonly into: number;
  readonly every: number;
}

function operatorOf({ from, into, every }: Move, number: number): Operator {
  const [source, target] = [names[from] as string, names[into] as string];
  const half = ir.divide(ir.load(target, cell), ir.f64(2));
  const clock = ir.add(ir.toF64(ir.step), ir.time, ir.uniform(7 + number, cell));
  return {
    ...{ id: `e/${number}`, element: 'e', slot: 'groups', reads: [], sets: [], adds: [] },
    ...{ updates: [source, target], readsUpdated: [] },
    body: [loop('i', 0, cells, [store(target, cell, ir.add(half, ir.load(source, cell), clock))])],
    ...(every === 1 ? {} : { pace: { every, timeStepSeconds: every * 1e-4 } }),
  };
}

function programOf(operators: readonly Operator[]): Program {
  return {
    ...{ name: 'test', timeStepSeconds: 1e-4, steps: undefined, seed: 1, signals, operators },
    ...{ probes: [], readouts: [], elements: [] },
  };
}

/** What all signals hold after pieces of so many steps. */
function after(program: Program, target: 'wasm' | 'interpreter', pieces: readonly number[]): readonly number[][] {
  const compiled = expectOk(compile(program, target));
  const memory = new WebAssembly.Memory({ initial: Math.ceil(compiled.layout.totalBytes / 65_536) });
  const execute = compiled.instantiate(memory);
  let step = 0;
  for (const piece of pieces) step += execute(step, piece);
  return names.map((id) => Array.from(viewOf(compiled.layout, memory, id)));
}

const move = fc.record({ from: fc.nat(3), into: fc.nat(3), every: fc.integer({ min: 1, max: 4 }) });

describe('operators with a pace', () => {
  it('leave the same bits on both targets, in one piece or in several', () => {
    const property = fc.property(fc.array(move, { minLength: 1, maxLength: 8 }), fc.nat(12), (moves, first) => {
      const program = programOf(moves.map(operatorOf));
      const whole = after(program, 'interpreter', [13]);
      expect(after(program, 'wasm', [13])).toEqual(whole);
      expect(after(program, 'wasm', [first, 13 - first])).toEqual(whole);
    });
    fc.assert(property, { numRuns: 60 });
  });

  it('see the numbers, times and draws of their own steps', () => {
    const moves = [{ from: 0, into: 1, every: 1 }];
    const slow = moves.map(operatorOf).map((each) => ({ ...each, pace: { every: 3, timeStepSeconds: 1e-4 } }));
    expect(after(programOf(slow), 'wasm', [12])).toEqual(after(programOf(moves.map(operatorOf)), 'wasm', [4]));
  });
});
