/** Normal distribution whose values are cut off at a least one. */
import type { DistributionKind } from '../../build/library-kind.ts';
import { fillNormals } from '../../math/normal.ts';

/** mean + deviation·z, not less than `least`. */
export const clippedNormal: DistributionKind = {
  id: 'clipped-normal',
  title: 'Normal, cut off below',
  arguments: ['mean', 'deviation', 'least'],
  fillDeviates: fillNormals,
  value(parameters, deviate) {
    const value = (parameters['mean'] ?? 0) + (parameters['deviation'] ?? 1) * deviate;
    return Math.max(parameters['least'] ?? -Infinity, value);
  },
};
