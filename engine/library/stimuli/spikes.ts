/** Shared by spiking stimuli: a u8 vector with 1 where a cell spikes in this step. */
import type { ElementBuilder } from '../../build/library-kind.ts';
import { i32, i32Local, select } from '../../build/ir/expressions.ts';
import { loop, store } from '../../build/ir/statements.ts';
import type { Expression, SignalId } from '../../build/ir/types.ts';
import type { OutputPortSpec } from '../../model/kind.ts';

/** The output port of everything that spikes. */
export const spikeOutput: OutputPortSpec = { name: 'spikes', title: 'spikes', type: 'spikes', unit: '1' };

/** Adds the spike signal of a stimulus and the operator that sets it from a condition per cell. */
export function emitSpikes(
  builder: ElementBuilder,
  size: number,
  reads: readonly SignalId[],
  condition: (cell: Expression) => Expression,
): void {
  const spikes = builder.signal({ name: 'spikes', shape: [size], initial: 0, role: 'transient', type: 'u8' });
  const cell = i32Local('i');
  builder.operator({
    name: 'emit',
    slot: 'thresholds',
    reads,
    sets: [spikes],
    body: [loop('i', 0, size, [store(spikes, cell, select(condition(cell), i32(1), i32(0)))])],
  });
  builder.output('spikes', spikes);
}
