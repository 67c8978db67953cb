/** Leaky cells in discrete time whose threshold is subtracted (LiquidReservoir of mlx-snn): the liquid of a liquid state machine. */
import { andThen, mapResult, ok } from '../../base/result.ts';
import type { ElementKind } from '../../build/library-kind.ts';
import { expandPopulation } from '../../build/population/expand-population.ts';
import { choice, matrix, quantity, sizeParameter } from '../specs.ts';
import { spikeOutput } from '../stimuli/spikes.ts';
import { recurrence } from './recurrence.ts';
import { surrogateOf, surrogateParameters } from './surrogate.ts';
import { matrixShape } from './weights.ts';

export const liquidReservoir: ElementKind = {
  id: 'layers/liquid-reservoir',
  family: 'layers',
  title: 'Liquid reservoir',
  summary: 'Recurrent leaky cells from which the threshold is subtracted when they spike.',
  keywords: ['LSM', 'liquid state machine', 'LiquidReservoir', 'mlx-snn', 'spiking', 'recurrent'],
  parameters: [
    { ...sizeParameter(100), description: 'Number of cells; follows from the weights where they are given.' },
    quantity('beta', 'decay β', 0.9, '1', 'What remains of the membrane from step to step.', {
      ...{ minimum: 0, maximum: 1, favourite: true },
    }),
    quantity('threshold', 'threshold', 1, '1', 'A cell spikes when its membrane reaches this.', { favourite: true }),
    choice(
      'reset',
      'reset',
      'subtract',
      [
        { value: 'subtract', title: 'threshold is subtracted' },
        { value: 'zero', title: 'membrane becomes 0' },
      ],
      'What a spike does to the membrane of its cell.',
    ),
    quantity('spectral_radius', 'scale of recurrence', 0.9, '1', 'Deviation of drawn recurrent weights times √cells.', {
      minimum: 0,
    }),
    quantity('input_scaling', 'scale of input', 1, '1', 'Deviation of drawn input weights times √inputs.', {
      minimum: 0,
    }),
    matrix('W_in', 'input weights', '1', 'Weights [inputs, cells]; drawn from a normal distribution when absent.'),
    matrix('W_rec', 'recurrent weights', '1', 'Weights [from, to]; drawn from a normal distribution when absent.'),
    ...surrogateParameters,
  ],
  inputs: [{ name: 'in', title: 'input', types: ['continuous', 'spikes'], accepts: 'channels', unit: '1' }],
  outputs: [spikeOutput],
  states: [{ name: 'v', title: 'membrane', unit: '1' }],
  equations: ['v = beta · v + x · W_in + spikes of the last step · W_rec', 'v ≥ threshold → spike, v −= threshold'],
  source: 'mlx-snn (4c720ec), LiquidReservoir',
  defaultProbe: 'spikes',
  sizes({ parameters }) {
    const size = matrixShape(parameters, 'W_rec')?.[1] ?? parameters.number('size');
    return ok({ outputs: { spikes: size }, cells: size });
  },
  expand(builder) {
    const cells = matrixShape(builder, 'W_rec')?.[1] ?? builder.number('size');
    const weights = {
      ...{ cells, byTarget: false, withoutAutapses: false },
      input: builder.number('input_scaling') / Math.sqrt(Math.max(1, builder.inputSize('in'))),
      recurrent: builder.number('spectral_radius') / Math.sqrt(cells),
    };
    return andThen(recurrence(builder, weights), ({ drive, recurrent, deliver }) =>
      mapResult(
        expandPopulation(builder, {
          cells,
          model: 'v : 1',
          method: 'discrete',
          update: 'v = beta*v + drive + recurrent',
          parameters: ['beta', 'threshold'],
          inputs: { drive: { signal: drive, unit: '1' }, recurrent: { signal: recurrent, unit: '1' } },
          surrogates: { spikes: surrogateOf(builder) },
          threshold: 'v >= threshold',
          reset: builder.text('reset') === 'zero' ? 'v = 0' : 'v -= threshold',
          initial: { v: 0 },
        }),
        ({ spikes = '' }) => deliver(spikes),
      ),
    );
  },
};
