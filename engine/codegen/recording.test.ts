import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectOk } from '../base/result.ts';
import { setContents } from '../base/written.ts';
import * as ir from '../build/ir/expressions.ts';
import { accumulate, loop, store } from '../build/ir/statements.ts';
import type { Operator, Program, ProgramProbe, Signal } from '../build/program.ts';
import { compile } from './compile.ts';
import { viewOf } from './layout.ts';
import { scheduleProbes, stopSignal } from './recording.ts';

const cells = 4;
const cell = ir.i32Local('i');

function signal(name: string, role: Signal['role']): Signal {
  return { id: `e/${name}`, element: 'e', name, type: 'f64', shape: [cells], initial: 0, unit: '1', role };
}

function operator(name: string, parts: Partial<Operator>): Operator {
  return {
    id: `e/${name}`,
    element: 'e',
    slot: 'groups',
    reads: [],
    sets: [],
    adds: [],
    updates: [],
    readsUpdated: [],
    body: [],
    ...parts,
  };
}

function probe(id: string, parts: Partial<ProgramProbe>): ProgramProbe {
  return {
    id,
    element: 'e',
    target: id,
    signal: 'e/v',
    unit: '1',
    type: 'samples',
    when: 'start',
    cells: null,
    ...parts,
  };
}

/** input = step, then + 10 by an add; v grows by the input; cell i fires (v's own index) in steps below 3·i. */
const program: Program = {
  name: 'test',
  timeStepSeconds: 1,
  steps: undefined,
  seed: 1,
  readouts: [],
  elements: [],
  signals: [signal('input', 'transient'), signal('v', 'state'), signal('fired', 'transient')],
  operators: [
    operator('set', { sets: ['e/input'], body: [loop('i', 0, cells, [store('e/input', cell, ir.toF64(ir.step))])] }),
    operator('add', { adds: ['e/input'], body: [loop('i', 0, cells, [accumulate('e/input', cell, ir.f64(10))])] }),
    operator('grow', {
      reads: ['e/input'],
      updates: ['e/v'],
      body: [loop('i', 0, cells, [accumulate('e/v', cell, ir.load('e/input', cell))])],
    }),
    operator('fire', {
      sets: ['e/fired'],
      body: [loop('i', 0, cells, [store('e/fired', cell, ir.toF64(ir.less(ir.step, ir.multiply(cell, ir.i32(3)))))])],
    }),
  ],
  probes: [
    probe('input', { signal: 'e/input' }),
    probe('before', {}),
    probe('after', { when: 'end', cells: [3, 0] }),
    probe('fired', { signal: 'e/fired', type: 'events', when: 'end' }),
  ],
};

describe('scheduleProbes', () => {
  it('places records of the start after sets and adds and before updates, those of the end last', () => {
    expect(scheduleProbes(program).program.operators.map(({ id }) => id)).toEqual([
      'recording/before',
      'e/set',
      'e/add',
      'recording/input',
      'e/grow',
      'e/fire',
      'recording/after',
      'recording/fired',
    ]);
  });

  it('refuses an order in which a signal is updated before it is complete', () => {
    const late = [...program.operators, operator('late', { adds: ['e/v'] })];
    expect(() => scheduleProbes({ ...program, operators: late })).toThrow(/before the signal is complete/);
  });

  it('refuses cells that are not there', () => {
    expect(() => scheduleProbes({ ...program, probes: [probe('x', { cells: [4] })] })).toThrow(/lacks/);
  });

  it('stops in time for buffers of any size and loses nothing (R4)', () => {
    const targets = fc.constantFrom('wasm' as const, 'interpreter' as const);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 400 }),
        targets,
        fc.integer({ min: 1, max: 30 }),
        (recordingBytes, target, steps) => {
          const { rows, events, chunks } = collect(target, recordingBytes, steps);
          const wanted = expectedRecords(steps);
          expect(rows).toEqual(wanted.rows);
          expect(events).toEqual(wanted.events);
          expect(recordingBytes >= 32 * 30 || chunks >= Math.ceil((steps * 32) / Math.max(32, recordingBytes))).toBe(
            true,
          );
        },
      ),
      { numRuns: 60 },
    );
  });
});

function expectedRecords(steps: number) {
  const rows: Record<string, number[]> = { input: [], before: [], after: [] };
  const events: number[][] = [];
  let v = 0;
  for (let step = 0; step < steps; step += 1) {
    rows['input']?.push(...new Array<number>(cells).fill(step + 10));
    rows['before']?.push(...new Array<number>(cells).fill(v));
    v += step + 10;
    rows['after']?.push(v, v);
    for (let index = 0; index < cells; index += 1) if (step < 3 * index) events.push([step, index]);
  }
  return { rows, events };
}

function collect(target: 'wasm' | 'interpreter', recordingBytes: number, steps: number) {
  const compiled = expectOk(compile(program, target, { recordingBytes }));
  const memory = new WebAssembly.Memory({ initial: 1 });
  for (const { id, initial } of compiled.program.signals) {
    setContents(viewOf(compiled.layout, memory, id), initial);
  }
  const execute = compiled.instantiate(memory);
  const rows: Record<string, number[]> = { input: [], before: [], after: [] };
  const events: number[][] = [];
  let chunks = 0;
  for (let step = 0; step < steps; chunks += 1) {
    step += execute(step, steps - step);
    for (const { id, type, count, channels, capacity, buffer, cellBuffer } of compiled.probes) {
      const counter = viewOf(compiled.layout, memory, count);
      const recorded = counter[0] as number;
      expect(recorded).toBeLessThanOrEqual(capacity);
      const values = viewOf(compiled.layout, memory, buffer);
      if (type === 'samples') rows[id]?.push(...values.subarray(0, recorded * channels));
      else
        for (let index = 0; index < recorded; index += 1)
          events.push([values[index] as number, viewOf(compiled.layout, memory, cellBuffer)[index] as number]);
      counter[0] = 0;
    }
    viewOf(compiled.layout, memory, stopSignal)[0] = 0;
  }
  return { rows, events, chunks };
}
