/** Adaptive exponential cells in discrete time, feed-forward (norse LIFAdEx). */
import { andThen, mapResult, ok } from '../../base/result.ts';
import type { ElementKind } from '../../build/library-kind.ts';
import { sizeParameter } from '../specs.ts';
import { spikeOutput } from '../stimuli/spikes.ts';
import { adExEquations, adExParameters, adExStates, expandAdEx } from './ad-ex-cells.ts';
import { inputPerCell } from './input-per-cell.ts';

export const lifAdEx: ElementKind = {
  id: 'layers/lif-ad-ex',
  family: 'layers',
  title: 'LIF AdEx layer',
  summary: 'Dimensionless adaptive exponential cells with a synaptic current, one input channel per cell.',
  keywords: ['norse', 'LIFAdEx', 'adaptive exponential', 'spiking'],
  parameters: [
    {
      ...sizeParameter(1),
      description: 'Number of cells; follows from the input where it is connected with more than one channel.',
    },
    ...adExParameters,
  ],
  inputs: [{ name: 'in', title: 'input', types: ['continuous', 'spikes'], accepts: 'channels', unit: '1' }],
  outputs: [spikeOutput],
  states: adExStates,
  equations: adExEquations,
  source: 'norse 1.1.0, LIFAdEx; the released order of the forward Euler steps',
  defaultProbe: 'spikes',
  sizes({ parameters, inputSize }) {
    const connected = inputSize('in');
    if (connected === undefined) return ok({ outputs: { spikes: undefined }, cells: undefined });
    const size = connected > 1 ? connected : parameters.number('size');
    return ok({ outputs: { spikes: size }, cells: size });
  },
  expand(builder) {
    const connected = builder.inputSize('in');
    const cells = connected > 1 ? connected : builder.number('size');
    return andThen(inputPerCell(builder, 'in', cells), (input) =>
      mapResult(expandAdEx(builder, cells, { x: input }), () => undefined),
    );
  },
};
