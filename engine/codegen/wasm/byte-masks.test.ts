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

const cell = ir.i32Local('n');
const bytes = [0, 1, 2, 127, 128, 255, 0, 3];

/** Choices by bytes that are 0 or not. */
function program(type: 'u8' | 'i8', cells: number): Program {
  const signal = (id: string, element: Signal['type'], initial: Signal['initial']): Signal => {
    return { id, element: 'e', name: id, type: element, shape: [cells], initial, unit: '1', role: 'state' };
  };
  const isSet = ir.notEqual(ir.loadI32('mask', cell), ir.i32(0));
  const isClear = ir.equal(ir.loadI32('mask', cell), ir.i32(0));
  const [v, w] = [ir.load('v', cell), ir.load('w', cell)];
  const body = [
    store('v', cell, ir.select(isSet, ir.add(v, ir.f64(1)), v)),
    store('w', cell, ir.select(isClear, ir.add(w, ir.f64(2)), w)),
    store('both', cell, ir.toI32(ir.and(isSet, ir.greater(v, ir.f64(3))))),
  ];
  return {
    ...{ name: 'test', timeStepSeconds: 1e-4, steps: undefined, seed: 1, probes: [], readouts: [], elements: [] },
    signals: [
      signal(
        'v',
        'f64',
        Float64Array.from({ length: cells }, (_, number) => number - 3),
      ),
      signal('w', 'f64', -0.5),
      signal('both', 'u8', 0),
      signal(
        'mask',
        type,
        Float64Array.from({ length: cells }, (_, number) => {
          const byte = bytes[number % bytes.length] as number;
          return type === 'i8' && byte > 127 ? byte - 256 : byte;
        }),
      ),
    ],
    operators: body.map((statement, number) => ({
      ...{ id: `e/${number}`, element: 'e', slot: 'groups', sets: [], adds: [], readsUpdated: [] },
      ...{ reads: ['mask'], updates: ['v', 'w', 'both'], body: [loop('n', 0, cells, [statement])] },
    })),
  };
}

function run(made: Program, target: CompileTarget, precision: Precision): number[][] {
  const compiled = expectOk(compile(made, target, { precision }));
  const memory = new WebAssembly.Memory({ initial: Math.ceil(compiled.layout.totalBytes / 65_536) });
  for (const { id, initial } of compiled.program.signals) setContents(viewOf(compiled.layout, memory, id), initial);
  compiled.instantiate(memory)(0, 2);
  return made.signals.map(({ id }) => Array.from(viewOf(compiled.layout, memory, id)));
}

describe('bytes as conditions', () => {
  it.each([5, 64, 66, 200] as const)('are what the interpreter says, of %i cells', (cells) => {
    for (const type of ['u8', 'i8'] as const) {
      for (const precision of ['f64', 'f32'] as const) {
        const made = program(type, cells);
        const found = run(made, 'wasm', precision);
        expect(found).toEqual(run(made, 'interpreter', precision));
        expect(found[0]?.slice(0, 4)).toEqual([-3, 0, 1, 2]);
      }
    }
  });
});
