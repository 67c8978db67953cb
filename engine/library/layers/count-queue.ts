/** Numbers of spikes of earlier steps: what a layer sent to itself some steps ago. */
import { add, i32, i32Local, less, load, multiply, remainder, select, step } from '../../build/ir/expressions.ts';
import { loop, store } from '../../build/ir/statements.ts';
import type { SignalId } from '../../build/ir/types.ts';
import type { ElementBuilder } from '../../build/library-kind.ts';

export interface QueuedCounts {
  readonly cells: number;
  readonly spikes: SignalId;
  /** At least 1. */
  readonly steps: number;
  /** All rows are one, as in the release: after the first turn the row of the last step is read. */
  readonly shared: boolean;
}

/** The vector of the numbers of `steps` steps ago; the rows of the state `queue` are read in the order of the first steps. */
export function countQueue(builder: ElementBuilder, { cells, spikes, steps, shared }: QueuedCounts): SignalId {
  const queue = builder.signal({ name: 'queue', shape: [steps, cells], initial: 0, role: 'state', turning: 0 });
  const arriving = builder.signal({ name: 'arriving', shape: [cells], initial: 0, role: 'transient' });
  const cell = i32Local('i');
  const row = remainder(step, i32(steps));
  const last = remainder(add(step, i32(steps - 1)), i32(steps));
  const due = shared ? select(less(step, i32(steps)), row, last) : row;
  const at = (place: typeof row) => add(multiply(place, i32(cells)), cell);
  builder.operator({
    ...{ name: 'queue/read', slot: 'inputs', reads: [queue], sets: [arriving] },
    body: [loop('i', 0, cells, [store(arriving, cell, load(queue, at(due)))])],
  });
  builder.operator({
    ...{ name: 'queue/write', slot: 'end', reads: [spikes], updates: [queue] },
    body: [loop('i', 0, cells, [store(queue, at(row), load(spikes, cell))])],
  });
  return arriving;
}
