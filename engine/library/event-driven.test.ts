/** Event-driven integration: as exact, spike by spike and to rounding, at the cost of events (rules I1–I9). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeMemory } from '../../electron/platform/node-memory.ts';
import { expectOk } from '../base/result.ts';
import type { ConnectionRecord, SpikeloomDocument } from '../model/document.ts';
import { createEmptyDocument } from '../model/new-document.ts';
import type { ParameterValue } from '../model/value.ts';
import { carryState } from '../runtime/carry-over.ts';
import { createSimulation, type Simulation } from '../runtime/simulation.ts';
import { prepared, runOn, type RunTrace } from './library-models.test-support.ts';
import { prepareRun } from './prepare-run.ts';

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
  'alpha function of single cells, a turning pair beside it': {
    ...delta,
    model: `dv/dt = (E - v + u)/(15*ms) : volt (unless refractory)
du/dt = (x - u)/(4*ms) : volt
dx/dt = -x/(4*ms + i*0.1*ms) : volt
da/dt = -b/(3*ms + i*0.2*ms) - a/(40*ms) : 1
db/dt = a/(3*ms) : 1
E : volt`,
    refractory_period: '1*ms',
    event_handlers: 'on synapses: x += 6*w; a += w/mV',
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

  it('wakes for everything else that reaches a cell: updates, events, synapses that read and write it', () => {
    const drawn = { model: 'delta', size: 9, rate: 60, weight: 4, delay: 0.5, seed: 5 };
    const extra: Parameters = {
      model: `${String(delta['model'])}\nseen : volt\nhits : 1\nnear = v > 6*mV : boolean\ndoubled = 2*v : volt (output)`,
      custom_events: 'half: v > 5*mV -> hits += 1; v -= 0.5*mV',
      every_step: 'every 7*ms in end:\n v += 0.3*mV\nevery 3*ms:\n seen = v',
    };
    const synapse: Parameters = {
      synapse: 'own',
      synapse_model: 'q : volt\nmean_v = (v_pre + v_post)/2 : volt (constant over dt)',
      on_pre: 'q = v_pre + mean_v\nv_post += 0.1*w',
      on_post: 'v_pre += 0.01*w',
    };
    const ran = (method: string) => {
      const document = documentOf(drawn, method, extra, ['spikes', 'v', 'half', 'doubled', 'near', 'seen']);
      const { among } = document.connections;
      if (among === undefined) throw new Error('no connection');
      const parameters = { ...among.parameters, ...synapse };
      return run({ ...document, connections: { ...document.connections, among: { ...among, parameters } } }, 200);
    };
    const [exact, found] = [ran('exact'), ran('event-driven')];
    for (const name of ['spikes', 'half', 'near']) expect(found[`probe ${name}`]).toEqual(exact[`probe ${name}`]);
    for (const name of ['v', 'doubled', 'seen'])
      expect(farthest(found[`probe ${name}`], exact[`probe ${name}`])).toBeLessThan(1e-14);
    expect(farthest(found['among/q'], exact['among/q'])).toBeLessThan(1e-14);
    expect(exact['probe half']?.length).toBeGreaterThan(10);
    expect(Math.max(...(exact['among/q'] ?? []))).toBeGreaterThan(1e-3);
  });

  it('looking changes nothing: a probe on the state leaves every spike and every bit as it was', () => {
    const drawn = { model: 'current, bound by its charge', size: 10, rate: 40, weight: 5, delay: 0, seed: 3 };
    const seen = run(documentOf(drawn, 'event-driven'), 200);
    const blind = run(documentOf(drawn, 'event-driven', {}, ['spikes']), 200);
    for (const [name, values] of Object.entries(blind)) expect(seen[name]).toEqual(values);
  });

  it('costs what happens: cells computed grow with events, not with cells or steps', () => {
    const computed = (size: number, method = 'event-driven') => {
      const drawn = { model: 'delta, refractory', size, rate: 20, weight: 4, delay: 0, seed: 11 };
      const document = documentOf(drawn, method, {}, ['spikes']);
      const into = { ...document.connections['into'], kind: 'connectors/fixed-out-degree' } as ConnectionRecord;
      const parameters = { out_degree: 3, weight: { value: 4, unit: 'mV' } };
      const wired = { ...document, connections: { into: { ...into, parameters } } };
      return countComputed(wired, 400);
    };
    const [small, large] = [computed(50), computed(800)];
    expect(small.arrivals).toBe(large.arrivals);
    // All are computed in the first step; after that one step for every cell that something reached.
    for (const [{ cells, arrivals, spikes }, size] of [
      [small, 50],
      [large, 800],
    ] as const) {
      expect(arrivals).toBeGreaterThan(60);
      expect(cells - size).toBeLessThanOrEqual(arrivals + 8 * spikes);
    }
    expect(large.cells).toBeLessThan((400 * 800) / 100);
  });

  it('a cell that its drive may lift over the threshold stays awake', () => {
    const drawn = { model: 'delta', size: 4, rate: 1, weight: 1, delay: 0, seed: 1 };
    const awake = (E: number) =>
      countComputed(documentOf(drawn, 'event-driven', { E: { value: E, unit: 'mV' } }, []), 100).cells;
    expect(awake(10.01)).toBe(400);
    expect(awake(9.99)).toBeLessThan(40);
  });

  it('an edit finds the state up to date, whichever method goes on', () => {
    const drawn = { model: 'current, bound by its charge', size: 12, rate: 30, weight: 4, delay: 0.5, seed: 9 };
    for (const [before, after] of [
      ['event-driven', 'exact'],
      ['exact', 'event-driven'],
      ['event-driven', 'event-driven'],
    ] as const) {
      const edited = { tau: { value: 25, unit: 'ms' } };
      const found = edit(documentOf(drawn, before), documentOf(drawn, after, edited), 83, 120);
      const exact = edit(documentOf(drawn, 'exact'), documentOf(drawn, 'exact', edited), 83, 120);
      expect(farthest(found, exact)).toBeLessThan(1e-14);
    }
  });

  it('an edit elsewhere leaves the cells asleep and every bit as it was', () => {
    const drawn = { model: 'delta', size: 12, rate: 30, weight: 4, delay: 0.5, seed: 9 };
    const plain = documentOf(drawn, 'event-driven');
    const probed = documentOf(drawn, 'event-driven', {}, ['v', 'spikes', 'not_refractory'].slice(0, 2));
    expect(edit(plain, probed, 90, 60)).toEqual(edit(plain, plain, 90, 60));
    expect(edit(plain, plain, 90, 60)).toEqual(run(plain, 150)['probe v']?.slice(90 * 12));
  });

  it.each([
    ['dv/dt = -v/tau + xi*mV/second**0.5 : volt', {}, 'noise', 'Use euler.'],
    ['dv/dt = -v**2/tau/mV : volt', {}, 'not linear', 'Use rk4.'],
    ['dv/dt = (I - v)/tau : volt\nI : volt (input)', {}, 'changes with I between events', 'Use exact.'],
    ['dv/dt = (5*mV*sin(t/ms) - v)/tau : volt', {}, 'changes with t', 'Use rk4.'],
    ['dv/dt = (h - v)/tau : volt\nh = t/second*volt : volt (constant over dt)', {}, 'changes with h', 'Use exact.'],
    ['dv/dt = (w - v)/tau : volt\ndw/dt = -v/tau : volt', {}, 'depends on itself', 'Use exact.'],
    ['dv/dt = -v/tau : volt', { threshold_condition: 'v > 10*mV*(1 + rand())' }, 'changes with rand', 'Use exact.'],
    ['dv/dt = -v/tau : volt', { threshold_condition: 'abs(v) > 10*mV' }, 'stand linearly', 'Use exact.'],
    ['dv/dt = -v/tau : volt', { refractory_period: '2*ms + v*second/volt' }, 'changes with v', 'Use exact.'],
    ['dv/dt = (E - v)/tau : volt\nE : volt (shared)', { every_step: 'E = 2*E' }, 'E is shared', 'Use exact.'],
  ] as const)('refuses %s %o and names a method that can', (model, more, reason, hint) => {
    const constant = { constants: 'tau = 10*ms', reset_statements: 'v = 0*mV', event_handlers: 'on synapses: v += w' };
    const { tau: _, ...given } = delta;
    const parameters = { ...given, ...constant, model, ...more };
    const tried = { model: 'own', size: 2, rate: 1, weight: 1, delay: 0, seed: 1 };
    const found = prepareRun(documentOf(tried, 'event-driven', parameters, []));
    expect(found.problems.at(0)).toMatchObject({ code: 'integration/not-applicable', hint });
    expect(found.problems[0]?.message).toContain(reason);
    expect(found.problems[0]?.at).toMatchObject({ element: 'cells', path: 'parameters.method' });
    const named = /Use (.*)\./u.exec(hint)?.[1] ?? '';
    expect(prepareRun(documentOf(tried, named, parameters, [])).problems).toEqual([]);
  });
});

/** Cells computed over a run, weights that arrived, and spikes. */
function countComputed(document: SpikeloomDocument, steps: number) {
  const { program } = prepared(document);
  const simulation = expectOk(createSimulation({ program, target: 'wasm', memory: nodeMemory }));
  const sum = (signal: string): number =>
    Array.from(simulation.readSignal(signal)).reduce((all, value) => all + value, 0);
  let [cells, arrivals, spikes] = [0, 0, 0];
  for (let step = 0; step < steps; step += 1) {
    cells += sum('cells/carry/count');
    simulation.advance(1);
    arrivals += 3 * sum('source/spikes');
    spikes += sum('cells/spikes');
  }
  simulation.dispose();
  return { cells, arrivals, spikes };
}

/** v after the edit, from a run that goes on with another document. */
function edit(before: SpikeloomDocument, after: SpikeloomDocument, first: number, second: number): readonly number[] {
  const [from, to] = [before, after].map((document) =>
    expectOk(createSimulation({ program: prepared(document).program, target: 'wasm', memory: nodeMemory })),
  ) as [Simulation, Simulation];
  from.advance(first);
  carryState(from, to);
  const rows: number[] = [];
  to.setSink('v', { samples: (_, __, values) => void rows.push(...values), events: () => undefined });
  to.advance(second);
  from.dispose();
  to.dispose();
  return rows;
}
