/** Parameters that every layer of constant-leak cells has. */
import type { ParameterSpec } from '../../model/kind.ts';
import { choice, quantity } from '../specs.ts';

const perCell = { perCell: true } as const;

/** The threshold and what happens at a spike. */
export const cliafSpikes: readonly ParameterSpec[] = [
  quantity('v_thresh', 'threshold', 8, '1', 'A cell at or above it spikes.', { ...perCell, favourite: true }),
  choice(
    'after_spike',
    'after a spike',
    'subtract',
    [
      { value: 'subtract', title: 'subtract, as often as needed' },
      { value: 'reset', title: 'reset' },
    ],
    'Subtracting leaves what is beyond the threshold, and a cell may spike several times in a step.',
  ),
  quantity('v_subtract', 'subtracted', 8, '1', 'What a spike subtracts.', { ...perCell, exclusiveMinimum: 0 }),
  quantity('v_reset', 'reset value', 0, '1', 'Value at the start, and after a spike that resets.', perCell),
];
