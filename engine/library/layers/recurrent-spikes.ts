/** Recurrent spikes over a dense weight matrix: every spike adds a row of weights. */
import type { ElementBuilder } from '../../build/library-kind.ts';
import { kernel } from '../../build/ir/kernels.ts';
import type { SignalId } from '../../build/ir/types.ts';

export interface RecurrentSpikes {
  readonly cells: number;
  /** u8 vector of the cells. */
  readonly spikes: SignalId;
  /** [from, to]. */
  readonly weights: SignalId;
  /** f64 state that receives the weights. */
  readonly target: SignalId;
}

/** target[j] += W[i, j] for every spiking cell i, in ascending order of i (slot `synapses`). */
export function emitRecurrentSpikes(builder: ElementBuilder, request: RecurrentSpikes): void {
  const { cells, spikes, weights, target } = request;
  const { list, count } = builder.spikeList(spikes, cells);
  const numbers = { inputs: cells, outputs: cells, transposed: 0, accumulate: 1, scale: 1 };
  builder.operator({
    name: 'recurrent/deliver',
    slot: 'synapses',
    reads: [list, count, weights],
    updates: [target],
    body: [kernel('dense-product', { list, count, matrix: weights, result: target }, numbers)],
    choice: {
      kernel: 'event-driven',
      reason: `rows of a ${cells} × ${cells} matrix, added for the cells that spike`,
      bytes: 8 * cells * cells,
      synapses: cells * cells,
    },
  });
}
