/** Contract of every integration method: convergence order, simultaneous advance, refusals, sampling of inputs. */
import { describe, expect, it } from 'vitest';
import { expectOk } from '../base/result.ts';
import { dimensionless, dimensionOf } from '../units/dimension.ts';
import { checkModel } from '../equations/check-model.ts';
import { evaluate, type Value } from '../equations/evaluate.ts';
import { parseModel } from '../equations/parse-model.ts';
import { parseStatements } from '../equations/statements.ts';
import {
  differentialSystem,
  type DifferentialSystem,
  type DiscreteSystem,
  type EquationSystem,
  type SystemOptions,
} from '../equations/system.ts';
import { printTree } from '../equations/print.ts';
import { integrationMethods } from './index.ts';
import type { IntegrationMethod, StageContext, StageProgram } from './method.ts';

const functions: Readonly<Record<string, (...values: number[]) => number>> = {
  exp: Math.exp,
  sqrt: Math.sqrt,
  sin: Math.sin,
  cos: Math.cos,
  tanh: Math.tanh,
  pow: Math.pow,
  int: Math.trunc,
  min: Math.min,
  max: Math.max,
  exprel: (x) => (x === 0 ? 1 : Math.expm1(x) / x),
};
const held: StageContext = { sampleInput: (name) => name };

function systemOf(text: string, options: SystemOptions = {}): DifferentialSystem {
  const rate = { dimension: dimensionOf({ s: -1 }) };
  const names = new Map([
    ['rate', rate],
    ['I', { dimension: dimensionless }],
    ['sigma', { dimension: dimensionOf({ s: -0.5 }) }],
  ]);
  return differentialSystem(expectOk(checkModel(expectOk(parseModel(text)), { names })), options);
}

function method(id: string): IntegrationMethod {
  const found = integrationMethods.find(id);
  if (found === undefined) throw new Error(`no method ${id}`);
  return found;
}

function advance(program: StageProgram, state: Readonly<Record<string, Value>>): Record<string, Value> {
  const values: Record<string, Value> = { ...state };
  for (const { target, expression } of program.assignments) {
    expect(values).not.toHaveProperty(target);
    values[target] = evaluate(expression, {
      value: (name) => values[name],
      call: (name, parts) => functions[name]?.(...parts.map(Number)) ?? Number.NaN,
    });
  }
  return Object.fromEntries(
    Object.entries(program.results).map(([variable, result]) => [variable, values[result] ?? Number.NaN]),
  );
}

function solve(
  id: string,
  system: DifferentialSystem,
  start: Readonly<Record<string, Value>>,
  duration: number,
  steps: number,
): Record<string, Value> {
  const dt = duration / steps;
  const program = method(id).step(system, held);
  let state: Record<string, Value> = { ...start };
  for (let step = 0; step < steps; step += 1) state = { ...state, ...advance(program, { ...state, t: step * dt, dt }) };
  return state;
}

const nonlinear = 'dx/dt = (sin(3*t*rate) - x*x*y)*rate : 1\ndy/dt = (x - y)*rate : 1';
const conditionallyLinear = 'dx/dt = (sin(3*t*rate) - x*y)*rate : 1\ndy/dt = (x - y)*rate : 1';
const start = { x: 1, y: 0.5, rate: 1 };

describe('convergence', () => {
  const approximating = integrationMethods.entries.filter((entry) => entry.order !== undefined);

  it.each(approximating.map((entry) => [entry.id, entry] as const))('%s has its order', (id, entry) => {
    const system = systemOf(id === 'exponential-euler' ? conditionallyLinear : nonlinear);
    expect(entry.applies(system)).toBeUndefined();
    const exact = Number(solve('rk4', system, start, 1, 1024).x);
    const errors = [64, 128].map((steps) => Math.abs(Number(solve(id, system, start, 1, steps).x) - exact));
    const measured = Math.log2((errors[0] ?? 0) / (errors[1] ?? 0));
    expect(Math.abs(measured - (entry.order ?? 0))).toBeLessThan(0.15);
  });

  it('exponential-euler is exact for one linear equation', () => {
    const system = systemOf('dx/dt = (I - x)*rate : 1');
    const { x } = solve('exponential-euler', system, { x: 1, I: 3, rate: 2 }, 1, 4);
    expect(Number(x)).toBeCloseTo(3 - 2 * Math.exp(-2), 14);
  });

  it('exponential-euler goes over to Euler where the coefficient is zero', () => {
    const system = systemOf('dx/dt = I*rate - a*x*rate : 1\na : 1');
    expect(solve('exponential-euler', system, { x: 1, I: 3, rate: 2, a: 0 }, 1, 1).x).toBe(7);
  });
});

describe('one step', () => {
  it('euler advances all variables from the old state', () => {
    const system = systemOf('dx/dt = y*rate : 1\ndy/dt = -x*rate : 1');
    expect(advance(method('euler').step(system, held), { x: 1, y: 2, rate: 1, dt: 0.5 })).toEqual({ x: 2, y: 1.5 });
  });

  it('rk4 sums x + (k1 + 2k2 + 2k3 + k4)/6 in this order', () => {
    const program = method('rk4').step(systemOf('dx/dt = x*rate : 1'), held);
    expect(program.assignments.map(({ target, expression }) => `${target} = ${printTree(expression)}`)).toEqual([
      '_k1_x = dt * (x * rate)',
      '_x2_x = x + _k1_x / 2',
      '_k2_x = dt * (_x2_x * rate)',
      '_x3_x = x + _k2_x / 2',
      '_k3_x = dt * (_x3_x * rate)',
      '_x4_x = x + _k3_x',
      '_k4_x = dt * (_x4_x * rate)',
      '_new_x = x + (_k1_x + 2 * _k2_x + 2 * _k3_x + _k4_x) / 6',
    ]);
  });

  it('rk4 samples inputs and time at the start, twice in the middle and at the end', () => {
    const system = systemOf('dx/dt = I*rate + t*rate*rate : 1', { inputs: new Set(['I']) });
    const program = method('rk4').step(system, { sampleInput: (name, stage) => `${name}_${stage}` });
    const increments = program.assignments
      .filter(({ target }) => target.startsWith('_k'))
      .map(({ expression }) => printTree(expression));
    expect(increments).toEqual([
      'dt * (I_start * rate + t * rate * rate)',
      'dt * (I_middle * rate + (t + dt / 2) * rate * rate)',
      'dt * (I_middle * rate + (t + dt / 2) * rate * rate)',
      'dt * (I_end * rate + (t + dt) * rate * rate)',
    ]);
  });

  it('subexpressions are evaluated with the state of each stage', () => {
    const system = systemOf('dx/dt = drive*rate : 1\ndrive = 2*half : 1\nhalf = x/2 : 1');
    expect(Number(solve('rk4', system, { x: 1, rate: 1 }, 1, 100).x)).toBeCloseTo(Math.E, 8);
  });

  it.each(integrationMethods.entries.filter((entry) => entry.id !== 'discrete').map((entry) => entry.id))(
    '%s holds a variable to the bit while it is inactive',
    (id) => {
      const system = systemOf('dx/dt = (I - x)*rate : 1 (unless refractory)\ndy/dt = -y*rate : 1', {
        refractory: true,
      });
      const program = method(id).step(system, held);
      const state = { x: 0.1, y: 1, I: 0.7, rate: 3, dt: 0.1, t: 0 };
      expect(advance(program, { ...state, not_refractory: false }).x).toBe(0.1);
      expect(advance(program, { ...state, not_refractory: true }).x).toBeGreaterThan(0.2);
    },
  );

  it('discrete runs statements from top to bottom, temporaries stay inside', () => {
    const statements = expectOk(parseStatements('old = x; x = 0.5*x + I\nx += 1; y = x - old'));
    const system: DiscreteSystem = { kind: 'discrete', statements, variables: ['x', 'y'], inputs: new Set(['I']) };
    const program = method('discrete').step(system, { sampleInput: (name, stage) => `${name}_${stage}` });
    expect(advance(program, { x: 4, y: 0, I_start: 3 })).toEqual({ x: 6, y: 2 });
  });
});

describe('noise', () => {
  const state = { x: 2, y: 0, I: 0, rate: 1, sigma: 1, dt: 0.25, t: 0, _normal_xi: 0.5 };
  // dt = ¼ and N = ½ give dW = ¼.

  it('euler adds g·dW for additive noise', () => {
    const program = method('euler').step(systemOf('dx/dt = -x*rate + 3*sigma*xi : 1'), held);
    expect(program.noises).toEqual(['xi']);
    expect(advance(program, state)).toEqual({ x: 2 - 0.5 + 0.75 });
  });

  it('euler-maruyama takes g at the old state', () => {
    expect(advance(method('euler-maruyama').step(systemOf('dx/dt = -x*rate + x*sigma*xi : 1'), held), state)).toEqual({
      x: 2 - 0.5 + 0.5,
    });
  });

  it('heun averages g over both ends', () => {
    // s = 2 + 2·¼ = 2.5; x + dt·f + ½·¼·(2 + 2.5)
    expect(advance(method('heun').step(systemOf('dx/dt = -x*rate + x*sigma*xi : 1'), held), state)).toEqual({
      x: 1.5 + 0.5625,
    });
  });

  it('milstein corrects by the change of g', () => {
    // s = 2 − ½ + ½·2 = 2.5; k = (2.5 − 2)·(1/16)/(2·½); x + dt·f + g·dW + k
    expect(advance(method('milstein').step(systemOf('dx/dt = -x*rate + x*sigma*xi : 1'), held), state)).toEqual({
      x: 1.5 + 0.5 + 0.03125,
    });
  });

  it('one noise named in two equations is one number', () => {
    const program = method('euler').step(systemOf('dx/dt = sigma*xi_a : 1\ndy/dt = 2*sigma*xi_a : 1'), held);
    expect(advance(program, { ...state, _normal_xi_a: 0.5 })).toEqual({ x: 2.25, y: 0.5 });
    expect(program.noises).toEqual(['xi_a']);
  });
});

describe('refusals', () => {
  const statements: DiscreteSystem = {
    kind: 'discrete',
    statements: expectOk(parseStatements('x = 1')),
    variables: ['x'],
    inputs: new Set(),
  };
  const additive = systemOf('dx/dt = -x*rate + sigma*xi : 1');
  const multiplicative = systemOf('dx/dt = -x*rate + x*sigma*xi : 1');

  it.each<readonly [string, EquationSystem, string]>([
    ['rk4', additive, 'Use euler.'],
    ['rk2', multiplicative, 'Use heun.'],
    ['euler', multiplicative, 'Use heun.'],
    ['exponential-euler', systemOf('dx/dt = -x*x*rate : 1'), 'Use rk4.'],
    ['exponential-euler', systemOf('dx/dt = (1 - x)**2*rate : 1'), 'Use rk4.'],
    ['exponential-euler', additive, 'Use euler.'],
    ['milstein', systemOf('dx/dt = y*sigma*xi : 1\ndy/dt = -y*rate : 1'), 'Use heun.'],
    ['milstein', systemOf('dx/dt = x*sigma*xi_a : 1\ndy/dt = y*sigma*xi_a : 1'), 'Use heun.'],
    ['heun', systemOf('dx/dt = xi*xi : 1'), 'Write the equation as f + g*xi.'],
    ['euler', systemOf('x : 1'), 'Use discrete for models that only react to events.'],
    ['discrete', additive, 'Use euler.'],
    ...integrationMethods.entries
      .filter((entry) => entry.id !== 'discrete')
      .map((entry) => [entry.id, statements, 'Use discrete.'] as const),
  ])('%s refuses and names a way out', (id, system, hint) => {
    expect(method(id).applies(system)).toMatchObject({ code: 'integration/not-applicable', hint });
  });

  it('the method named can take the system', () => {
    for (const system of [additive, multiplicative, statements, systemOf('dx/dt = -x*x*rate : 1')]) {
      for (const { applies } of integrationMethods.entries) {
        const named = /^Use (\S+)\.$/u.exec(applies(system)?.hint ?? '')?.[1];
        if (named !== undefined) expect(method(named).applies(system)).toBeUndefined();
      }
    }
  });
});
