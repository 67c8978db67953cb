/** Parameters that all connectors with synapses share. */
import type { ParameterSpec } from '../../model/kind.ts';
import { choice, flag, quantity } from '../specs.ts';

/** Weight of a synapse: added to the synaptic current of the target at each spike. */
export const weight: ParameterSpec = quantity(
  'weight',
  'weight',
  1,
  'nA',
  'What one spike adds to the synaptic current of the target; negative weights inhibit. One for all, or one per synapse by source and target.',
  { favourite: true, perCell: true },
);

/** Delay from source to target. */
export const delay: ParameterSpec = quantity(
  'delay',
  'delay',
  0,
  'ms',
  'Time from a spike to its effect, rounded to whole time steps. Loops of continuous connections need at least one step. Of spikes also one per synapse.',
  { minimum: 0, perCell: true },
);

/** Whether a cell may connect to itself in a recurrent projection. */
export const autapses: ParameterSpec = flag(
  'autapses',
  'autapses',
  false,
  'Lets a cell connect to itself where source and target are one population.',
);

/** How the projection is carried, and how its weights are stored. */
export const calculation: readonly ParameterSpec[] = [
  choice(
    'kernel',
    'kernel',
    'auto',
    [
      { value: 'auto', title: 'chosen by size' },
      { value: 'dense', title: 'dense matrix' },
      { value: 'sparse', title: 'sparse rows, every source' },
      { value: 'event-driven', title: 'sparse rows, spiking sources' },
    ],
    'How weights are applied in a step. The results are the same.',
    { group: 'Calculation' },
  ),
  choice(
    'weight_precision',
    'weight precision',
    'f64',
    [
      { value: 'f64', title: 'double, 8 bytes' },
      { value: 'f32', title: 'single, 4 bytes' },
      { value: 'int8', title: 'int8 with a scale, 1 byte' },
    ],
    'How weights of single synapses are stored; fewer bytes are faster in large networks. One weight for all is not stored.',
    { group: 'Calculation' },
  ),
];
