/** Liquids whose pairs of cells are connected independently (mlx-snn's erdos_renyi). */
import type { UniformSource } from '../base/random.ts';
import { failed, type Result } from '../base/result.ts';
import type { Matrix } from '../math/matrix.ts';
import { refusedArgument, share, whole } from './arguments.ts';
import { daleWeights, refusedDale, type DaleOptions } from './dale-weights.ts';

export interface ErdosRenyiOptions extends DaleOptions {
  readonly size: number;
  /** Probability of each ordered pair. Default 0.1. */
  readonly probability?: number;
}

/** Weights [size, size] without self-connections. After Erdős and Rényi (1959). */
export function erdosRenyi(options: ErdosRenyiOptions, uniform: UniformSource): Result<Matrix> {
  const { size, probability = 0.1 } = options;
  const refusal =
    refusedArgument({ size: [size, whole(1)], probability: [probability, share] }) ?? refusedDale(options);
  if (refusal !== undefined) return failed(refusal);
  const edges = new Uint8Array(size * size);
  for (let place = 0; place < edges.length; place += 1) {
    const drawn = uniform.next() < probability;
    if (drawn && place % (size + 1) !== 0) edges[place] = 1;
  }
  return daleWeights(edges, size, options, uniform);
}
