/** The smallest documents in which each kind of the library runs, for tests. */
import { nodeMemory } from '../../electron/platform/node-memory.ts';
import { defined } from '../base/assert.ts';
import { expectOk } from '../base/result.ts';
import type { ConnectorKind, ElementKind } from '../build/library-kind.ts';
import type { Program } from '../build/program.ts';
import { encodeArray } from '../model/arrays.ts';
import type { ConnectionRecord, ElementRecord, ProbeRecord, SpikeloomDocument } from '../model/document.ts';
import type { InputPortSpec } from '../model/kind.ts';
import { createEmptyDocument } from '../model/new-document.ts';
import type { ParameterValue } from '../model/value.ts';
import { createSimulation } from '../runtime/simulation.ts';
import { createLiveRidge } from '../training/live-ridge.ts';
import { prepareRun, type PreparedRun } from './prepare-run.ts';

/** Four rows of two channels, as many as a cubic spline needs, and the first three of them. */
const seriesArray = encodeArray([0.5, -1, 1.5, 2, -0.25, 3, 1, 0.5], [4, 2]);
const shortArray = encodeArray([0.5, -1, 1.5, 2, -0.25, 3], [3, 2]);
export const threeRows: ParameterValue = { array: shortArray.id, unit: '1' };

/** Seven events, two of them in one step of 1 ms and two at one time. */
const eventTimes = encodeArray([0, 1.25, 1.75, 4, 4, 9.5, 12], [7, 1]);
const eventChannels = encodeArray([0, 2, 2, 1, 0, 2, 1], [7, 1]);

/** What a kind needs beyond its defaults before it can run, or before all its states are there. */
const needed: Readonly<Record<string, Record<string, ParameterValue>>> = {
  'stimuli/series': { series: { array: seriesArray.id, unit: '1' } },
  'stimuli/events': {
    times: { array: eventTimes.id, unit: 'ms' },
    channels: { array: eventChannels.id, unit: '1' },
  },
  'stimuli/live': { value: { value: 2, unit: '1' } },
  'layers/tight-balance': { tau_syn_fast: { value: 10, unit: 'ms' } },
  'layers/pass-through': { delay: { value: 2, unit: 'ms' } },
  'readouts/objective': { loss: 'binary' },
};

export interface ModelRequest {
  /** Connect ports that could stay free, too. */
  readonly everyPort: boolean;
  readonly seed?: number;
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
}

/** A document with the element `subject`, a source at its input ports, and probes of all its ports and states. */
export function elementDocument(kind: ElementKind, request: ModelRequest): SpikeloomDocument {
  const parameters = { ...needed[kind.id], ...request.parameters };
  const elements: ElementRecord[] = [{ id: 'subject', kind: kind.id, name: 'Subject', parameters }];
  const connections: ConnectionRecord[] = [];
  for (const port of kind.inputs.filter(({ required }) => required === true || request.everyPort)) {
    const { element, connection } = feed(port);
    elements.push(element);
    connections.push(connection);
  }
  const targets = [...kind.outputs, ...kind.states].map(({ name }) => name);
  const probes = [...new Set(targets)].map((target) => ({
    id: `probe_${target}`,
    element: 'subject',
    target,
    cells: null,
  }));
  return documentOf(elements, connections, probes, request.seed ?? 1);
}

/** A source for a port by its first type, and the connection to it. */
function feed(port: InputPortSpec): { element: ElementRecord; connection: ConnectionRecord } {
  const spikes = port.types[0] === 'spikes';
  const id = `source_${port.name}`;
  const element = spikes
    ? { id, kind: 'stimuli/poisson', name: id, parameters: { size: 20, rate: { value: 200, unit: 'Hz' } } }
    : { id, kind: 'stimuli/sine', name: id, parameters: { size: 1, frequency: { value: 40, unit: 'Hz' } } };
  const kind = port.accepts === 'channels' ? 'connectors/wire' : 'connectors/all-to-all';
  const connection = {
    id: `into_${port.name}`,
    kind,
    from: { element: id, port: spikes ? 'spikes' : 'out' },
    to: { element: 'subject', port: port.name },
    parameters: {},
  };
  return { element, connection };
}

/** A document with a projection of the connector from Poisson spikes onto a population. */
export function connectorDocument(
  kind: ConnectorKind,
  size: readonly [number, number],
  parameters: Record<string, ParameterValue> = {},
  seed = 1,
): SpikeloomDocument {
  const elements = [
    {
      id: 'source',
      kind: 'stimuli/poisson',
      name: 'Source',
      parameters: { size: size[0], rate: { value: 400, unit: 'Hz' } },
    },
    { id: 'target', kind: 'neurons/lif', name: 'Target', parameters: { size: size[1] } },
  ];
  const connection = {
    id: 'projection',
    kind: kind.id,
    from: { element: 'source', port: 'spikes' },
    to: { element: 'target', port: 'synapses' },
    parameters,
  };
  return documentOf(elements, [connection], [{ id: 'probe_v', element: 'target', target: 'v', cells: null }], seed);
}

function documentOf(
  elements: readonly ElementRecord[],
  connections: readonly ConnectionRecord[],
  probes: readonly ProbeRecord[],
  seed: number,
): SpikeloomDocument {
  const byId = <T extends { readonly id: string }>(records: readonly T[]): Record<string, T> =>
    Object.fromEntries(records.map((record) => [record.id, record]));
  const empty = createEmptyDocument('Contract');
  return {
    ...empty,
    run: { ...empty.run, timeStep: { value: 1, unit: 'ms' }, seed },
    elements: byId(elements),
    connections: byId(connections),
    probes: byId(probes),
    arrays: Object.fromEntries([seriesArray, shortArray, eventTimes, eventChannels].map((array) => [array.id, array])),
  };
}

export function prepared(document: SpikeloomDocument): PreparedRun {
  return expectOk(prepareRun(document));
}

/** What a run leaves: every signal that is not constant, and everything recorded, as flat numbers by name. */
export type RunTrace = Readonly<Record<string, readonly number[]>>;

/** Runs a program and gathers the records of its probes and, at the end, all its changing signals. */
export function runOn(target: 'interpreter' | 'wasm', program: Program, steps: number): RunTrace {
  const simulation = expectOk(createSimulation({ program, target, memory: nodeMemory, trainerFor: createLiveRidge }));
  const found: Record<string, number[]> = {};
  for (const { id } of program.probes) {
    const records = (found[`probe ${id}`] = []) as number[];
    simulation.setSink(id, {
      samples: (_, __, values) => void records.push(...values),
      events: (at, cells, count) => {
        for (let event = 0; event < count; event += 1) records.push(at[event] as number, cells[event] as number);
      },
    });
  }
  const problems = simulation.advance(steps);
  if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join('; '));
  for (const { id, role } of program.signals)
    if (role !== 'constant') found[id] = Array.from(simulation.readSignal(id));
  simulation.dispose();
  return found;
}

/** Spikes of a port: (step, cell) pairs of a probe. */
export function eventsOf(trace: RunTrace, probe: string): { readonly step: number; readonly cell: number }[] {
  const flat = defined(trace[`probe ${probe}`], `probe ${probe}`);
  return Array.from({ length: flat.length / 2 }, (_, event) => ({
    step: flat[2 * event] as number,
    cell: flat[2 * event + 1] as number,
  }));
}
