/** Leaky integrators in discrete time (norse LI): a readout of spikes as potentials. */
import { andThen, mapResult, ok } from '../../base/result.ts';
import type { ElementKind } from '../../build/library-kind.ts';
import { cellsAsked, cellsOfInput, inputPerCell, sizeOfInput } from './input-per-cell.ts';
import { expandLif, integratorEquations, integratorParameters, lifStates } from './lif-cells.ts';

export const liLayer: ElementKind = {
  id: 'layers/li',
  family: 'layers',
  title: 'Leaky integrator layer',
  summary: 'Dimensionless leaky cells with a synaptic current that never spike, one input channel per cell.',
  keywords: ['norse', 'LI', 'leaky integrator', 'readout'],
  parameters: [sizeOfInput, ...integratorParameters],
  inputs: [{ name: 'in', title: 'input', types: ['continuous', 'spikes'], accepts: 'channels', unit: '1' }],
  outputs: [{ name: 'out', title: 'membrane', type: 'continuous', unit: '1' }],
  states: lifStates,
  equations: [...integratorEquations, 'out = v, taken after the step'],
  source: 'norse 1.1.0, LI; the released order of the forward Euler steps',
  defaultProbe: 'out',
  sizes(request) {
    const cells = cellsAsked(request);
    return ok({ outputs: { out: cells }, cells });
  },
  expand(builder) {
    const cells = cellsOfInput(builder);
    return andThen(inputPerCell(builder, 'in', cells), (input) =>
      mapResult(expandLif(builder, cells, { x: input }, { outputsAfter: { out: 'v' } }), () => undefined),
    );
  },
};
