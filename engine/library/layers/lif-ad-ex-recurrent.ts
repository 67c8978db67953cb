/** Adaptive exponential cells in discrete time with input and recurrent weights (norse LIFAdExRecurrent). */
import { andThen, ok } from '../../base/result.ts';
import { kernel } from '../../build/ir/kernels.ts';
import type { ElementBuilder, ElementKind } from '../../build/library-kind.ts';
import { denseProduct } from '../../build/operators/dense-product.ts';
import { normalAt } from '../../math/normal.ts';
import { flag, matrix, sizeParameter } from '../specs.ts';
import { spikeOutput } from '../stimuli/spikes.ts';
import { adExEquations, adExParameters, adExStates, expandAdEx } from './ad-ex-cells.ts';
import { matrixShape, weightSignal } from './weights.ts';

export const lifAdExRecurrent: ElementKind = {
  id: 'layers/lif-ad-ex-recurrent',
  family: 'layers',
  title: 'Recurrent LIF AdEx layer',
  summary: 'Dimensionless adaptive exponential cells with input weights and weights among themselves.',
  keywords: ['norse', 'LIFAdExRecurrent', 'adaptive exponential', 'spiking', 'recurrent'],
  parameters: [
    { ...sizeParameter(20), description: 'Number of cells; follows from the weights where they are given.' },
    ...adExParameters,
    flag(
      'autapses',
      'cells act on themselves',
      false,
      'Keeps the diagonal of the recurrent weights; else it counts as 0.',
    ),
    matrix('W_in', 'input weights', '1', 'Weights [cells, inputs]; drawn from a normal distribution when absent.'),
    matrix('W_rec', 'recurrent weights', '1', 'Weights [to, from]; drawn from a normal distribution when absent.'),
  ],
  inputs: [{ name: 'in', title: 'input', types: ['continuous', 'spikes'], accepts: 'channels', unit: '1' }],
  outputs: [spikeOutput],
  states: adExStates,
  equations: [...adExEquations, 'i += W_in · x + W_rec · spikes of the last step'],
  source: 'norse 1.1.0, LIFAdExRecurrent; the released order of the forward Euler steps',
  defaultProbe: 'spikes',
  sizes({ parameters }) {
    const size = matrixShape(parameters, 'W_rec')?.[0] ?? parameters.number('size');
    return ok({ outputs: { spikes: size }, cells: size });
  },
  expand(builder) {
    const cells = matrixShape(builder, 'W_rec')?.[0] ?? builder.number('size');
    const inputs = Math.max(1, builder.inputSize('in'));
    const deviation = Math.sqrt(2 / cells);
    return andThen(weightSignal(builder, 'W_in', [cells, inputs], deviation, '1'), (W_in) =>
      andThen(weightSignal(withoutAutapses(builder, cells), 'W_rec', [cells, cells], deviation, '1'), (W_rec) => {
        const drive = driveOf(builder, W_in, inputs, cells);
        const recurrent = builder.signal({ name: 'recurrent', shape: [cells], initial: 0, role: 'state' });
        return andThen(expandAdEx(builder, cells, { drive, recurrent }), ({ spikes = '' }) => {
          emitRecurrence(builder, { spikes, W_rec, recurrent, cells });
          return ok(undefined);
        });
      }),
    );
  },
};

/** The builder with the diagonal of the matrix, given or drawn, at 0, unless cells act on themselves. */
function withoutAutapses(builder: ElementBuilder, cells: number): ElementBuilder {
  if (builder.flag('autapses') || builder.outline) return builder;
  const key = builder.stream('W_rec');
  const array: ElementBuilder['array'] = (name) => {
    const drawn = (place: number): number => Math.sqrt(2 / cells) * normalAt(key, 0, place);
    const given = builder.array(name);
    const { values } = given ?? { values: Float64Array.from({ length: cells * cells }, (_, place) => drawn(place)) };
    const apart = values.map((weight, place) => (place % (cells + 1) === 0 ? 0 : weight));
    return { shape: given?.shape ?? [cells, cells], values: apart };
  };
  return { ...builder, array };
}

/** W_in · x, anew in every step. */
function driveOf(builder: ElementBuilder, W_in: string, inputs: number, cells: number): string {
  const drive = builder.signal({ name: 'drive', shape: [cells], initial: 0, role: 'transient' });
  const input = builder.input('in');
  const product = { vector: input, matrix: W_in, result: drive, inputs, outputs: cells };
  builder.operator({
    name: 'in/product',
    reads: [input, W_in],
    sets: [drive],
    body: denseProduct({ ...product, transposed: true, accumulate: false }),
  });
  return drive;
}

interface Recurrence {
  readonly spikes: string;
  readonly W_rec: string;
  readonly recurrent: string;
  readonly cells: number;
}

/** What the spikes of a step bring to the next. */
function emitRecurrence(builder: ElementBuilder, { spikes, W_rec, recurrent, cells }: Recurrence): void {
  const { list, count } = builder.spikeList(spikes, cells);
  const numbers = { inputs: cells, outputs: cells, transposed: 1, accumulate: 0, scale: 1 };
  builder.operator({
    name: 'recurrent/deliver',
    slot: 'synapses',
    reads: [list, count, W_rec],
    updates: [recurrent],
    body: [kernel('dense-product', { list, count, matrix: W_rec, result: recurrent }, numbers)],
    choice: {
      kernel: 'event-driven',
      reason: `columns of a ${cells} × ${cells} matrix, added for the cells that spike`,
      bytes: 8 * cells * cells,
      synapses: cells * cells,
    },
  });
}
