/** The largest expressions that are taken run to the end on both targets, without exhausting the stack (rule E5). */
import { describe, expect, it } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { laboratoryOn } from '../case-files.test-support.ts';
import { readCase } from '../reference-case.ts';
import { equationNeuron } from './equation-neuron.ts';

/** As many operators in one chain as there may be. */
const chain = (first: string, operator: string): string => `${first}${operator.repeat(490)}`;
const drift = `(${chain('v', ' + v*x')})/second`;
const noise = `(${chain('x', ' + v')})*xi*second**-0.5`;
const doubled = Array.from({ length: 13 }, (_, index) => `a${index + 1} = a${index} + a${index} : 1`);

const models: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  euler: { equations: `dv/dt = ${drift} : 1\nx : 1`, method: 'euler' },
  'exponential-euler': { equations: `dv/dt = ${drift} : 1\nx : 1`, method: 'exponential_euler' },
  rk4: { equations: `dv/dt = ${drift} : 1\nx : 1`, method: 'rk4' },
  milstein: { equations: `dv/dt = ${drift} + ${noise} : 1\nx : 1`, method: 'milstein' },
  auto: { equations: `dv/dt = ${drift} : 1\nx : 1` },
  statements: {
    equations: `a = ${chain('x', ' + x')} : 1\nx : 1`,
    threshold: 'a < 1',
    reset: `x = ${chain('x', ' - x')}`,
  },
  'many parts': { equations: `a0 = x : 1\n${doubled.join('\n')}\ndv/dt = -a13*v/second : 1\nx : 1`, method: 'rk2' },
};

describe.each(['interpreter', 'wasm'] as const)('%s', (target) => {
  it.each(Object.keys(models))('%s', (name) => {
    const given = {
      id: 'equations/limits',
      system: 'equations.neuron',
      kind: 'equations',
      source: 'this test',
      about: name,
      units: 'SI',
      model: models[name],
      cells: 1,
      initial: {},
      parameters: {},
      dt: 1e-3,
      duration: 2e-3,
      record: ['x'],
      expected: { states: {} },
      tolerance: { abs: {}, rel: 0 },
    };
    expect(equationNeuron.run(expectOk(readCase(given, name)), laboratoryOn(target)).problems).toEqual([]);
  });
});
