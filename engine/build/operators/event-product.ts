/** Projections as operator bodies: weights of synapses added to their targets, for spikes and for continuous values. */
import { add, f64, i32, i32Local, load, loadI32, local, multiply, notEqual, toF64 } from '../ir/expressions.ts';
import { kernel } from '../ir/kernels.ts';
import { accumulate, letF64, letI32, loop, when } from '../ir/statements.ts';
import type { Expression, SignalId, Statement } from '../ir/types.ts';
import type { SpikeList } from './spike-list.ts';

/** Rows by source: signals `starts` and `targets`, and weights or one weight. */
export interface RowSignals {
  readonly starts: SignalId;
  readonly targets: SignalId;
  readonly weights: SignalId | undefined;
  readonly weight: number;
  /** Of int8 weights; undefined for others. */
  readonly scale: number | undefined;
  /** Rows per source, one for each block of `blockCells` targets. */
  readonly blocks: number;
  readonly blockCells: number;
}

/** Where spikes go. */
export interface SpikeTarget {
  readonly signal: SignalId;
  /** u8 `mask` of the targets: what goes to a cell whose entry is 0 is added to `dropped` [1] instead. */
  readonly masked?: { readonly mask: SignalId; readonly dropped: SignalId };
}

/** Which list of a queue is due, and which rows of a source. */
export interface DueRows {
  readonly spikes: SpikeList;
  /** Lists in the queue; 1 for the list of this step. */
  readonly listRows: number;
  readonly cells: number;
  readonly delay: number;
  /** Delays per source, and which of them. */
  readonly width: number;
  readonly offset: number;
}

const source = i32Local('i');
const synapse = i32Local('k');

/** `target[post] += weight` for every synapse of every listed source. */
export function scatterSpikes(rows: RowSignals, due: DueRows, { signal, masked }: SpikeTarget): Statement {
  const { spikes, listRows, cells, delay, width, offset } = due;
  const { starts, targets, weights, weight, scale, blocks, blockCells } = rows;
  return kernel(
    'scatter-rows',
    {
      ...{ list: spikes.list, count: spikes.count, starts, targets, target: signal },
      ...(weights === undefined ? {} : { weights }),
      ...masked,
    },
    { weight, scale: scale ?? 1, listRows, listLength: Math.max(1, cells), delay, width, offset, blocks, blockCells },
  );
}

/** The same for every source whose entry in `spikes` (u8) is not 0, looking at all sources. */
export function deliverSpikes(spikes: SignalId, rows: RowSignals, target: SignalId, sourceSize: number): Statement[] {
  return [
    loop('i', 0, sourceSize, [
      when(notEqual(loadI32(spikes, source), i32(0)), [rowLoop(rows, { signal: target }, weightOf(rows))]),
    ]),
  ];
}

/** `target[post] += weight · n[source]` for every synapse, where `counts` holds how many spikes each source has. */
export function deliverCounts(
  counts: SignalId,
  rows: RowSignals,
  target: SpikeTarget,
  { cells, width, offset }: Pick<DueRows, 'cells' | 'width' | 'offset'>,
): Statement[] {
  const number = letF64('x', scaled(load(counts, source), rows.scale));
  const factor = rows.weights === undefined ? f64(rows.weight) : storedAt(rows.weights, rows.scale, synapse);
  const first = width === 1 ? source : add(multiply(source, i32(width)), i32(offset));
  return [loop('i', 0, cells, [number, rowLoop(rows, target, multiply(factor, local('x')), first)])];
}

/** `target[post] += weight · x[source]` for every synapse: a projection of a continuous output. */
export function deliverContinuous(
  values: SignalId,
  rows: RowSignals,
  target: SignalId,
  sourceSize: number,
): Statement[] {
  const value = letF64('x', scaled(load(values, source), rows.scale));
  const factor = rows.weights === undefined ? f64(rows.weight) : storedAt(rows.weights, rows.scale, synapse);
  return [loop('i', 0, sourceSize, [value, rowLoop(rows, { signal: target }, multiply(factor, local('x')))])];
}

/** `target[i] += weight · x[i]`: one-to-one, without indices. */
export function deliverOneToOne(
  values: SignalId,
  { weights, weight, scale }: Pick<RowSignals, 'weights' | 'weight' | 'scale'>,
  target: SignalId,
  cells: number,
): Statement[] {
  const factor = weights === undefined ? f64(weight) : storedAt(weights, scale, source);
  const value = scaled(load(values, source), scale);
  return [loop('i', 0, cells, [accumulate(target, source, multiply(factor, value))])];
}

function weightOf({ weights, weight, scale }: RowSignals): Expression {
  return weights === undefined ? f64(weight) : weightAt(weights, scale, synapse);
}

function weightAt(weights: SignalId, scale: number | undefined, index: Expression): Expression {
  return scaled(storedAt(weights, scale, index), scale);
}

/** A weight as it is stored; whole ones are known by their scale. */
function storedAt(weights: SignalId, scale: number | undefined, index: Expression): Expression {
  return scale === undefined ? load(weights, index) : toF64(loadI32(weights, index));
}

/** A matrix multiplies values by the scale before the weights, and so do rows: they come to the same. */
function scaled(value: Expression, scale: number | undefined): Expression {
  return scale === undefined ? value : multiply(value, f64(scale));
}

/** Every synapse of a source, block by block; `first` counts the rows of sources as if there was one block. */
function rowLoop(rows: RowSignals, target: SpikeTarget, value: Expression, first = source): Statement {
  const { blocks, blockCells } = rows;
  if (blocks === 1) return blockLoop(rows, first, loadI32(rows.targets, synapse), target, value);
  const block = i32Local('b');
  const cell = add(multiply(block, i32(blockCells)), loadI32(rows.targets, synapse));
  const row = add(multiply(first, i32(blocks)), block);
  return loop('b', 0, blocks, [letI32('r', row), blockLoop(rows, i32Local('r'), cell, target, value)]);
}

function blockLoop(
  { starts }: RowSignals,
  row: Expression,
  cell: Expression,
  { signal, masked }: SpikeTarget,
  value: Expression,
): Statement {
  const target = i32Local('j');
  const added = accumulate(signal, target, value);
  const written =
    masked === undefined
      ? added
      : when(notEqual(loadI32(masked.mask, target), i32(0)), [added], [accumulate(masked.dropped, 0, value)]);
  return loop('k', loadI32(starts, row), loadI32(starts, add(row, i32(1))), [letI32('j', cell), written]);
}
