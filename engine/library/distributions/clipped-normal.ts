/** Normal distribution whose values are cut off at bounds. */
import type { DistributionKind } from '../../build/library-kind.ts';
import { normalAt } from '../../math/normal.ts';

/** mean + deviation·z, not less than `least` and not more than `greatest`. */
export const clippedNormal: DistributionKind = {
  id: 'clipped-normal',
  title: 'Normal, cut off',
  arguments: ['mean', 'deviation', 'least', 'greatest'],
  draw(parameters, key, index) {
    const value = (parameters['mean'] ?? 0) + (parameters['deviation'] ?? 1) * normalAt(key, 0, index);
    return Math.min(parameters['greatest'] ?? Infinity, Math.max(parameters['least'] ?? -Infinity, value));
  },
};
