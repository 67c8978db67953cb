/** Recurrent spikes over a dense weight matrix: every spike adds a row of weights. */
import type { ElementBuilder } from '../../build/library-kind.ts';
import { add, i32, i32Local, load, loadI32, multiply, notEqual } from '../../build/ir/expressions.ts';
import { accumulate, loop, when } from '../../build/ir/statements.ts';
import type { SignalId } from '../../build/ir/types.ts';

export interface RecurrentSpikes {
  readonly cells: number;
  /** u8 vector of the cells. */
  readonly spikes: SignalId;
  /** [from, to], or [to, from] when transposed. */
  readonly weights: SignalId;
  readonly transposed: boolean;
  /** f64 state that receives the weights. */
  readonly target: SignalId;
}

/** target[j] += W[i, j] for every spiking cell i, in ascending order of i (slot `synapses`). */
export function emitRecurrentSpikes(builder: ElementBuilder, request: RecurrentSpikes): void {
  const { cells, spikes, weights, transposed, target } = request;
  const from = i32Local('i');
  const to = i32Local('j');
  const place = transposed ? add(multiply(to, i32(cells)), from) : add(multiply(from, i32(cells)), to);
  builder.operator({
    name: 'recurrent/deliver',
    slot: 'synapses',
    reads: [spikes, weights],
    updates: [target],
    body: [
      loop('i', 0, cells, [
        when(notEqual(loadI32(spikes, from), i32(0)), [
          loop('j', 0, cells, [accumulate(target, to, load(weights, place))]),
        ]),
      ]),
    ],
  });
}
