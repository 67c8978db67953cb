/** Event-driven integration: as exact, spike by spike and to rounding, at the cost of events (rules I1–I9). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConnectionRecord, SpikeloomDocument } from '../model/document.ts';
import { createEmptyDocument } from '../model/new-document.ts';
import type { ParameterValue } from '../model/value.ts';
import { prepared, runOn, type RunTrace } from './library-models.test-support.ts';

type Parameters = Record<string, ParameterValue>;

const delta: Parameters = {
  model: 'dv/dt = -(v - E)/tau : volt\nE : volt\ntau : second (constant)',
  threshold_condition: 'v > 10*mV',
  reset_statements: 'v = E',
  refractory_period: '',
  event_handlers: 'on synapses: v += w',
  tau: { value: 12, unit: 'ms' },
};

/** Populations of every kind that the method takes; two volts are never compared with one. */
const models: Readonly<Record<string, Parameters>> = {
  delta,
  'delta, refractory': {
    ...delta,
    model: 'dv/dt = -(v - E)/tau : volt (unless refractory)\nE : volt\ntau : second (constant)',
    refractory_period: '3*ms',
  },
  'current, bound by its charge': {
    ...delta,
    model: `dv/dt = (E - v + u)/tau : volt (unless refractory)
du/dt = -u/(5*ms) : volt
E : volt
tau : second (constant)`,
    refractory_period: '2*ms',
    event_handlers: 'on synapses: u += 4*w',
  },
  'two currents and an adapting threshold': {
    ...delta,
    model: `dv/dt = (E - v + ge - gi)/tau : volt (unless refractory)
dge/dt = -ge/(4*ms) : volt
dgi/dt = -gi/(7*ms) : volt
dtheta/dt = (10*mV - theta)/(30*ms) : volt
E : volt
tau : second (constant)`,
    threshold_condition: 'v > theta and ge > 0.01*mV',
    reset_statements: 'v = E; theta += 2*mV',
    refractory_period: 'v > 12*mV',
    event_handlers: 'on synapses: ge += 3*w; gi += w',
    theta: { value: 10, unit: 'mV' },
  },
  'alpha function, by powers': {
    ...delta,
    model: `dv/dt = (E - v + u)/(15*ms) : volt (unless refractory)
du/dt = (x - u)/(4*ms) : volt
dx/dt = -x/(4*ms) : volt
E : volt`,
    refractory_period: '1*ms',
    event_handlers: 'on synapses: x += 6*w',
  },
  'a turning pair beside the threshold': {
    ...delta,
    model: `dv/dt = -(v - E)/(9*ms) : volt
da/dt = -b/(3*ms) - a/(40*ms) : 1
db/dt = a/(3*ms) : 1
E : volt`,
    event_handlers: 'on synapses: v += w; a += w/mV',
  },
  'driven over the threshold by itself': { ...delta, E: { value: 11, unit: 'mV' }, reset_statements: 'v = 0*mV' },
};

interface Network {
  readonly model: string;
  readonly size: number;
  readonly rate: number;
  readonly weight: number;
  readonly delay: number;
  readonly seed: number;
}

function documentOf(
  { model, size, rate, weight, delay, seed }: Network,
  method: string,
  extra: Parameters = {},
  probes: readonly string[] = ['spikes', 'v'],
): SpikeloomDocument {
  const empty = createEmptyDocument('Events');
  const parameters = { size, ...models[model], method, ...extra };
  const projection = (id: string, from: string, over: Parameters): ConnectionRecord => ({
    id,
    kind: 'connectors/sparse-random',
    from: { element: from, port: 'spikes' },
    to: { element: 'cells', port: 'synapses' },
    parameters: { probability: 0.3, ...over },
  });
  const sourceParameters = { size: 6, rate: { value: rate, unit: 'Hz' } };
  return {
    ...empty,
    run: { ...empty.run, timeStep: { value: 0.5, unit: 'ms' }, seed },
    elements: {
      source: { id: 'source', kind: 'stimuli/poisson', name: 'Source', parameters: sourceParameters },
      cells: { id: 'cells', kind: 'neurons/equations', name: 'Cells', parameters },
    },
    connections: {
      into: projection('into', 'source', { weight: { value: weight, unit: 'mV' } }),
      among: projection('among', 'cells', {
        weight: { value: -0.3 * weight, unit: 'mV' },
        delay: { value: delay, unit: 'ms' },
      }),
    },
    probes: Object.fromEntries(probes.map((target) => [target, { id: target, element: 'cells', target, cells: null }])),
  };
}

/** The same on both targets. */
function run(document: SpikeloomDocument, steps: number): RunTrace {
  const { program } = prepared(document);
  const found = runOn('wasm', program, steps);
  expect(runOn('interpreter', program, steps)).toEqual(found);
  return found;
}

function farthest(left: readonly number[] = [], right: readonly number[] = []): number {
  expect(left.length).toBe(right.length);
  return left.reduce((most, value, place) => Math.max(most, Math.abs(value - (right[place] ?? Number.NaN))), 0);
}

const network = (model: string): fc.Arbitrary<Network> =>
  fc.record({
    model: fc.constant(model),
    size: fc.integer({ min: 1, max: 12 }),
    rate: fc.integer({ min: 5, max: 120 }),
    weight: fc.integer({ min: 1, max: 9 }),
    delay: fc.constantFrom(0, 0.5, 2),
    seed: fc.nat(1e6),
  });

describe('event-driven integration', () => {
  it.each(Object.keys(models))('gives the spikes of exact, and its states to rounding: %s', (model) => {
    let spikes = 0;
    fc.assert(
      fc.property(network(model), (drawn) => {
        const exact = run(documentOf(drawn, 'exact'), 240);
        const found = run(documentOf(drawn, 'event-driven'), 240);
        expect(found['probe spikes']).toEqual(exact['probe spikes']);
        expect(farthest(found['probe v'], exact['probe v'])).toBeLessThan(1e-14);
        spikes += exact['probe spikes']?.length ?? 0;
      }),
      { numRuns: 12, seed: 7 },
    );
    expect(spikes).toBeGreaterThan(20);
  });
});
