/** Connections onto `synapses` ports: connectivity as signals, delivery as an operator. */
import { defined } from '../base/assert.ts';
import { hash32 } from '../base/hash.ts';
import { problem } from '../base/problem.ts';
import { streamKey } from '../base/random.ts';
import type { Result } from '../base/result.ts';
import { andThen, failed, mapResult, ok } from '../base/result.ts';
import type { ValidatedConnection } from '../model/validated.ts';
import type { Assembly, ElementAssembly } from './assembly.ts';
import { addSignal, connectionName, elementAssembly, nameOf, noteDraft, sourceOutput, sourceSize } from './assembly.ts';
import { connectionDelaySteps } from './connection-delay.ts';
import type { ConnectorKind, ConnectRequest, ParameterReader, SynapseTarget } from './library-kind.ts';
import { unmade } from './library-kind.ts';
import type { RowSignals, SourceRows } from './operators/event-product.ts';
import { compressBySource, deliverContinuous, deliverSpikes } from './operators/event-product.ts';
import { createParameterReader } from './parameter-reader.ts';
import { laySynapses, type MadeSynapses } from './synapses/lay-synapses.ts';
import { delayed } from './wires.ts';

/** What connectors take for a synapse until it is sorted in: two pairs of indices and a weight. */
const draftBytesPerSynapse = 24;

/** Lays all projections onto an element. */
export function layProjections(assembly: Assembly, target: ElementAssembly): Result<void> {
  for (const connection of target.incoming) {
    if (hasSynapseModel(assembly, target, connection)) {
      const modelled = layModelled(assembly, target, connection);
      if (!modelled.ok) return modelled;
      continue;
    }
    const receiver = target.receivers.get(connection.record.to.port);
    if (receiver === undefined) continue;
    const laid = layProjection(assembly, target, connection, receiver);
    if (!laid.ok) return laid;
  }
  return ok(undefined);
}

function layProjection(
  assembly: Assembly,
  target: ElementAssembly,
  connection: ValidatedConnection,
  receiver: Partial<SynapseTarget>,
): Result<void> {
  const rows = connect(assembly, target, connection);
  if (!rows.ok) return rows;
  const output = sourceOutput(assembly, connection);
  const size = sourceSize(assembly, connection);
  const { id } = connection.record;
  const spikes = output.type === 'spikes';
  const sink = spikes ? receiver.events : receiver.continuous;
  if (sink === undefined) return failed(typeProblem(assembly, connection, spikes));
  const { synapses } = rows.value;
  noteDraft(assembly, id, synapses * draftBytesPerSynapse);
  const signals = addRows(assembly, connection, rows.value, size);
  const delay = connectionDelaySteps(assembly, connection);
  const source = delay === 0 ? output.signal : delayed(assembly, connection, output, size, delay, 'delay');
  const deliver = spikes ? deliverSpikes : deliverContinuous;
  assembly.operators.push({
    id: `${id}/deliver`,
    element: id,
    slot: spikes ? 'synapses' : 'inputs',
    reads: [source, signals.starts, signals.targets, signals.weights],
    sets: [],
    adds: spikes ? [] : [sink],
    updates: spikes ? [sink] : [],
    readsUpdated: [],
    body: deliver(source, signals, sink, size),
  });
  assembly.synapses += synapses;
  return ok(undefined, rows.problems);
}

/** The synapses of a connection; in an outline only how many there may be. */
interface LaidRows {
  readonly synapses: number;
  readonly rows: SourceRows | undefined;
}

/** Whether the synapses of a connection have equations of their own, or the port statements that are more than a sum. */
function hasSynapseModel(assembly: Assembly, target: ElementAssembly, connection: ValidatedConnection): boolean {
  const { record } = connection;
  const kind = assembly.library.connector(record.kind);
  if (kind?.synapses === undefined) return false;
  const handled = target.population?.handlers.has(record.to.port) === true && !target.receivers.has(record.to.port);
  return handled || kind.hasSynapseModel?.(readerOf(assembly, connection)) === true;
}

function layModelled(assembly: Assembly, target: ElementAssembly, connection: ValidatedConnection): Result<void> {
  const kind = defined(assembly.library.connector(connection.record.kind), `connector ${connection.record.kind}`);
  const ask = defined(kind.synapses?.bind(kind), `${kind.id} makes synapses with equations`);
  const request = requestOf(assembly, target, connection);
  const weightUnit = target.kind.inputs.find(({ name }) => name === connection.record.to.port)?.unit ?? '1';
  return andThen(madeSynapses(assembly, kind, request), (made) =>
    andThen(ask({ ...request, count: made.count, weightUnit }), (model) =>
      mapResult(laySynapses(assembly, connection, model, made), () => undefined),
    ),
  );
}

function madeSynapses({ outline }: Assembly, kind: ConnectorKind, request: ConnectRequest): Result<MadeSynapses> {
  if (outline) return ok({ count: kind.mostSynapses(request), lists: undefined });
  return mapResult(kind.connect(request), (lists) => ({ count: lists.sources.length, lists }));
}

function readerOf(assembly: Assembly, connection: ValidatedConnection): ParameterReader {
  const { record, parameters } = connection;
  const owner = { id: record.id, name: connectionName(assembly, connection), seed: assembly.model.seed, parameters };
  return createParameterReader(owner, assembly.library, assembly.outline);
}

function requestOf(assembly: Assembly, target: ElementAssembly, connection: ValidatedConnection): ConnectRequest {
  const { record } = connection;
  return {
    connection: { id: record.id, name: connectionName(assembly, connection) },
    parameters: readerOf(assembly, connection),
    sourceSize: elementAssembly(assembly, record.from.element).population?.cells ?? sourceSize(assembly, connection),
    targetSize: target.cells,
    recurrent: record.from.element === record.to.element,
    stream: (purpose) => streamKey(assembly.model.seed, hash32(`${record.id}/${purpose}`)),
  };
}

function connect(assembly: Assembly, target: ElementAssembly, connection: ValidatedConnection): Result<LaidRows> {
  const kind = defined(assembly.library.connector(connection.record.kind), `connector ${connection.record.kind}`);
  const request = requestOf(assembly, target, connection);
  const size = request.sourceSize;
  if (assembly.outline) return ok({ synapses: kind.mostSynapses(request), rows: undefined });
  const lists = kind.connect(request);
  if (!lists.ok) return lists;
  const rows = compressBySource(lists.value, size);
  return ok({ synapses: rows.targets.length, rows }, lists.problems);
}

function addRows(
  assembly: Assembly,
  connection: ValidatedConnection,
  { synapses, rows }: LaidRows,
  sourceSize: number,
): RowSignals {
  const { id } = connection.record;
  const base = { element: id, role: 'constant' } as const;
  const shape = [Math.max(1, synapses)];
  const unit = connection.parameters['weight'] === undefined ? '1' : 'A';
  return {
    starts: addSignal(assembly, {
      ...base,
      id: `${id}/starts`,
      name: 'starts',
      type: 'i32',
      shape: [sourceSize + 1],
      initial: rows?.starts ?? unmade,
      unit: '1',
    }),
    targets: addSignal(assembly, {
      ...base,
      id: `${id}/targets`,
      name: 'targets',
      type: 'i32',
      shape,
      initial: synapses === 0 ? 0 : (rows?.targets ?? unmade),
      unit: '1',
    }),
    weights: addSignal(assembly, {
      ...base,
      id: `${id}/weights`,
      name: 'weights',
      type: 'f64',
      shape,
      initial: synapses === 0 ? 0 : (rows?.weights ?? unmade),
      unit,
    }),
  };
}

function typeProblem(assembly: Assembly, connection: ValidatedConnection, spikes: boolean) {
  const { record } = connection;
  const from = nameOf(assembly, record.from.element);
  const to = nameOf(assembly, record.to.element);
  return problem(
    'model/port-type',
    `"${from}" gives ${spikes ? 'spikes' : 'continuous values'}; "${record.to.port}" of "${to}" does not take them.`,
    { hint: 'Connect to a port of the same type.', at: { element: record.id } },
  );
}
