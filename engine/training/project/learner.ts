/** What all rules of training have in common: an epoch tells the loss of the parameters that it begins with, and changes them. */
import type { Result } from '../../base/result.ts';
import type { Parameters } from '../optimisers.ts';
import type { TrainedParameter } from './trained-parameters.ts';

export interface Learner {
  /** What it changes. */
  readonly parameters: readonly TrainedParameter[];
  /** The values held now, by signal, in base units. */
  held(): Parameters;
  /** The loss with the values held, which are changed then. Fails with `training/not-finite` where they exploded. */
  epoch(): Result<number>;
  dispose(): void;
}
