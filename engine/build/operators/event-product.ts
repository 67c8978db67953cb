/** Delivery of spikes over sparse connections: for every spiking source, weights are added to its targets. */
import type { SynapseLists } from '../library-kind.ts';
import { add, i32, i32Local, load, loadI32, multiply, notEqual } from '../ir/expressions.ts';
import { accumulate, letI32, loop, when } from '../ir/statements.ts';
import type { Expression, SignalId, Statement } from '../ir/types.ts';

/** Synapses in compressed rows by source: targets and weights of source i stand at starts[i] … starts[i + 1] − 1. */
export interface SourceRows {
  readonly starts: Int32Array;
  readonly targets: Int32Array;
  readonly weights: Float64Array;
}

/** Sorts synapse lists by source; synapses of one source keep their order of creation. */
export function compressBySource(lists: SynapseLists, sourceSize: number): SourceRows {
  const count = lists.sources.length;
  const starts = new Int32Array(sourceSize + 1);
  for (const source of lists.sources) starts[source + 1] = (starts[source + 1] as number) + 1;
  for (let row = 0; row < sourceSize; row += 1) starts[row + 1] = (starts[row + 1] as number) + (starts[row] as number);
  const next = starts.slice(0, sourceSize);
  const targets = new Int32Array(count);
  const weights = new Float64Array(count);
  for (let synapse = 0; synapse < count; synapse += 1) {
    const source = lists.sources[synapse] as number;
    const place = next[source] as number;
    targets[place] = lists.targets[synapse] as number;
    weights[place] = lists.weights[synapse] as number;
    next[source] = place + 1;
  }
  return { starts, targets, weights };
}

export interface RowSignals {
  readonly starts: SignalId;
  readonly targets: SignalId;
  readonly weights: SignalId;
}

const source = i32Local('i');
const synapse = i32Local('k');

/** `target[post] += weight` for every synapse of every source whose entry in `spikes` (u8) is non-zero. */
export function deliverSpikes(spikes: SignalId, rows: RowSignals, target: SignalId, sourceSize: number): Statement[] {
  return [
    loop('i', 0, sourceSize, [
      when(notEqual(loadI32(spikes, source), i32(0)), [rowLoop(rows, target, load(rows.weights, synapse))]),
    ]),
  ];
}

/** `target[post] += weight · x[source]` for every synapse: a projection of a continuous output. */
export function deliverContinuous(
  values: SignalId,
  rows: RowSignals,
  target: SignalId,
  sourceSize: number,
): Statement[] {
  const contribution = multiply(load(rows.weights, synapse), load(values, source));
  return [loop('i', 0, sourceSize, [rowLoop(rows, target, contribution)])];
}

function rowLoop(rows: RowSignals, target: SignalId, value: Expression): Statement {
  return loop('k', loadI32(rows.starts, source), loadI32(rows.starts, add(source, i32(1))), [
    letI32('j', loadI32(rows.targets, synapse)),
    accumulate(target, i32Local('j'), value),
  ]);
}
