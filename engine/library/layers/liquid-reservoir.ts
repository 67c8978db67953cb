/** Leaky cells in discrete time whose threshold is subtracted (LiquidReservoir of mlx-snn): the liquid of a liquid state machine. */
import { createUniformSource } from '../../base/random.ts';
import type { Result } from '../../base/result.ts';
import { andThen, failed, mapResult, ok } from '../../base/result.ts';
import type { ElementBuilder, ElementKind } from '../../build/library-kind.ts';
import { expandPopulation } from '../../build/population/expand-population.ts';
import { erdosRenyi } from '../../generators/erdos-renyi.ts';
import { scaleFree } from '../../generators/scale-free.ts';
import { smallWorld } from '../../generators/small-world.ts';
import { choice, matrix, quantity, sizeParameter } from '../specs.ts';
import { spikeOutput } from '../stimuli/spikes.ts';
import { recurrence } from './recurrence.ts';
import { surrogateOf, surrogateParameters } from './surrogate.ts';
import { matrixShape } from './weights.ts';

const drawnWeights = { group: 'Drawn weights' } as const;

export const liquidReservoir: ElementKind = {
  id: 'layers/liquid-reservoir',
  family: 'layers',
  title: 'Liquid reservoir',
  summary: 'Recurrent leaky cells from which the threshold is subtracted when they spike.',
  keywords: [
    'LSM',
    'liquid state machine',
    'LiquidReservoir',
    'mlx-snn',
    'spiking',
    'recurrent',
    'erdos_renyi',
    'small_world',
    'scale_free',
  ],
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
    choice(
      'topology',
      'topology',
      'erdos_renyi',
      [
        { value: 'erdos_renyi', title: 'independent pairs (10 %)' },
        { value: 'small_world', title: 'small world (6 neighbours, 10 % led elsewhere)' },
        { value: 'scale_free', title: 'scale-free (3 attachments)' },
      ],
      'How drawn recurrent weights lie.',
      drawnWeights,
    ),
    quantity(
      'spectral_radius',
      'spectral radius',
      0.9,
      '1',
      'Largest absolute eigenvalue of the drawn recurrent weights.',
      {
        ...{ minimum: 0, ...drawnWeights },
      },
    ),
    quantity(
      'exc_ratio',
      'positive columns',
      0.8,
      '1',
      'Share of the cells whose drawn recurrent inputs are positive.',
      {
        ...{ minimum: 0, maximum: 1, ...drawnWeights },
      },
    ),
    quantity('input_scaling', 'scale of input', 1, '1', 'Deviation of drawn input weights times √inputs.', {
      ...{ minimum: 0, ...drawnWeights },
    }),
    matrix('W_in', 'input weights', '1', 'Weights [inputs, cells]; drawn from a normal distribution when absent.'),
    matrix('W_rec', 'recurrent weights', '1', 'Weights [from, to]; drawn by the topology when absent.'),
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
      recurrent: 0,
    };
    const made = andThen(withLiquid(builder, cells), (source) => recurrence(source, weights));
    return andThen(made, ({ drive, recurrent, deliver }) =>
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

/** The builder with the recurrent weights that the topology gives, where none are given. */
function withLiquid(builder: ElementBuilder, cells: number): Result<ElementBuilder> {
  if (builder.outline || builder.array('W_rec') !== null) return ok(builder);
  const uniform = createUniformSource(builder.stream('W_rec'));
  const options = {
    ...{ size: cells, excitatoryShare: builder.number('exc_ratio') },
    spectralRadius: builder.number('spectral_radius'),
  };
  const topologies = { erdos_renyi: erdosRenyi, small_world: smallWorld, scale_free: scaleFree };
  const drawn = topologies[builder.text('topology') as keyof typeof topologies](options, uniform);
  if (!drawn.ok) {
    const at = { element: builder.id, path: 'parameters.topology' };
    return failed(...drawn.problems.map((found) => ({ ...found, at })));
  }
  const liquid = { shape: [cells, cells], values: drawn.value.values };
  return ok({ ...builder, array: (name) => (name === 'W_rec' ? liquid : builder.array(name)) });
}
