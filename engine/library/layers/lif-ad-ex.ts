/** Adaptive exponential cells in discrete time, feed-forward (norse LIFAdEx). */
import { andThen, mapResult, ok } from '../../base/result.ts';
import type { ElementKind } from '../../build/library-kind.ts';
import { spikeOutput } from '../stimuli/spikes.ts';
import { adExEquations, adExParameters, adExStates, expandAdEx } from './ad-ex-cells.ts';
import { cellsAsked, cellsOfInput, inputPerCell, sizeOfInput } from './input-per-cell.ts';

export const lifAdEx: ElementKind = {
  id: 'layers/lif-ad-ex',
  family: 'layers',
  title: 'LIF AdEx layer',
  summary: 'Dimensionless adaptive exponential cells with a synaptic current, one input channel per cell.',
  keywords: ['norse', 'LIFAdEx', 'LIFAdExCell', 'lif_adex_feed_forward_step', 'adaptive exponential', 'spiking'],
  parameters: [sizeOfInput, ...adExParameters],
  inputs: [{ name: 'in', title: 'input', types: ['continuous', 'spikes'], accepts: 'channels', unit: '1' }],
  outputs: [spikeOutput],
  states: adExStates,
  equations: adExEquations,
  source: 'norse 1.1.0, LIFAdEx; the released order of the forward Euler steps',
  defaultProbe: 'spikes',
  sizes(request) {
    const cells = cellsAsked(request);
    return ok({ outputs: { spikes: cells }, cells });
  },
  expand(builder) {
    const cells = cellsOfInput(builder);
    return andThen(inputPerCell(builder, 'in', cells), (input) =>
      mapResult(expandAdEx(builder, cells, { x: input }), () => undefined),
    );
  },
};
