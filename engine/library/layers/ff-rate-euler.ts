/** Feed-forward rate layer with forward Euler integration (Rockpool 1.0.7 FFRateEuler). */
import { andThen, ok } from '../../base/result.ts';
import type { ElementKind } from '../../build/library-kind.ts';
import { denseProduct } from '../../build/operators/dense-product.ts';
import { expandPopulation } from '../../build/population/expand-population.ts';
import { matrix, quantity, sizeParameter } from '../specs.ts';
import { activationParameter, activationText, rateNoise } from './activation.ts';
import { matrixShape, weightSignal } from './weights.ts';

export const ffRateEuler: ElementKind = {
  id: 'layers/ff-rate-euler',
  family: 'layers',
  title: 'Rate layer',
  summary: 'Feed-forward layer of leaky rate units with input weights.',
  keywords: ['rockpool', 'FFRateEuler', 'rate', 'feed-forward'],
  parameters: [
    { ...sizeParameter(10), description: 'Number of units; follows from the weights where they are given.' },
    quantity('tau', 'time constant', 100, 'ms', 'Time constant of the units; at least one time step.', {
      perCell: true,
      exclusiveMinimum: 0,
      minimumSteps: 1,
      favourite: true,
    }),
    quantity('gain', 'gain', 1, '1', 'Factor on the weighted input.', { perCell: true }),
    quantity('bias', 'bias', 0, '1', 'Added to the state inside the activation.', { perCell: true }),
    quantity('noise_std', 'noise', 0, '1', 'Stationary standard deviation of the state under noise alone.', {
      minimum: 0,
    }),
    activationParameter('relu'),
    matrix(
      'weights',
      'input weights',
      '1',
      'Weights [inputs, units]; drawn from a normal distribution of variance 1/inputs when absent.',
    ),
  ],
  inputs: [{ name: 'in', title: 'input', types: ['continuous', 'spikes'], accepts: 'channels', unit: '1' }],
  outputs: [{ name: 'out', title: 'rate', type: 'continuous', unit: '1' }],
  states: [{ name: 'v', title: 'state', unit: '1' }],
  equations: ['dv/dt = (−v + gain · (x · W) + noise) / tau', 'out = H(v + bias), taken before the step'],
  source: 'Rockpool 1.0.7, FFRateEuler',
  defaultProbe: 'out',
  sizes({ parameters }) {
    const size = matrixShape(parameters, 'weights')?.[1] ?? parameters.number('size');
    return ok({ outputs: { out: size }, cells: size });
  },
  expand(builder) {
    const shape = matrixShape(builder, 'weights');
    const cells = shape?.[1] ?? builder.number('size');
    const channels = Math.max(1, builder.inputSize('in'));
    const input = builder.input('in');
    const inputs = builder.inputSize('in') === 0 ? (shape?.[0] ?? channels) : channels;
    return andThen(weightSignal(builder, 'weights', [inputs, cells], 1 / Math.sqrt(inputs), '1'), (weights) => {
      const drive = builder.signal({ name: 'drive', shape: [cells], initial: 0, role: 'transient' });
      const product = {
        vector: input,
        matrix: weights,
        result: drive,
        inputs: channels,
        outputs: cells,
        transposed: false,
        accumulate: false,
      };
      builder.operator({
        name: 'drive/product',
        slot: 'inputs',
        reads: [input, weights],
        sets: [drive],
        body: denseProduct(product),
      });
      return andThen(
        expandPopulation(builder, {
          cells,
          model: `dv/dt = (-v + gain*drive${rateNoise(builder)})/tau : 1`,
          method: 'euler',
          parameters: ['tau', 'gain', 'bias', 'noise_std'],
          inputs: { drive: { signal: drive, unit: '1' } },
          noise: ['noise'],
          initial: { v: 0 },
          outputs: { out: activationText(builder.text('activation'), 'v + bias') },
        }),
        () => ok(undefined),
      );
    });
  },
};
