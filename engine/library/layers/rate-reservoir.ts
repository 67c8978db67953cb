/** Echo state network: leaky tanh units with random recurrent weights (reservoirpy 0.4 Reservoir). */
import { andThen, ok } from '../../base/result.ts';
import type { ElementBuilder, ElementKind } from '../../build/library-kind.ts';
import { expandPopulation } from '../../build/population/expand-population.ts';
import { add, i32Local, load } from '../../build/ir/expressions.ts';
import { loop, store } from '../../build/ir/statements.ts';
import type { SignalId } from '../../build/ir/types.ts';
import { matrix, quantity } from '../specs.ts';
import { activationParameter, activationText } from './activation.ts';
import { layInput, layProduct, rateCalculation, type LayerMatrix } from './layer-weights.ts';
import { emitSoftmax } from './softmax-shares.ts';
import {
  biasVector,
  inputWeights,
  recurrentWeights,
  reservoirParameters,
  reservoirSize,
  reservoirWeights,
} from './reservoir-matrices.ts';

export const rateReservoir: ElementKind = {
  id: 'layers/rate-reservoir',
  family: 'layers',
  title: 'Rate reservoir',
  summary: 'Echo state network: leaky tanh units with random recurrent weights.',
  keywords: ['reservoirpy', 'ESN', 'echo state network', 'reservoir', 'Reservoir'],
  parameters: [
    ...reservoirParameters(200),
    quantity('lr', 'leak rate', 0.3, '1', 'Share of the new value in each step; 1 = no memory but the recurrence.', {
      perCell: true,
      minimum: 0,
      maximum: 1,
      favourite: true,
    }),
    quantity('bias_scaling', 'bias scaling', 0, '1', 'Drawn biases lie between ± this.', { minimum: 0 }),
    activationParameter('tanh', [{ value: 'softmax', title: 'softmax: eˣ over its sum across the units' }]),
    ...reservoirWeights('units'),
    matrix('bias', 'biases', '1', 'One bias per unit; drawn when absent.'),
    ...rateCalculation,
  ],
  inputs: [{ name: 'in', title: 'input', types: ['continuous', 'spikes'], accepts: 'channels', unit: '1' }],
  outputs: [{ name: 'out', title: 'state', type: 'continuous', unit: '1' }],
  states: [{ name: 'r', title: 'state', unit: '1' }],
  equations: ['r(t) = (1 − lr) · r(t − 1) + lr · f(W · r(t − 1) + Win · x(t) + b)', 'out = r'],
  source: 'reservoirpy 0.4.2, nodes.Reservoir; Jaeger (2001)',
  defaultProbe: 'out',
  sizes({ parameters }) {
    const size = reservoirSize(parameters);
    return ok({ outputs: { out: size }, cells: size });
  },
  expand(builder) {
    const cells = reservoirSize(builder);
    return andThen(inputWeights(builder, cells, 'bernoulli'), (Win) =>
      andThen(recurrentWeights(builder, cells, 'normal'), (W) =>
        andThen(biasVector(builder, cells), (bias) => expandUnits(builder, cells, { Win, W, bias })),
      ),
    );
  },
};

interface Matrices {
  readonly Win: LayerMatrix;
  readonly W: LayerMatrix;
  readonly bias: string;
}

function expandUnits(builder: ElementBuilder, cells: number, { Win, W, bias }: Matrices) {
  const drive = builder.signal({ name: 'drive', shape: [cells], initial: 0, role: 'transient' });
  const activation = builder.text('activation');
  const { value, inputs } =
    activation === 'softmax'
      ? sharesOf(builder, cells, drive, bias)
      : {
          value: activationText(activation, 'drive + bias_given'),
          inputs: { drive: { signal: drive, unit: '1' }, bias_given: { signal: bias, unit: '1' } },
        };
  const definition = {
    cells,
    model: 'r : 1',
    method: 'discrete',
    update: `r = (1 - lr)*r + lr*(${value})`,
    parameters: ['lr'],
    inputs,
    initial: { r: 0 },
    outputsAfter: { out: 'r' },
  };
  return andThen(expandPopulation(builder, definition), ({ states }) => {
    const r = states['r'] ?? '';
    layProduct(builder, { name: 'recurrent/product', matrix: W, vector: r, result: drive, access: 'sets' });
    layInput(builder, { matrix: Win, result: drive, access: 'adds' });
    return ok(undefined);
  });
}

/** The soft-max of drive and biases over the units, which no text over one unit can say. */
function sharesOf(builder: ElementBuilder, cells: number, drive: SignalId, bias: SignalId) {
  const driven = builder.signal({ name: 'driven', shape: [cells], initial: 0, role: 'transient' });
  const unit = i32Local('i');
  builder.operator({
    ...{ name: 'driven', reads: [drive, bias], sets: [driven] },
    body: [loop('i', 0, cells, [store(driven, unit, add(load(drive, unit), load(bias, unit)))])],
  });
  const shares = emitSoftmax(builder, driven, cells, 'activated');
  return { value: 'activated', inputs: { activated: { signal: shares, unit: '1' } } };
}
