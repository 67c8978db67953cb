/** Fully connected layer without dynamics: weighted sums through an activation (readouts trained by gradients). */
import { andThen, mapResult, ok } from '../../base/result.ts';
import type { ElementKind } from '../../build/library-kind.ts';
import { denseProduct } from '../../build/operators/dense-product.ts';
import { expandPopulation } from '../../build/population/expand-population.ts';
import { matrix, quantity, sizeParameter } from '../specs.ts';
import { activationParameter, activationText } from './activation.ts';
import { matrixShape, weightSignal } from './weights.ts';

export const dense: ElementKind = {
  id: 'layers/dense',
  family: 'layers',
  title: 'Fully connected',
  summary: 'Weighted sums of the input with bias, through an activation, without dynamics.',
  keywords: ['linear', 'dense', 'fully connected', 'MLP', 'readout', 'training'],
  parameters: [
    {
      ...sizeParameter(10),
      title: 'units',
      description: 'Number of units; follows from the weights where they are given.',
    },
    quantity('bias', 'bias', 0, '1', 'Added to the weighted sum.', { perCell: true }),
    activationParameter('identity'),
    matrix(
      'weights',
      'weights',
      '1',
      'Weights [inputs, units]; drawn from a normal distribution of variance 1/inputs when absent.',
    ),
  ],
  inputs: [{ name: 'in', title: 'input', types: ['continuous', 'spikes'], accepts: 'channels', unit: '1' }],
  outputs: [{ name: 'out', title: 'output', type: 'continuous', unit: '1' }],
  states: [],
  equations: ['out = H(x · W + bias)'],
  source: 'the readout of mlx-snn (4c720ec), LSM',
  defaultProbe: 'out',
  sizes({ parameters }) {
    return ok({
      outputs: { out: matrixShape(parameters, 'weights')?.[1] ?? parameters.number('size') },
      cells: undefined,
    });
  },
  expand(builder) {
    const shape = matrixShape(builder, 'weights');
    const cells = shape?.[1] ?? builder.number('size');
    const connected = builder.inputSize('in');
    const inputs = connected === 0 ? (shape?.[0] ?? 1) : connected;
    return andThen(weightSignal(builder, 'weights', [inputs, cells], 1 / Math.sqrt(inputs), '1'), (weights) =>
      andThen(builder.vector('bias', cells), (values) => {
        const bias = builder.signal({ name: 'bias', shape: [cells], initial: values, role: 'constant' });
        const weighted = builder.signal({ name: 'weighted', shape: [cells], initial: 0, role: 'transient' });
        const vector = builder.input('in');
        const product = { vector, matrix: weights, result: weighted, inputs: Math.max(1, connected), outputs: cells };
        builder.operator({
          name: 'weighted/product',
          reads: [vector, weights],
          sets: [weighted],
          body: denseProduct({ ...product, transposed: false, accumulate: false }),
        });
        const activated = expandPopulation(builder, {
          cells,
          model: '',
          method: 'discrete',
          update: '',
          parameters: [],
          inputs: { weighted: { signal: weighted, unit: '1' }, bias: { signal: bias, unit: '1' } },
          initial: {},
          outputs: { out: activationText(builder.text('activation'), 'weighted + bias') },
        });
        return mapResult(activated, () => undefined);
      }),
    );
  },
};
