/** Synapses in compressed rows by source and block of targets: the form in which connectors make them and spikes are delivered. */
import { blockCount, mostBlockCells } from '../../base/target-blocks.ts';
import { isWritten, writtenTo, type Written } from '../../base/written.ts';
import type { SynapseLists } from '../library-kind.ts';

/**
 * Synapses of source i onto block b of the targets stand at starts[i · blocks + b] … starts[i · blocks + b + 1] − 1; targets
 * are counted from the first cell of their block.
 */
export interface SourceRows {
  readonly starts: Int32Array;
  readonly targets: Uint16Array | Written;
  /** Consecutive target cells that are a block. */
  readonly blockCells: number;
  /** One number for all synapses, or one each. */
  readonly weights: number | Float64Array | Written;
}

/** Rows whose targets and weights are at hand. */
export interface KeptRows extends SourceRows {
  readonly targets: Uint16Array;
  readonly weights: number | Float64Array;
}

/** Bytes of a target. */
export const targetBytes = 2;

/** Cells of a block where nothing asks for smaller ones. */
export function blockCellsOf(targetSize: number): number {
  return Math.max(1, Math.min(targetSize, mostBlockCells));
}

/** The rows with everything written that is to be written. */
export function keepRows({ starts, targets, blockCells, weights }: SourceRows): KeptRows {
  return {
    starts,
    blockCells,
    targets: isWritten(targets) ? writtenTo(new Uint16Array(targets.length), targets) : targets,
    weights:
      typeof weights === 'object' && isWritten(weights)
        ? writtenTo(new Float64Array(weights.length), weights)
        : weights,
  };
}

/**
 * Sorts synapse lists by source and block; others keep their order of creation. Equal weights become one number.
 */
export function compressBySource(
  lists: SynapseLists,
  sourceSize: number,
  targetSize: number,
  blockCells = blockCellsOf(targetSize),
): KeptRows {
  const count = lists.sources.length;
  const blocks = blockCount(targetSize, blockCells);
  const rowOf = (synapse: number): number =>
    (lists.sources[synapse] as number) * blocks + Math.floor((lists.targets[synapse] as number) / blockCells);
  const starts = new Int32Array(sourceSize * blocks + 1);
  for (let synapse = 0; synapse < count; synapse += 1) countIn(starts, rowOf(synapse));
  accumulateStarts(starts);
  const next = starts.slice();
  const targets = new Uint16Array(count);
  const weights = new Float64Array(count);
  for (let synapse = 0; synapse < count; synapse += 1) {
    const place = takePlace(next, rowOf(synapse));
    targets[place] = (lists.targets[synapse] as number) % blockCells;
    weights[place] = lists.weights[synapse] as number;
  }
  const [first = 0] = weights;
  return { starts, targets, blockCells, weights: weights.every((weight) => weight === first) ? first : weights };
}

function countIn(starts: Int32Array, row: number): void {
  starts[row + 1] = (starts[row + 1] as number) + 1;
}

function takePlace(next: Int32Array, row: number): number {
  const place = next[row] as number;
  next[row] = place + 1;
  return place;
}

/** Turns the number of synapses of row i, at place i + 1, into the starts of the rows. */
export function accumulateStarts(starts: Int32Array): void {
  for (let row = 1; row < starts.length; row += 1) starts[row] = (starts[row] as number) + (starts[row - 1] as number);
}

/** The synapses as lists, row by row. */
export function toLists(rows: SourceRows, targetSize: number): SynapseLists {
  const { starts, targets, blockCells, weights } = keepRows(rows);
  const sources = new Int32Array(targets.length);
  const numbered = new Int32Array(targets.length);
  eachSynapse({ starts, targets, blockCells }, targetSize, (source, target, synapse) => {
    sources[synapse] = source;
    numbered[synapse] = target;
  });
  return {
    sources,
    targets: numbered,
    weights: typeof weights === 'number' ? new Float64Array(targets.length).fill(weights) : weights,
  };
}

/** Rows split by the delay of each synapse: row (source · delays.length + d) · blocks + b holds those of delay number d, in their order. */
export interface DelayedRows extends KeptRows {
  /** Distinct delays in steps, longest first: what left earlier arrives first. */
  readonly delays: readonly number[];
}

/** Sorts the synapses of each source by delay, the longest first; those that agree keep their order. */
export function splitByDelay(given: SourceRows, targetSize: number, delaySteps: Int32Array): DelayedRows {
  const rows = keepRows(given);
  const { blockCells } = rows;
  const blocks = blockCount(targetSize, blockCells);
  const delays = [...new Set(delaySteps)].sort((left, right) => right - left);
  const numberOf = new Map(delays.map((delay, number) => [delay, number]));
  const width = Math.max(1, delays.length);
  const rowOf = (source: number, target: number, synapse: number): number =>
    (source * width + (numberOf.get(delaySteps[synapse] as number) ?? 0)) * blocks + Math.floor(target / blockCells);
  const starts = new Int32Array((rows.starts.length - 1) * width + 1);
  eachSynapse(rows, targetSize, (source, target, synapse) => countIn(starts, rowOf(source, target, synapse)));
  accumulateStarts(starts);
  const next = starts.slice();
  const targets = rows.targets.slice();
  const weights = typeof rows.weights === 'number' ? rows.weights : rows.weights.slice();
  eachSynapse(rows, targetSize, (source, target, synapse) => {
    const place = takePlace(next, rowOf(source, target, synapse));
    targets[place] = rows.targets[synapse] as number;
    if (typeof weights !== 'number') weights[place] = (rows.weights as Float64Array)[synapse] as number;
  });
  return { starts, targets, blockCells, weights, delays };
}

/** Visits the synapses in their order; targets are numbered among all cells. */
export function eachSynapse(
  { starts, targets, blockCells }: Pick<KeptRows, 'starts' | 'targets' | 'blockCells'>,
  targetSize: number,
  visit: (source: number, target: number, synapse: number) => void,
): void {
  const blocks = blockCount(targetSize, blockCells);
  for (let row = 0; row + 1 < starts.length; row += 1) {
    const block = row % blocks;
    const source = (row - block) / blocks;
    const end = starts[row + 1] as number;
    for (let synapse = starts[row] as number; synapse < end; synapse += 1) {
      visit(source, block * blockCells + (targets[synapse] as number), synapse);
    }
  }
}
