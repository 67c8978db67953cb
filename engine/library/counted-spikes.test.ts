/** Ports that give several spikes of a cell in a step: recorded as so many events, weighed so often, counted so often. */
import { describe, expect, it } from 'vitest';
import { nodeMemory } from '../../electron/platform/node-memory.ts';
import { expectOk } from '../base/result.ts';
import type { CompileTarget } from '../codegen/compiled.ts';
import { encodeArray } from '../model/arrays.ts';
import type { ConnectionRecord, ElementRecord, SpikeloomDocument } from '../model/document.ts';
import { createEmptyDocument } from '../model/new-document.ts';
import type { ParameterValue } from '../model/value.ts';
import { createSimulation } from '../runtime/simulation.ts';
import { eventsOf, runOn } from './library-models.test-support.ts';
import { prepareRun } from './prepare-run.ts';

type Parameters = Readonly<Record<string, ParameterValue>>;

const milliseconds = (value: number): ParameterValue => ({ value, unit: 'ms' });
const targets = ['wasm', 'interpreter'] as const;

/** A spike every 4 ms becomes so many on each of several channels, which project onto cells. */
function network(counts: readonly number[], projection: Parameters, aim: Parameters = {}, kind = 'neurons/lif') {
  const weights = encodeArray(counts, [1, counts.length]);
  const routed = { weights: { array: weights.id, unit: '1' } };
  const elements: Record<string, ElementRecord> = {
    clock: { id: 'clock', kind: 'stimuli/regular-spikes', name: 'Clock', parameters: { interval: milliseconds(4) } },
    r: { id: 'r', kind: 'layers/pass-through-events', name: 'Router', parameters: routed },
    t: { id: 't', kind, name: 'Target', parameters: { size: 3, ...aim } },
  };
  const port = (element: string, name: string) => ({ element, port: name });
  const connections: Record<string, ConnectionRecord> = {
    wire: { id: 'wire', kind: 'connectors/wire', from: port('clock', 'spikes'), to: port('r', 'in'), parameters: {} },
    p: {
      ...{ id: 'p', kind: 'connectors/all-to-all', parameters: projection },
      ...{ from: port('r', 'spikes'), to: port('t', 'synapses') },
    },
  };
  const empty = createEmptyDocument('Counted');
  const probes = { s: { id: 's', element: 'r', target: 'spikes', cells: null } };
  const run = { ...empty.run, timeStep: { value: 1, unit: 'ms' } };
  return { ...empty, run, elements, connections, probes, arrays: { [weights.id]: weights } } as SpikeloomDocument;
}

/** A state of the target after each of some steps. */
function rows(document: SpikeloomDocument, target: CompileTarget, state = 't/I_syn') {
  const { program } = expectOk(prepareRun(document));
  const simulation = expectOk(createSimulation({ program, target, memory: nodeMemory }));
  return Array.from({ length: 30 }, () => {
    expect(simulation.advance(1)).toEqual([]);
    return Array.from(simulation.readSignal(state)).map((value) => value * 1e9);
  });
}

function expectClose(found: readonly (readonly number[])[], wanted: readonly (readonly number[])[]): void {
  found.flat().forEach((value, place) => expect(value).toBeCloseTo(wanted.flat()[place] as number, 9));
  expect(wanted.flat().some((value) => value !== 0)).toBe(true);
}

const nanoampere = (value: number): ParameterValue => ({ value, unit: 'nA' });
/** The same delays whatever the weights: they are drawn from the connection. */
const delays: ParameterValue = {
  ...{ distribution: 'uniform' },
  arguments: { low: { value: 0, unit: 'ms' }, high: { value: 6, unit: 'ms' } },
};

describe.each(targets)('several spikes of a cell in a step, on %s', (target) => {
  it('are recorded as so many events', () => {
    const { program } = expectOk(prepareRun(network([2, 0, 3], {})));
    const events = eventsOf(runOn(target, program, 5), 's').map(({ step, cell }) => `${step}:${cell}`);
    expect(events.join(' ')).toBe('0:0 0:0 0:2 0:2 0:2 4:0 4:0 4:2 4:2 4:2');
  });

  it('are counted so often', () => {
    const { program } = expectOk(prepareRun(network([2, 0, 3], {})));
    const simulation = expectOk(createSimulation({ program, target, memory: nodeMemory }));
    simulation.advance(5);
    expect(simulation.takeSpikeCount('r/spikes')).toBe(10);
    simulation.dispose();
  });

  it.each([
    ['at once', {}],
    ['delayed', { delay: milliseconds(3) }],
    ['with delays of single synapses', { delay: delays }],
    ['by rows', { kernel: 'sparse' }],
  ])('weigh so often: %s', (_, given) => {
    const several = rows(network([2], { ...given, weight: nanoampere(0.1) }), target);
    expectClose(several, rows(network([1], { ...given, weight: nanoampere(0.2) }), target));
  });

  it('are dropped where cells hold their variable while they are refractory', () => {
    const cells = {
      model: 'dv/dt = 0*v/second : 1 (unless refractory)',
      ...{ threshold_condition: 'v > 1.5', reset_statements: 'v = 0', refractory_period: '6*ms' },
      event_handlers: 'on synapses: v += w',
    };
    const made = (counts: readonly number[], weight: number) =>
      rows(network(counts, { weight }, cells, 'neurons/equations'), target, 't/v');
    expectClose(made([2], 0.5), made([1], 1));
  });
});

it('refuses synapses with statements of their own behind such a port', () => {
  const refused = prepareRun(network([2], { synapse: 'stdp' }));
  expect(refused.problems[0]?.code).toBe('model/port-type');
  expect(refused.problems[0]?.message).toContain('several times in a step');
});
