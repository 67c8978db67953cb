import { describe, expect, it } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { setContents } from '../../base/written.ts';
import * as ir from '../../build/ir/expressions.ts';
import { loop, store } from '../../build/ir/statements.ts';
import type { Program, Signal } from '../../build/program.ts';
import { compile } from '../compile.ts';
import type { CompileTarget } from '../compiled.ts';
import type { Precision } from '../ir/lower.ts';
import { viewOf } from '../layout.ts';
import { optimise } from '../optimise.ts';

const cell = ir.i32Local('n');
const loops = 120;

function signal(id: string, length: number, initial: number): Signal {
  return { id, element: 'e', name: id, type: 'f64', shape: [length], initial, unit: '1', role: 'state' };
}

/** Loops that do not become one, being of different lengths; all need the same number, and a choice by it, in lanes. */
const program: Program = {
  ...{ name: 'test', timeStepSeconds: 1e-4, steps: undefined, seed: 1, probes: [], readouts: [], elements: [] },
  signals: [
    signal('scale', 1, 0.75),
    ...Array.from({ length: loops }, (_, number) => signal(`v${number}`, number + 5, number)),
  ],
  operators: Array.from({ length: loops }, (_, number) => {
    const [id, v, scale] = [`v${number}`, ir.load(`v${number}`, cell), ir.load('scale')];
    const chosen = ir.select(ir.less(ir.multiply(v, scale), ir.f64(50)), ir.add(v, scale), ir.multiply(v, scale));
    const either = ir.select(ir.greater(scale, ir.f64(0.5)), chosen, v);
    return {
      ...{ id: `e/${number}`, element: 'e', slot: 'groups', sets: [], adds: [], readsUpdated: [] },
      ...{ reads: ['scale'], updates: [id], body: [loop('n', 0, number + 5, [store(id, cell, either)])] },
    };
  }),
};

function run(target: CompileTarget, precision: Precision): number[][] {
  const compiled = expectOk(compile(program, target, { precision }));
  const memory = new WebAssembly.Memory({ initial: Math.ceil(compiled.layout.totalBytes / 65_536) });
  for (const { id, initial } of compiled.program.signals) setContents(viewOf(compiled.layout, memory, id), initial);
  compiled.instantiate(memory)(0, 3);
  return program.signals.map(({ id }) => Array.from(viewOf(compiled.layout, memory, id)));
}

describe('long regions', () => {
  it.each(['f64', 'f32'] as const)('are cut, and what several pieces need in lanes is carried in %s', (precision) => {
    const { step, signals } = optimise(program, precision);
    expect(step.length).toBeGreaterThan(1);
    const lanes = precision === 'f64' ? 2 : 4;
    expect(signals.map(({ shape }) => shape)).toContainEqual([lanes]);
    expect(signals.map(({ type }) => type)).toContain('i32');
    expect(run('wasm', precision)).toEqual(run('interpreter', precision));
  });
});
