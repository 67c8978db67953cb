/** Parameters that all connectors with synapses share. */
import type { ParameterSpec } from '../../model/kind.ts';
import { flag, quantity } from '../specs.ts';

/** Weight of a synapse: added to the synaptic current of the target at each spike. */
export const weight: ParameterSpec = quantity(
  'weight',
  'weight',
  1,
  'nA',
  'What one spike adds to the synaptic current of the target; negative weights inhibit.',
  { favourite: true, perCell: false },
);

/** Delay from source to target. */
export const delay: ParameterSpec = quantity(
  'delay',
  'delay',
  0,
  'ms',
  'Time from a spike to its effect, rounded to whole time steps. Loops of continuous connections need at least one step.',
  { minimum: 0 },
);

/** Whether a cell may connect to itself in a recurrent projection. */
export const autapses: ParameterSpec = flag(
  'autapses',
  'autapses',
  false,
  'Lets a cell connect to itself where source and target are one population.',
);
