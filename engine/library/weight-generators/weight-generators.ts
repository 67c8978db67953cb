/** The generators of weights that people choose from. To add one, write it in a file of this folder. */
import { createRegistry } from '../../base/registry.ts';
import type { WeightGenerator } from '../../model/weight-generator.ts';
import { matrixChanges } from './matrix-changes.ts';
import { reservoirGenerators } from './reservoir-matrices.ts';
import { rockpoolNetworks } from './rockpool-networks.ts';

export const weightGenerators = createRegistry<WeightGenerator>('weight generator', [
  ...reservoirGenerators,
  ...rockpoolNetworks,
  ...matrixChanges,
]);
