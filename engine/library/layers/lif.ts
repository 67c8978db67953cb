/** Leaky integrate-and-fire cells in discrete time, feed-forward (norse LIF). */
import { andThen, mapResult, ok } from '../../base/result.ts';
import type { ElementKind } from '../../build/library-kind.ts';
import { sizeParameter } from '../specs.ts';
import { spikeOutput } from '../stimuli/spikes.ts';
import { inputPerCell } from './input-per-cell.ts';
import { expandLif, lifEquations, lifParameters, lifStates, spiking } from './lif-cells.ts';
import { surrogateOf } from './surrogate.ts';

export const lifLayer: ElementKind = {
  id: 'layers/lif',
  family: 'layers',
  title: 'LIF layer',
  summary: 'Dimensionless leaky cells with a synaptic current, one input channel per cell.',
  keywords: ['norse', 'LIF', 'leaky integrate-and-fire', 'spiking'],
  parameters: [
    {
      ...sizeParameter(1),
      description: 'Number of cells; follows from the input where it is connected with more than one channel.',
    },
    ...lifParameters,
  ],
  inputs: [{ name: 'in', title: 'input', types: ['continuous', 'spikes'], accepts: 'channels', unit: '1' }],
  outputs: [spikeOutput],
  states: lifStates,
  equations: lifEquations,
  source: 'norse 1.1.0, LIF; the released order of the forward Euler steps',
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
    const surrogates = { spikes: surrogateOf(builder) };
    return andThen(inputPerCell(builder, 'in', cells), (input) =>
      mapResult(expandLif(builder, cells, { x: input }, { ...spiking, surrogates }), () => undefined),
    );
  },
};
