/** Explanations: what a compiled program is made of. */
import { describe, expect, it } from 'vitest';
import { expectOk } from '../base/result.ts';
import { i32, f64 } from '../build/ir/expressions.ts';
import { store } from '../build/ir/statements.ts';
import type { Operator, Program, Signal } from '../build/program.ts';
import { compile } from './compile.ts';
import { explainProgram, printExplanation } from './explain.ts';

const signal = (element: string, name: string, length: number): Signal => ({
  id: `${element}/${name}`,
  element,
  name,
  type: 'f64',
  shape: [length],
  initial: 0,
  unit: '1',
  role: 'state',
});
const operator = (element: string, writes: string): Operator => ({
  id: `${element}/write`,
  element,
  slot: 'groups',
  reads: [],
  sets: [],
  adds: [],
  updates: [writes],
  readsUpdated: [],
  body: [store(writes, i32(0), f64(1))],
});
const program: Program = {
  name: 'two parts',
  timeStepSeconds: 1e-4,
  steps: undefined,
  seed: 1,
  signals: [signal('a', 'v', 3), signal('c', 'weights', 100)],
  operators: [operator('a', 'a/v'), operator('c', 'c/weights')],
  probes: [],
  readouts: [],
  elements: [{ id: 'a', name: 'Cells', kind: 'x', size: 3, spikes: undefined }],
};

describe('an explanation', () => {
  it('given two parts, then each has its operators, its bytes with alignment, and bytes per synapse where it has synapses', () => {
    const compiled = expectOk(compile(program, 'interpreter'));
    const { parts, memoryBytes, target } = explainProgram(compiled);
    const [cells, synapses] = [parts.find(({ id }) => id === 'a'), parts.find(({ id }) => id === 'c')];
    expect(cells).toMatchObject({ bytes: 64, signals: 1, operators: [{ id: 'a/write', slot: 'groups' }] });
    expect(cells?.synapses).toBeUndefined();
    expect(synapses).toMatchObject({ bytes: 832, synapses: 100, bytesPerSynapse: 8.32 });
    expect(parts.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(memoryBytes);
    expect(target).toBe('interpreter');
  });

  it('given a choice among kernels, then the operator has it with its reason, and its synapses count', () => {
    const choice = { kernel: 'event-driven', reason: 'few sources spike', bytes: 96, synapses: 8 } as const;
    const operators = program.operators.map((each) => (each.element === 'c' ? { ...each, choice } : each));
    const explanation = explainProgram(expectOk(compile({ ...program, operators }, 'interpreter')));
    const part = explanation.parts.find(({ id }) => id === 'c');
    expect(part).toMatchObject({ synapses: 8, bytesPerSynapse: 104, operators: [{ choice }] });
    expect(printExplanation(explanation)).toContain('    event-driven: few sources spike; 96 bytes');
  });

  it('given code and a time, then the text tells both, and names parts as it is told to', () => {
    const compiled = expectOk(compile(program, 'wasm'));
    const text = printExplanation(explainProgram(compiled, { compileMilliseconds: 1.25 }), (id) => `<${id}>`);
    expect(text).toContain(`code ${compiled.codeBytes} bytes, compiled in 1.3 ms`);
    expect(text).toContain('<c>: 832 bytes in 1 signals, 100 synapses, 8.3 bytes per synapse');
    expect(text).toContain('groups     a/write');
  });
});
