/** Adaptive exponential cells in discrete time with input and recurrent weights (norse LIFAdExRecurrent). */
import { andThen, mapResult, ok } from '../../base/result.ts';
import type { ElementKind } from '../../build/library-kind.ts';
import { sizeParameter } from '../specs.ts';
import { spikeOutput } from '../stimuli/spikes.ts';
import { adExEquations, adExParameters, adExStates, expandAdEx } from './ad-ex-cells.ts';
import { recurrence, recurrentParameters, recurrentWeights } from './recurrence.ts';
import { matrixShape } from './weights.ts';

export const lifAdExRecurrent: ElementKind = {
  id: 'layers/lif-ad-ex-recurrent',
  family: 'layers',
  title: 'Recurrent LIF AdEx layer',
  summary: 'Dimensionless adaptive exponential cells with input weights and weights among themselves.',
  keywords: [
    ...['norse', 'LIFAdExRecurrent', 'LIFAdExRecurrentCell', 'lif_adex_step'],
    ...['adaptive exponential', 'spiking', 'recurrent'],
  ],
  parameters: [
    { ...sizeParameter(20), description: 'Number of cells; follows from the weights where they are given.' },
    ...adExParameters,
    ...recurrentParameters,
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
    return andThen(recurrence(builder, recurrentWeights(builder, cells)), ({ drive, recurrent, deliver }) =>
      mapResult(expandAdEx(builder, cells, { drive, recurrent }), ({ spikes = '' }) => deliver(spikes)),
    );
  },
};
