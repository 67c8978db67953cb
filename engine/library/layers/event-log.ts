/** The latest spikes of a layer with their exact times, kept in rings of states. */
import { add, f64, i32, load, remainder, toI32 } from '../../build/ir/expressions.ts';
import { store } from '../../build/ir/statements.ts';
import type { Expression, SignalId, Statement } from '../../build/ir/types.ts';
import type { ElementBuilder } from '../../build/library-kind.ts';
import type { ParameterSpec } from '../../model/kind.ts';
import { integer } from '../specs.ts';

/** Parameter `log`. */
export const logParameter: ParameterSpec = integer(
  'log',
  'spikes remembered',
  1000,
  'So many of the latest spikes are kept with their exact times (spike_times, spike_cells).',
  { minimum: 1, maximum: 10_000_000, group: 'Exact times' },
);

/** Where entry number `count` stands in a ring. */
export function ringPlace(count: SignalId, length: number): Expression {
  return remainder(toI32(load(count)), i32(length));
}

/** States of the log; spike number k of the run stands at place k mod length. */
export interface SpikeLog {
  readonly signals: readonly SignalId[];
  /** Statements that add a spike. */
  add(time: Expression, cell: Expression): Statement[];
}

/** Adds `spike_times` in seconds, `spike_cells`, and `spike_count`, which counts all spikes of the run. */
export function spikeLog(builder: ElementBuilder): SpikeLog {
  const length = builder.number('log');
  const times = builder.signal({ name: 'spike_times', shape: [length], initial: 0, role: 'state', unit: 's' });
  const cells = builder.signal({ name: 'spike_cells', shape: [length], initial: 0, role: 'state', type: 'i32' });
  const count = builder.signal({ name: 'spike_count', shape: [1], initial: 0, role: 'state' });
  const place = ringPlace(count, length);
  return {
    signals: [times, cells, count],
    add: (time, cell) => [
      store(times, place, time),
      store(cells, place, cell),
      store(count, 0, add(load(count), f64(1))),
    ],
  };
}
