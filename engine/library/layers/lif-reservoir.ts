/** Reservoir of discrete leaky integrate-and-fire cells (reservoirpy 0.4 LIF). */
import { andThen, ok } from '../../base/result.ts';
import type { ElementBuilder, ElementKind } from '../../build/library-kind.ts';
import { expandPopulation } from '../../build/population/expand-population.ts';
import { quantity } from '../specs.ts';
import { spikeOutput } from '../stimuli/spikes.ts';
import { layInput, laySpikeProduct, spikingCalculation, type LayerMatrix } from './layer-weights.ts';
import {
  inputWeights,
  recurrentWeights,
  reservoirParameters,
  reservoirSize,
  reservoirWeights,
} from './reservoir-matrices.ts';

export const lifReservoir: ElementKind = {
  id: 'layers/lif-reservoir',
  family: 'layers',
  title: 'LIF reservoir',
  summary: 'Random recurrent network of leaky integrate-and-fire cells in discrete time.',
  keywords: ['reservoirpy', 'LIF', 'reservoir', 'liquid', 'LSM', 'spiking'],
  parameters: [
    ...reservoirParameters(100),
    quantity('threshold', 'threshold', 1, '1', 'A cell spikes when its membrane exceeds this.', { favourite: true }),
    quantity(
      'lr',
      'leak rate',
      0.2,
      '1',
      'Share of the membrane lost per step: 0 never forgets, 1 wipes it before the test.',
      { perCell: true, minimum: 0, maximum: 1, favourite: true },
    ),
    quantity(
      'inhibitory',
      'inhibitory share',
      0.2,
      '1',
      'Share of the cells whose outgoing drawn weights are negative.',
      { minimum: 0, maximum: 1 },
    ),
    ...reservoirWeights('cells'),
    ...spikingCalculation,
  ],
  inputs: [{ name: 'in', title: 'input', types: ['continuous', 'spikes'], accepts: 'channels', unit: '1' }],
  outputs: [spikeOutput],
  states: [{ name: 'v', title: 'membrane', unit: '1' }],
  equations: ['v = (1 − lr) · v', 'v > threshold → spike, v = 0', 'v = v + W · s + Win · x'],
  source: 'reservoirpy 0.4.2, nodes.LIF',
  defaultProbe: 'spikes',
  sizes({ parameters }) {
    const size = reservoirSize(parameters);
    return ok({ outputs: { spikes: size }, cells: size });
  },
  expand(builder) {
    const cells = reservoirSize(builder);
    return andThen(inputWeights(builder, cells, 'uniform'), (Win) =>
      andThen(recurrentWeights(builder, cells, 'uniform', builder.number('inhibitory')), (W) =>
        expandCells(builder, cells, Win, W),
      ),
    );
  },
};

function expandCells(builder: ElementBuilder, cells: number, Win: LayerMatrix, W: LayerMatrix) {
  const definition = {
    cells,
    model: 'v : 1',
    method: 'discrete',
    update: 'v = (1 - lr)*v',
    parameters: ['lr', 'threshold'],
    threshold: 'v > threshold',
    reset: 'v = 0',
    initial: { v: 0 },
  };
  return andThen(expandPopulation(builder, definition), ({ states, spikes }) => {
    const v = states['v'] ?? '';
    laySpikeProduct(builder, { name: 'recurrent/deliver', matrix: W, spikes: spikes ?? '', result: v });
    layInput(builder, { slot: 'synapses', matrix: Win, result: v, access: 'updates' });
    return ok(undefined);
  });
}
