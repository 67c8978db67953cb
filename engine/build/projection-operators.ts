/** The operators of projections: spikes over rows or matrices, continuous values over rows, matrices or one to one. */
import type { ValidatedConnection } from '../model/validated.ts';
import { defined } from '../base/assert.ts';
import { addSignal, type Assembly, type OutputSignal } from './assembly.ts';
import { arriving, delayed } from './arrivals.ts';
import { denseProduct } from './operators/dense-product.ts';
import type { RowSignals, SpikeTarget } from './operators/event-product.ts';
import {
  deliverContinuous,
  deliverCounts,
  deliverOneToOne,
  deliverSpikes,
  scatterSpikes,
} from './operators/event-product.ts';
import { eachSynapse, keepRows, splitByDelay } from './operators/source-rows.ts';
import { spikeListOf } from './operators/spike-list.ts';
import type { WeightPrecision } from './operators/weight-precision.ts';
import { kernel } from './ir/kernels.ts';
import type { Statement } from './ir/types.ts';
import type { KernelChoice, Operator, SignalId } from './program.ts';
import { chooseKernel } from './projection-kernel.ts';
import { dueLists, ownQueue, type SynapseDelay } from './projection-delay.ts';
import { storeMatrix, storeRows, type MadeRows, type StoredSynapses, type StoreRequest } from './projection-rows.ts';

/** Where weights go, and how a write may be refused. */
export interface Sink {
  readonly signal: SignalId;
  /** u8 vector of the targets; 0 = the write is dropped. */
  readonly mask?: SignalId;
  /** Place among the operators of slot `synapses`. */
  readonly moment?: Pick<Operator, 'order' | 'tie'>;
}

/** A projection about to be laid. */
export interface Laying {
  readonly assembly: Assembly;
  readonly connection: ValidatedConnection;
  readonly output: OutputSignal;
  /** Cells of the source. */
  readonly cells: number;
  readonly made: MadeRows;
  readonly sink: Sink;
  readonly delay: SynapseDelay;
  readonly precision: WeightPrecision;
}

/** Adds the operator that adds the weights of spikes to the sink. */
export function laySpikes(laying: Laying): void {
  const { made, sink, delay, output } = laying;
  if (output.counts) return layCounts(laying);
  if (typeof delay !== 'number') return layDelayed(laying, delay);
  const choice = choose(laying, sink.mask !== undefined);
  if (choice.kernel === 'dense') return layMatrix(laying, delay, choice);
  if (choice.kernel === 'sparse') return layLooking(laying, delay, choice);
  const stored = storeRows(laying.assembly, storeRequest(laying, 1));
  const due = dueLists(laying, delay);
  const body = [scatterSpikes(rowsOf(stored), { ...due, width: 1, offset: 0 }, targetOf(laying))];
  addOperator(laying, { reads: [due.spikes.list, due.spikes.count], stored, body, choice, synapses: made.synapses });
}

/** Rows of every delay, the longest first: what left earlier arrives first. */
function layDelayed(laying: Laying, delaySteps: Int32Array): void {
  const { assembly, made, output, cells } = laying;
  const split = made.rows === undefined ? undefined : splitByDelay(made.rows, made.targetSize, delaySteps);
  const delays = split?.delays ?? [...new Set(delaySteps)];
  const width = Math.max(1, delays.length);
  const request = storeRequest({ ...laying, made: { ...made, rows: split } }, width);
  const stored = storeRows(assembly, request);
  const longest = Math.max(0, ...delays);
  const queue = longest === 0 ? undefined : ownQueue(laying, longest);
  const now = spikeListOf(assembly, output.signal, laying.connection.record.from.element, cells);
  const target = targetOf(laying);
  const body = delays.map((delay, offset) => {
    const list =
      delay === 0 || queue === undefined ? { spikes: now, listRows: 1 } : { spikes: queue, listRows: longest };
    return scatterSpikes(rowsOf(stored), { ...list, cells, delay, width, offset }, target);
  });
  const reads = [now.list, now.count, ...(queue === undefined ? [] : [queue.list, queue.count])];
  const reason = `${delays.length} different delays of single synapses`;
  addOperator(laying, { reads, stored, body, choice: { kernel: 'event-driven', reason }, synapses: made.synapses });
}

/** Rows of a matrix for the spiking sources. */
function layMatrix(laying: Laying, delay: number, choice: Chosen): void {
  const { made, sink, cells } = laying;
  const stored = storeMatrix(laying.assembly, storeRequest(laying, 1));
  const due = delay === 0 ? dueLists(laying, 0) : dueMask(laying, delay);
  const { list, count } = due.spikes;
  const signals = { list, count, matrix: stored.weights ?? '', result: sink.signal };
  const numbers = { inputs: cells, outputs: made.targetSize, transposed: 0, accumulate: 1, scale: stored.scale ?? 1 };
  const body = [kernel('dense-product', signals, numbers)];
  addOperator(laying, { reads: [list, count], stored, body, choice, synapses: made.synapses });
}

/** The list of a delayed mask: a matrix takes the list of the present step only. */
function dueMask({ assembly, connection, cells }: Laying, delay: number) {
  const mask = delayed(assembly, connection, cells, delay, 'delay');
  return { spikes: spikeListOf(assembly, mask, connection.record.from.element, cells) };
}

/** Rows, every source being looked at. */
function layLooking(laying: Laying, delay: number, choice: Chosen): void {
  const { made, sink, cells } = laying;
  const stored = storeRows(laying.assembly, storeRequest(laying, 1));
  const mask = sourceSignal(laying, delay);
  const body = deliverSpikes(mask, rowsOf(stored), sink.signal, cells);
  addOperator(laying, { reads: [mask], stored, body, choice, synapses: made.synapses });
}

/** Adds the operator that adds weight · number of spikes to the sink. */
function layCounts(laying: Laying): void {
  const { made, sink, delay, cells } = laying;
  if (typeof delay === 'number' && sink.mask === undefined) return layContinuous(laying, delay);
  const delaySteps = typeof delay === 'number' ? new Int32Array(made.synapses).fill(delay) : delay;
  const split = made.rows === undefined ? undefined : splitByDelay(made.rows, made.targetSize, delaySteps);
  const delays = split?.delays ?? [...new Set(delaySteps)];
  const width = Math.max(1, delays.length);
  const stored = storeRows(laying.assembly, storeRequest({ ...laying, made: { ...made, rows: split } }, width));
  const target = targetOf(laying);
  delays.forEach((steps, offset) => {
    const counts = sourceSignal(laying, steps, `delay${steps}`);
    const body = deliverCounts(counts, rowsOf(stored), target, { cells, width, offset });
    const reason = 'several spikes of a cell in a step';
    const choice = { kernel: 'sparse', reason } as const;
    const name = offset === 0 ? 'deliver' : `deliver${offset}`;
    addOperator(laying, { name, reads: [counts], stored, body, choice, synapses: made.synapses });
  });
}

/** Adds the operator that adds weight · value to the sink. */
export function layContinuous(laying: Laying, delay: number): void {
  const { assembly, made, sink, cells } = laying;
  const choice = choose(laying, false);
  const values = sourceSignal(laying, delay);
  const request = storeRequest(laying, 1);
  const dense = choice.kernel === 'dense';
  const stored = dense ? storeMatrix(assembly, request) : storeRows(assembly, request);
  addOperator(laying, { reads: [values], stored, body: continuousBody(), choice, synapses: made.synapses });

  function continuousBody(): readonly Statement[] {
    if (choice.kernel === 'one-to-one') return deliverOneToOne(values, stored, sink.signal, cells);
    if (!dense) return deliverContinuous(values, rowsOf(stored), sink.signal, cells);
    const matrix = stored.weights ?? '';
    const product = { vector: values, matrix, result: sink.signal, inputs: cells, outputs: made.targetSize };
    return denseProduct({ ...product, transposed: false, accumulate: true, scale: stored.scale ?? 1 });
  }
}

/** The sink of spikes, with a place for what a mask drops. */
function targetOf({ assembly, sink: { signal, mask } }: Laying): SpikeTarget {
  if (mask === undefined) return { signal };
  const dropped = `${signal}/dropped`;
  if (!assembly.signals.has(dropped)) {
    const { element } = defined(assembly.signals.get(signal), `signal ${signal}`);
    addSignal(assembly, {
      ...{ id: dropped, element, name: 'dropped', type: 'f64', shape: [1], initial: 0, unit: '1', role: 'state' },
    });
  }
  return { signal, masked: { mask, dropped } };
}

type Chosen = Pick<KernelChoice, 'kernel' | 'reason'>;

function choose({ connection, output, cells, made }: Laying, rowsOnly: boolean): Chosen {
  return chooseKernel({
    spikes: output.type === 'spikes' && !output.counts,
    sourceSize: cells,
    targetSize: made.targetSize,
    synapses: made.synapses,
    oneWeight: made.weight !== undefined,
    identity: made.rows !== undefined && isIdentity(made),
    rowsOnly,
    wanted: connection.parameters['kernel'],
  });
}

function isIdentity({ rows, sourceSize, targetSize }: MadeRows): boolean {
  if (rows === undefined || sourceSize !== targetSize || rows.targets.length !== sourceSize) return false;
  let identity = true;
  eachSynapse(keepRows(rows), targetSize, (source, target, synapse) => {
    identity &&= source === synapse && target === synapse;
  });
  return identity;
}

function sourceSignal({ assembly, connection, cells }: Laying, delay: number, name = 'delay'): SignalId {
  return arriving(assembly, connection, cells, delay, name);
}

function storeRequest({ connection, made, precision }: Laying, width: number): StoreRequest {
  const unit = connection.parameters['weight'] === undefined ? '1' : 'A';
  return { id: connection.record.id, made, precision, unit, width };
}

function rowsOf({ starts = '', targets = '', ...rest }: StoredSynapses): RowSignals {
  return { ...rest, starts, targets };
}

interface DeliveryOperator {
  readonly reads: readonly SignalId[];
  readonly stored: StoredSynapses;
  readonly body: readonly Statement[];
  readonly choice: Chosen;
  readonly synapses: number;
  /** Default `deliver`. */
  readonly name?: string;
}

function addOperator({ assembly, connection, output, sink }: Laying, delivery: DeliveryOperator): void {
  const { reads, stored, body, choice, synapses, name = 'deliver' } = delivery;
  const { id } = connection.record;
  const spikes = output.type === 'spikes';
  const tables = [stored.starts, stored.targets, stored.weights].filter((signal) => signal !== undefined);
  // What the mask says in this slot is wanted, between the updates of the step.
  const updated = [sink.signal, ...(sink.mask === undefined ? [] : [sink.mask, `${sink.signal}/dropped`])];
  assembly.operators.push({
    id: `${id}/${name}`,
    element: id,
    slot: spikes ? 'synapses' : 'inputs',
    ...sink.moment,
    reads: [...reads, ...tables],
    sets: [],
    adds: spikes ? [] : [sink.signal],
    updates: spikes ? updated : [],
    readsUpdated: [],
    body,
    choice: { ...choice, bytes: stored.bytes, synapses },
  });
}
