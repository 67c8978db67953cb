/** Leaky integrate-and-fire cells in discrete time, feed-forward (norse LIF). */
import { andThen, mapResult, ok } from '../../base/result.ts';
import type { ElementKind } from '../../build/library-kind.ts';
import { spikeOutput } from '../stimuli/spikes.ts';
import { cellsAsked, cellsOfInput, inputPerCell, sizeOfInput } from './input-per-cell.ts';
import { expandLif, lifEquations, lifParameters, lifStates, spiking } from './lif-cells.ts';
import { surrogateOf } from './surrogate.ts';

export const lifLayer: ElementKind = {
  id: 'layers/lif',
  family: 'layers',
  title: 'LIF layer',
  summary: 'Dimensionless leaky cells with a synaptic current, one input channel per cell.',
  keywords: ['norse', 'LIF', 'leaky integrate-and-fire', 'spiking'],
  parameters: [sizeOfInput, ...lifParameters],
  inputs: [{ name: 'in', title: 'input', types: ['continuous', 'spikes'], accepts: 'channels', unit: '1' }],
  outputs: [spikeOutput],
  states: lifStates,
  equations: lifEquations,
  source: 'norse 1.1.0, LIF; the released order of the forward Euler steps',
  defaultProbe: 'spikes',
  sizes(request) {
    const cells = cellsAsked(request);
    return ok({ outputs: { spikes: cells }, cells });
  },
  expand(builder) {
    const cells = cellsOfInput(builder);
    const surrogates = { spikes: surrogateOf(builder) };
    return andThen(inputPerCell(builder, 'in', cells), (input) =>
      mapResult(expandLif(builder, cells, { x: input }, { ...spiking, surrogates }), () => undefined),
    );
  },
};
