/** Parameters that say what stands for the derivative of a spike when a layer is trained. */
import type { ParameterReader } from '../../build/library-kind.ts';
import { surrogates, type SurrogateDeclaration } from '../../build/surrogates.ts';
import type { ParameterSpec } from '../../model/kind.ts';
import { choice, flag, quantity } from '../specs.ts';

const group = 'Training';

/** Choice of the surrogate gradient, its sharpness, and whether it goes through the reset. */
export const surrogateParameters: readonly ParameterSpec[] = [
  choice(
    'surrogate',
    'surrogate gradient',
    'super-spike',
    surrogates.entries.map(({ id, title }) => ({ value: id, title })),
    'What stands for the derivative of a spike when the layer is trained; u is the distance to the threshold.',
    { group },
  ),
  quantity('sharpness', 'sharpness α', 100, '1', 'How narrow the surrogate gradient is.', {
    exclusiveMinimum: 0,
    group,
  }),
  flag('detach_reset', 'reset without gradient', false, 'The gradient does not go through the reset of a cell.', {
    group,
  }),
];

/** The surrogate gradient that the parameters declare. */
export function surrogateOf(parameters: Pick<ParameterReader, 'text' | 'number' | 'flag'>): SurrogateDeclaration {
  return {
    id: parameters.text('surrogate'),
    alpha: parameters.number('sharpness'),
    throughReset: !parameters.flag('detach_reset'),
  };
}
