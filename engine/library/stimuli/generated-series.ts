/** What stimuli share that generate a series and play it. */
import type { ParameterSpec } from '../../model/kind.ts';
import { choice, integer, quantity } from '../specs.ts';
import { afterChoices } from './table.ts';

/** How many values there are. */
export const lengthParameter: ParameterSpec = integer('length', 'values', 5000, 'Number of values generated.', {
  minimum: 1,
  maximum: 10_000_000,
});

/** How the values are played. */
export const playParameters: readonly ParameterSpec[] = [
  quantity(
    'sample_period',
    'time between values',
    0,
    'ms',
    'Simulated time from value to value; 0 plays one per time step.',
    { minimum: 0, favourite: true },
  ),
  choice('after', 'after the last value', 'repeat', afterChoices, 'What is played when the values are used up.'),
];
