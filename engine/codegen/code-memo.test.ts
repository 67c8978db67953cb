import { describe, expect, it } from 'vitest';
import * as ir from '../build/ir/expressions.ts';
import { loop, store } from '../build/ir/statements.ts';
import type { Expression } from '../build/ir/types.ts';
import type { Operator, Program, Signal } from '../build/program.ts';
import { rememberingCode } from './code-memo.ts';

const signal = (id: string, initial: Signal['initial'], length = 4): Signal => ({
  id,
  element: 'cells',
  name: id,
  type: 'f64',
  shape: [length],
  initial,
  unit: '1',
  role: 'state',
});

const operator = (value: Expression): Operator => ({
  id: 'cells/step',
  element: 'cells',
  slot: 'groups',
  reads: [],
  sets: [],
  adds: [],
  updates: ['v'],
  readsUpdated: [],
  body: [loop('n', 0, 4, [store('v', ir.i32Local('n'), value)])],
});

type Given = Pick<Program, 'operators' | 'signals' | 'timeStepSeconds'>;

const given = (value: Expression, initial: Signal['initial'], length = 4): Given => ({
  operators: [operator(value)],
  signals: [signal('v', initial, length)],
  timeStepSeconds: 1e-4,
});

function counting() {
  let made = 0;
  const codeOf = rememberingCode<Given, string, number>(2, () => (made += 1));
  return { codeOf: (source: Given, options = 'f64') => codeOf(source, options), made: () => made };
}

describe('code remembered', () => {
  it('is given again for other contents', () => {
    const { codeOf, made } = counting();
    const first = codeOf(given(ir.f64(1), 0));
    expect(codeOf(given(ir.f64(1), new Float64Array(4).fill(7)))).toBe(first);
    expect(made()).toBe(1);
  });

  it('is made anew for another number, zero of the other sign, shape, time step or options', () => {
    const { codeOf } = counting();
    const first = codeOf(given(ir.f64(0), 0));
    for (const other of [given(ir.f64(-0), 0), given(ir.f64(2), 0), given(ir.f64(0), 0, 5)])
      expect(codeOf(other)).not.toBe(first);
    const { codeOf: again } = counting();
    const second = again(given(ir.f64(0), 0));
    expect(again(given(ir.f64(0), 0), 'f32')).not.toBe(second);
    expect(again({ ...given(ir.f64(0), 0), timeStepSeconds: 1e-3 })).not.toBe(second);
  });

  it('takes NaN for NaN', () => {
    const { codeOf } = counting();
    expect(codeOf(given(ir.f64(NaN), 0))).toBe(codeOf(given(ir.f64(NaN), 0)));
  });

  it('lets go of what was asked for longest ago', () => {
    const { codeOf, made } = counting();
    const [one, two, three] = [1, 2, 3].map((value) => given(ir.f64(value), 0)) as [Given, Given, Given];
    codeOf(one);
    codeOf(two);
    codeOf(one);
    codeOf(three);
    codeOf(one);
    expect(made()).toBe(3);
    codeOf(two);
    expect(made()).toBe(4);
  });
});
