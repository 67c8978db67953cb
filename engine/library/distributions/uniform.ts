/** Uniform distribution between two bounds. */
import { fillUniforms } from '../../base/random.ts';
import type { DistributionKind } from '../../build/library-kind.ts';

/** low + (high − low)·u. */
export const uniform: DistributionKind = {
  id: 'uniform',
  title: 'Uniform',
  arguments: ['low', 'high'],
  fillDeviates: fillUniforms,
  value(parameters, deviate) {
    const low = parameters['low'] ?? 0;
    const high = parameters['high'] ?? 1;
    return low + (high - low) * deviate;
  },
};
