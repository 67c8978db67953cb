/** Normal distribution with mean and standard deviation. */
import type { DistributionKind } from '../../build/library-kind.ts';
import { fillNormals } from '../../math/normal.ts';

/** mean + deviation·z. */
export const normal: DistributionKind = {
  id: 'normal',
  title: 'Normal',
  arguments: ['mean', 'deviation'],
  fillDeviates: fillNormals,
  value(parameters, deviate) {
    return (parameters['mean'] ?? 0) + (parameters['deviation'] ?? 1) * deviate;
  },
};
