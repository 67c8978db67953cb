/** Input and recurrent weights of layers of spiking cells: what arrives in a step, and what its spikes bring to the next. */
import type { Result } from '../../base/result.ts';
import { andThen, mapResult } from '../../base/result.ts';
import { kernel } from '../../build/ir/kernels.ts';
import type { SignalId } from '../../build/ir/types.ts';
import type { ElementBuilder } from '../../build/library-kind.ts';
import { denseProduct } from '../../build/operators/dense-product.ts';
import { normalAt } from '../../math/normal.ts';
import type { ParameterSpec } from '../../model/kind.ts';
import { flag, matrix } from '../specs.ts';
import { weightSignal } from './weights.ts';

/** How the weights of a layer lie and are drawn. */
export interface RecurrentWeights {
  readonly cells: number;
  /** Whether weights are [to, from]; else [from, to]. */
  readonly byTarget: boolean;
  /** Deviations of weights that are drawn. */
  readonly input: number;
  readonly recurrent: number;
  /** The diagonal of the recurrent weights, given or drawn, counts as 0. */
  readonly withoutAutapses: boolean;
}

export interface Recurrence {
  /** W_in · x, anew in every step. */
  readonly drive: SignalId;
  /** W_rec · spikes of the last step. */
  readonly recurrent: SignalId;
  /** Adds what delivers the spikes of a step to `recurrent`. */
  deliver(spikes: SignalId): void;
}

/** Parameters of norse's recurrent layers. */
export const recurrentParameters: readonly ParameterSpec[] = [
  flag(
    'autapses',
    'cells act on themselves',
    false,
    'Keeps the diagonal of the recurrent weights; else it counts as 0.',
  ),
  matrix('W_in', 'input weights', '1', 'Weights [cells, inputs]; drawn from a normal distribution when absent.'),
  matrix('W_rec', 'recurrent weights', '1', 'Weights [to, from]; drawn from a normal distribution when absent.'),
];

/** The weights of norse's recurrent layers: rows are targets, drawn with variance 2 / cells. */
export function recurrentWeights(builder: ElementBuilder, cells: number): RecurrentWeights {
  const deviation = Math.sqrt(2 / cells);
  const drawn = { input: deviation, recurrent: deviation };
  return { cells, byTarget: true, ...drawn, withoutAutapses: !builder.flag('autapses') };
}

/** The signals `W_in`, `W_rec`, `drive` and `recurrent` of a layer with the port `in`. */
export function recurrence(builder: ElementBuilder, weights: RecurrentWeights): Result<Recurrence> {
  const { cells, byTarget, withoutAutapses } = weights;
  const inputs = Math.max(1, builder.inputSize('in'));
  const shape: readonly [number, number] = byTarget ? [cells, inputs] : [inputs, cells];
  const source = withoutAutapses ? withEmptyDiagonal(builder, weights) : builder;
  return andThen(weightSignal(builder, 'W_in', shape, weights.input, '1'), (W_in) =>
    mapResult(weightSignal(source, 'W_rec', [cells, cells], weights.recurrent, '1'), (W_rec) => {
      const drive = builder.signal({ name: 'drive', shape: [cells], initial: 0, role: 'transient' });
      const recurrent = builder.signal({ name: 'recurrent', shape: [cells], initial: 0, role: 'state' });
      const input = builder.input('in');
      const product = { vector: input, matrix: W_in, result: drive, inputs, outputs: cells };
      builder.operator({
        name: 'in/product',
        reads: [input, W_in],
        sets: [drive],
        body: denseProduct({ ...product, transposed: byTarget, accumulate: false }),
      });
      const deliver = (spikes: SignalId): void => emitDelivery(builder, { spikes, W_rec, recurrent }, weights);
      return { drive, recurrent, deliver };
    }),
  );
}

/** The builder with the diagonal of the matrix, given or drawn, at 0. */
function withEmptyDiagonal(builder: ElementBuilder, { cells, recurrent }: RecurrentWeights): ElementBuilder {
  if (builder.outline) return builder;
  const key = builder.stream('W_rec');
  const array: ElementBuilder['array'] = (name) => {
    const drawn = (place: number): number => recurrent * normalAt(key, 0, place);
    const given = builder.array(name);
    const { values } = given ?? { values: Float64Array.from({ length: cells * cells }, (_, place) => drawn(place)) };
    const apart = values.map((weight, place) => (place % (cells + 1) === 0 ? 0 : weight));
    return { shape: given?.shape ?? [cells, cells], values: apart };
  };
  return { ...builder, array };
}

interface Delivery {
  readonly spikes: SignalId;
  readonly W_rec: SignalId;
  readonly recurrent: SignalId;
}

function emitDelivery(
  builder: ElementBuilder,
  { spikes, W_rec, recurrent }: Delivery,
  { cells, byTarget }: RecurrentWeights,
): void {
  const { list, count } = builder.spikeList(spikes, cells);
  const numbers = { inputs: cells, outputs: cells, transposed: byTarget ? 1 : 0, accumulate: 0, scale: 1 };
  builder.operator({
    name: 'recurrent/deliver',
    slot: 'synapses',
    reads: [list, count, W_rec],
    updates: [recurrent],
    body: [kernel('dense-product', { list, count, matrix: W_rec, result: recurrent }, numbers)],
    choice: {
      kernel: 'event-driven',
      reason: `${byTarget ? 'columns' : 'rows'} of a ${cells} × ${cells} matrix, added for the cells that spike`,
      bytes: 8 * cells * cells,
      synapses: cells * cells,
    },
  });
}
