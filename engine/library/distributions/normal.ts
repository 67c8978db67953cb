/** Normal distribution with mean and standard deviation. */
import type { DistributionKind } from '../../build/library-kind.ts';
import { normalAt } from '../../math/normal.ts';

/** mean + deviation·z. */
export const normal: DistributionKind = {
  id: 'normal',
  title: 'Normal',
  arguments: ['mean', 'deviation'],
  draw(parameters, key, index) {
    return (parameters['mean'] ?? 0) + (parameters['deviation'] ?? 1) * normalAt(key, 0, index);
  },
};
