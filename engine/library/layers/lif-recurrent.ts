/** Leaky integrate-and-fire cells in discrete time with input and recurrent weights (norse LIFRecurrent). */
import { andThen, mapResult, ok } from '../../base/result.ts';
import type { ElementKind } from '../../build/library-kind.ts';
import { sizeParameter } from '../specs.ts';
import { spikeOutput } from '../stimuli/spikes.ts';
import { expandLif, lifEquations, lifParameters, lifStates, spiking } from './lif-cells.ts';
import { recurrence, recurrentParameters, recurrentWeights } from './recurrence.ts';
import { surrogateOf } from './surrogate.ts';
import { matrixShape } from './weights.ts';

export const lifRecurrent: ElementKind = {
  id: 'layers/lif-recurrent',
  family: 'layers',
  title: 'Recurrent LIF layer',
  summary: 'Dimensionless leaky cells with input weights and weights among themselves.',
  keywords: ['norse', 'LIFRecurrent', 'leaky integrate-and-fire', 'spiking', 'recurrent'],
  parameters: [
    { ...sizeParameter(20), description: 'Number of cells; follows from the weights where they are given.' },
    // The original lets no gradient through the reset of recurrent cells.
    ...lifParameters.map((spec) => (spec.name === 'detach_reset' ? { ...spec, default: true } : spec)),
    ...recurrentParameters,
  ],
  inputs: [{ name: 'in', title: 'input', types: ['continuous', 'spikes'], accepts: 'channels', unit: '1' }],
  outputs: [spikeOutput],
  states: lifStates,
  equations: [...lifEquations, 'i += W_in · x + W_rec · spikes of the last step'],
  source: 'norse 1.1.0, LIFRecurrent; the released order of the forward Euler steps',
  defaultProbe: 'spikes',
  sizes({ parameters }) {
    const size = matrixShape(parameters, 'W_rec')?.[0] ?? parameters.number('size');
    return ok({ outputs: { spikes: size }, cells: size });
  },
  expand(builder) {
    const cells = matrixShape(builder, 'W_rec')?.[0] ?? builder.number('size');
    const surrogates = { spikes: surrogateOf(builder) };
    return andThen(recurrence(builder, recurrentWeights(builder, cells)), ({ drive, recurrent, deliver }) =>
      mapResult(expandLif(builder, cells, { drive, recurrent }, { ...spiking, surrogates }), ({ spikes = '' }) =>
        deliver(spikes),
      ),
    );
  },
};
