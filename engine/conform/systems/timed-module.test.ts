/** What Rockpool 2 documents of its modules and its release does not do: from the mathematics. */
import { describe, expect, it } from 'vitest';
import { expectOk } from '../../base/result.ts';
import type { ResolvedValue } from '../../model/validated.ts';
import { createContinuousSeries } from '../../timeseries/continuous-series.ts';
import { laboratoryOn } from '../case-files.test-support.ts';
import type { CaseRecord } from '../reference-case.ts';
import { createLayer } from './brian-layer.ts';
import { feedForward } from './brian-layers.ts';
import {
  createTimedModule,
  evolveModule,
  graphOf,
  parametersOfModule,
  resetModule,
  setAttributes,
  simulationParametersOf,
  stateOf,
} from './timed-module.ts';

const dt = 1e-3;
const tau = 0.02;
const rest = -0.065;
const laboratory = laboratoryOn('interpreter');

/** A layer of one input and two cells with Euler steps; the threshold is out of reach unless given. */
function moduleOf(asReleased: boolean, more: CaseRecord = {}) {
  const weights = { shape: [1, 2], values: Float64Array.of(0.01, -0.02) };
  const parameters: CaseRecord = { weights, bias: 0.004, v_thresh: 1, dt, integrator_name: 'euler', ...more };
  const none = { expected: {}, tolerance: {}, all: {} };
  const reference = { id: 'own', system: 'rockpool2.FFIAFBrian', kind: 'evolve', parameters, ...none };
  return createTimedModule(expectOk(createLayer(feedForward, reference)), 'lyr', asReleased);
}

function seriesOf(values: readonly number[]) {
  const times = Float64Array.from(values, (_, step) => step * dt);
  return expectOk(createContinuousSeries(times, Float64Array.from(values), 1, { interpolation: 'previous' }));
}

const x = [0.5, 1, -1, 0.25, 2, 0];

/** v before each step and after the last, for an input and a bias per step. */
function membrane(weight: number, bias: (step: number) => number): number[] {
  const v = [rest];
  x.forEach((value, step) => {
    const before = v[step] as number;
    v.push(before + (dt * (rest - before + value * weight + bias(step))) / tau);
  });
  return v;
}

function expectClose(found: ArrayLike<number>, wanted: readonly number[]): void {
  expect(found.length).toBe(wanted.length);
  wanted.forEach((value, place) => expect(found[place]).toBeCloseTo(value, 12));
}

function firstCell(values: ArrayLike<number>): number[] {
  return Array.from(values).filter((_, place) => place % 2 === 0);
}

describe('a module as documented', () => {
  it('returns its new state, which may be set again, and what it recorded', () => {
    const module = moduleOf(false);
    const wanted = membrane(0.01, () => 0.004);
    const { newState, record } = expectOk(
      evolveModule(module, { input: seriesOf(x), steps: 6, record: true }, laboratory),
    );
    expectClose(firstCell(record['v']?.values ?? []), wanted.slice(0, 6));
    expectClose(firstCell(newState['v']?.values ?? []), wanted.slice(6));
    resetModule(module, 'state');
    expect([...(stateOf(module)['v']?.values ?? [])]).toEqual([rest, rest]);
    expectOk(setAttributes(module, newState as Record<string, ResolvedValue>));
    expect(stateOf(module)).toEqual(newState);
  });

  it.each(['interpreter', 'wasm'] as const)('takes parameters over time on %s', (target) => {
    const bias = [0.01, 0, 0.02, 0, -0.01, 0.005];
    const argumentsOverTime = { bias: seriesOf(bias) };
    const request = { input: seriesOf(x), steps: 6, argumentsOverTime };
    const { newState } = expectOk(evolveModule(moduleOf(false), request, laboratoryOn(target)));
    expectClose(firstCell(newState['v']?.values ?? []), membrane(0.01, (step) => bias[step] as number).slice(6));
  });

  it('follows a threshold over time', () => {
    const argumentsOverTime = { v_thresh: seriesOf([1, 1, 1, -0.07, 1, 1]) };
    const request = { input: seriesOf(x), steps: 6, argumentsOverTime };
    const { call } = expectOk(evolveModule(moduleOf(false), request, laboratory));
    expect(call.spikes).toEqual({ steps: [3, 3], cells: [0, 1] });
  });

  it('has parameters by family, simulation parameters and a graph', () => {
    const module = moduleOf(false);
    expect(Object.keys(parametersOfModule(module, 'weights'))).toEqual(['weights']);
    expect(Object.keys(parametersOfModule(module, 'taus'))).toEqual(['tau_mem']);
    expect(Object.keys(parametersOfModule(module, 'biases'))).toEqual(['bias']);
    expect(simulationParametersOf(module)).toEqual({ dt, noise_std: 0, refractory: 0 });
    const { nodes, edges } = expectOk(graphOf(module));
    expect(edges).toEqual([
      ['input', 'lyr_weights'],
      ['lyr_weights', 'lyr_neurons'],
      ['lyr_neurons', 'output'],
    ]);
    expect(nodes['lyr_weights']).toMatchObject({ type: 'LinearWeights', weights: { shape: [1, 2] } });
    expect(nodes['lyr_neurons']).toMatchObject({ type: 'LIFNeuron', tau_mem: { shape: [2] }, refractory: 0 });
  });

  it('restores clock and parameters', () => {
    const module = moduleOf(false);
    expectOk(setAttributes(module, { tau_mem: 0.5 }));
    expectOk(evolveModule(module, { input: seriesOf(x), steps: 2 }, laboratory));
    resetModule(module, 'time');
    resetModule(module, 'parameters');
    expect(module.layer.state.clock.first).toBe(0);
    expect(parametersOfModule(module)['tau_mem']?.values).toEqual(Float64Array.of(tau, tau));
  });
});

describe('a module as released', () => {
  it('keeps states, records, families and its graph to itself, and ignores parameters over time', () => {
    const module = moduleOf(true);
    const argumentsOverTime = { bias: seriesOf(x) };
    const request = { input: seriesOf(x), steps: 6, argumentsOverTime, record: true };
    const { newState, record } = expectOk(evolveModule(module, request, laboratory));
    expect({ newState, record, family: parametersOfModule(module, 'weights') }).toEqual({
      newState: {},
      record: {},
      family: {},
    });
    expect(graphOf(module).ok).toBe(false);
    expectClose(firstCell(module.layer.state.values.get('v') ?? []), membrane(0.01, () => 0.004).slice(6));
  });
});

describe('what a module refuses', () => {
  it.each([
    ['an input that ends too early', { input: seriesOf(x), duration: 0.01 }, 'run/duration'],
    ['nothing that says how long', { input: undefined }, 'run/duration'],
  ] as const)('%s', (_, request, code) => {
    expect(evolveModule(moduleOf(true), request, laboratory).problems[0]?.code).toBe(code);
  });

  it('an input that is over, and one of too many channels', () => {
    const module = moduleOf(true);
    expectOk(evolveModule(module, { input: seriesOf(x), steps: 6 }, laboratory));
    expect(evolveModule(module, { input: seriesOf(x) }, laboratory).problems[0]?.code).toBe('run/duration');
    const wide = expectOk(createContinuousSeries(Float64Array.of(0, 1), new Float64Array(6), 3));
    expect(evolveModule(moduleOf(true), { input: wide, steps: 2 }, laboratory).problems[0]?.code).toBe(
      'timeseries/invalid',
    );
  });

  it('an attribute that there is not, an integrator that there is not', () => {
    expect(setAttributes(moduleOf(true), { colour: 1 }).problems[0]?.code).toBe('model/parameter-unknown');
    expect(() => moduleOf(true, { integrator_name: 'rk17' })).toThrow(/rk17/u);
  });
});
