/** Synapses in compressed rows by source: the form in which connectors make them and spikes are delivered. */
import type { SynapseLists } from '../library-kind.ts';

/** Targets are whole numbers of 16 bits below this many cells. */
const narrowCells = 0x10000;

/** Targets and weights of source i stand at starts[i] … starts[i + 1] − 1. */
export interface SourceRows {
  readonly starts: Int32Array;
  readonly targets: Uint16Array | Int32Array;
  /** One number for all synapses, or one each. */
  readonly weights: number | Float64Array;
}

/** Room for the targets of so many synapses onto so many cells. */
export function targetRoom(synapses: number, targetSize: number): Uint16Array | Int32Array {
  return targetSize <= narrowCells ? new Uint16Array(synapses) : new Int32Array(synapses);
}

/** Bytes that a target takes. */
export function targetBytes(targetSize: number): number {
  return targetSize <= narrowCells ? 2 : 4;
}

/** Sorts synapse lists by source; synapses of one source keep their order of creation. Equal weights become one number. */
export function compressBySource(lists: SynapseLists, sourceSize: number, targetSize: number): SourceRows {
  const count = lists.sources.length;
  const starts = new Int32Array(sourceSize + 1);
  for (const source of lists.sources) starts[source + 1] = (starts[source + 1] as number) + 1;
  accumulateStarts(starts);
  const next = starts.slice(0, sourceSize);
  const targets = targetRoom(count, targetSize);
  const weights = new Float64Array(count);
  for (let synapse = 0; synapse < count; synapse += 1) {
    const source = lists.sources[synapse] as number;
    const place = next[source] as number;
    targets[place] = lists.targets[synapse] as number;
    weights[place] = lists.weights[synapse] as number;
    next[source] = place + 1;
  }
  const [first = 0] = weights;
  return { starts, targets, weights: weights.every((weight) => weight === first) ? first : weights };
}

/** Turns the number of synapses of row i, at place i + 1, into the starts of the rows. */
export function accumulateStarts(starts: Int32Array): void {
  for (let row = 1; row < starts.length; row += 1) starts[row] = (starts[row] as number) + (starts[row - 1] as number);
}

/** The synapses as lists, row by row. */
export function toLists({ starts, targets, weights }: SourceRows): SynapseLists {
  const sources = new Int32Array(targets.length);
  for (let row = 0; row + 1 < starts.length; row += 1) sources.fill(row, starts[row], starts[row + 1]);
  return {
    sources,
    targets: Int32Array.from(targets),
    weights: typeof weights === 'number' ? new Float64Array(targets.length).fill(weights) : weights,
  };
}

/** Rows split by the delay of each synapse: row source · delays.length + d holds those of delay number d, in their order. */
export interface DelayedRows extends SourceRows {
  /** Distinct delays in steps, longest first: what left earlier arrives first. */
  readonly delays: readonly number[];
}

/** Sorts the synapses of each row by delay, the longest first; those that agree keep their order. */
export function splitByDelay(rows: SourceRows, delaySteps: Int32Array): DelayedRows {
  const delays = [...new Set(delaySteps)].sort((left, right) => right - left);
  const numberOf = new Map(delays.map((delay, number) => [delay, number]));
  const width = Math.max(1, delays.length);
  const sourceSize = rows.starts.length - 1;
  const rowOf = (source: number, synapse: number): number =>
    source * width + (numberOf.get(delaySteps[synapse] as number) ?? 0);
  const starts = new Int32Array(sourceSize * width + 1);
  eachSynapse(rows, (source, synapse) => {
    const place = rowOf(source, synapse) + 1;
    starts[place] = (starts[place] as number) + 1;
  });
  accumulateStarts(starts);
  const next = starts.slice();
  const targets = rows.targets.slice();
  const weights = typeof rows.weights === 'number' ? rows.weights : rows.weights.slice();
  eachSynapse(rows, (source, synapse) => {
    const row = rowOf(source, synapse);
    const place = next[row] as number;
    next[row] = place + 1;
    targets[place] = rows.targets[synapse] as number;
    if (typeof weights !== 'number') weights[place] = (rows.weights as Float64Array)[synapse] as number;
  });
  return { starts, targets, weights, delays };
}

function eachSynapse({ starts }: SourceRows, visit: (source: number, synapse: number) => void): void {
  for (let source = 0; source + 1 < starts.length; source += 1) {
    const end = starts[source + 1] as number;
    for (let synapse = starts[source] as number; synapse < end; synapse += 1) visit(source, synapse);
  }
}
