/** Orders of convergence of stochastic methods: along single paths (strong) and of moments (weak), and the sense of the noise. */
import { describe, expect, it } from 'vitest';
import { defined } from '../base/assert.ts';
import { uniformAt } from '../base/random.ts';
import { expectOk } from '../base/result.ts';
import { checkModel } from '../equations/check-model.ts';
import { evaluate, type Value } from '../equations/evaluate.ts';
import { parseModel } from '../equations/parse-model.ts';
import { differentialSystem } from '../equations/system.ts';
import { integrationMethods } from './index.ts';
import { normalName, type StageProgram } from './method.ts';

/** Drift and strength of dx = a·x·dt + s·x·dW, over a time of one second. */
const [a, s] = [0.8, 0.6];
const multiplicative = `dx/dt = ${a}*x/second + ${s}*x*xi*second**-0.5 : 1`;
const driftless = `dx/dt = ${s}*x*xi*second**-0.5 : 1`;
const additive = `dx/dt = -${a}*x/second + ${s}*xi*second**-0.5 : 1`;

function programOf(id: string, model: string): StageProgram {
  const system = differentialSystem(expectOk(checkModel(expectOk(parseModel(model)), { names: new Map() })));
  const method = defined(integrationMethods.find(id), id);
  expect(method.applies(system)).toBeUndefined();
  return method.step(system, { sampleInput: (name) => name });
}

/** x after one second of steps of equal length; `normals` has one number for every step. */
function solve(program: StageProgram, normals: readonly number[]): number {
  let x = 1;
  for (const normal of normals) {
    const values: Record<string, Value> = { x, t: 0, dt: 1 / normals.length, second: 1, [normalName('xi')]: normal };
    for (const { target, expression } of program.assignments) {
      values[target] = evaluate(expression, {
        value: (name) => values[name],
        call: (name, [part, power]) => (name === 'sqrt' ? Math.sqrt(Number(part)) : Number(part) ** Number(power)),
      });
    }
    x = Number(values[program.results['x'] ?? '']);
  }
  return x;
}

const finest = 1024;
const paths = Array.from({ length: 150 }, (_, path) =>
  Array.from({ length: finest }, (__, step) => {
    const [one, other] = [uniformAt(7, step, 2 * path), uniformAt(7, step, 2 * path + 1)];
    return Math.sqrt(-2 * Math.log(one)) * Math.cos(2 * Math.PI * other);
  }),
);

/** The same path in fewer steps: sums of increments, scaled to the longer step. */
function coarser(normals: readonly number[], steps: number): readonly number[] {
  const ratio = normals.length / steps;
  return Array.from({ length: steps }, (_, step) => {
    const part = normals.slice(step * ratio, (step + 1) * ratio);
    return part.reduce((sum, value) => sum + value, 0) / Math.sqrt(ratio);
  });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Order by which the mean distance from the end of the true path falls. */
function strongOrder(
  id: string,
  model: string,
  truth: (path: readonly number[]) => number,
  [few, many]: readonly [number, number] = [16, 128],
): number {
  const program = programOf(id, model);
  const ends = paths.map(truth);
  const error = (steps: number): number =>
    mean(paths.map((path, n) => Math.abs(solve(program, coarser(path, steps)) - (ends[n] ?? Number.NaN))));
  return Math.log2(error(few) / error(many)) / Math.log2(many / few);
}

const walk = (path: readonly number[]): number => coarser(path, 1)[0] ?? Number.NaN;
const ito = (path: readonly number[]): number => Math.exp(a - s ** 2 / 2 + s * walk(path));
const stratonovich = (path: readonly number[]): number => Math.exp(a + s * walk(path));

/** The Ornstein–Uhlenbeck path on the finest steps; its own error is far below that of the steps compared. */
function relaxing(path: readonly number[]): number {
  const h = 1 / path.length;
  return path.reduce(
    (x, normal) => (x + (s * Math.sqrt(h) * normal) / 2) * Math.exp(-a * h) + (s * Math.sqrt(h) * normal) / 2,
    1,
  );
}

describe('along single paths', () => {
  it.each([
    ['euler-maruyama', multiplicative, ito, 0.5],
    ['milstein', driftless, (path: readonly number[]) => Math.exp(s * walk(path)), 1],
    ['heun', multiplicative, stratonovich, 1],
    ['euler', additive, relaxing, 1],
    ['euler-maruyama', additive, relaxing, 1],
    ['milstein', additive, relaxing, 1],
    ['heun', additive, relaxing, 1],
  ] as const)('%s for %s has its strong order', (id, model, truth, order) => {
    expect(Math.abs(strongOrder(id, model, truth) - order)).toBeLessThan(0.15);
  });

  it('Milstein with a drift falls to one half, since its support point takes the drift in and dt is not taken off', () => {
    expect(Math.abs(strongOrder('milstein', multiplicative, stratonovich, [256, 1024]) - 0.5)).toBeLessThan(0.15);
  });

  it('the other sense of the noise is no solution at all', () => {
    expect(strongOrder('euler-maruyama', multiplicative, stratonovich)).toBeLessThan(0.2);
    expect(strongOrder('milstein', multiplicative, ito)).toBeLessThan(0.2);
    expect(strongOrder('heun', multiplicative, ito)).toBeLessThan(0.2);
  });
});

/** E[x²] over all walks of increments ±sqrt(dt), which is exact: no chance is left. */
function secondMoment(program: StageProgram, steps: number): number {
  const signs = Array.from({ length: 2 ** steps }, (_, number) =>
    Array.from({ length: steps }, (__, bit) => ((number >> bit) & 1 ? 1 : -1)),
  );
  return mean(signs.map((normals) => solve(program, normals) ** 2));
}

describe('in moments', () => {
  const [decay, spread] = [Math.exp(-2 * a), s ** 2 / (2 * a)];
  it.each([
    ['euler-maruyama', multiplicative, Math.exp(2 * a + s ** 2)],
    ['milstein', driftless, Math.exp(2 * s ** 2)],
    ['heun', multiplicative, Math.exp(2 * a + 2 * s ** 2)],
    ['euler', additive, decay + spread * (1 - decay)],
  ] as const)('%s for %s has weak order one', (id, model, truth) => {
    const program = programOf(id, model);
    const [rough = 0, fine = 0] = [6, 12].map((steps) => Math.abs(secondMoment(program, steps) - truth));
    expect(Math.abs(Math.log2(rough / fine) - 1)).toBeLessThan(0.2);
  });
});
