/** Random matrices whose cells form clusters: many weights within a cluster, few between clusters (reservoirpy's cluster). */
import type { UniformSource } from '../base/random.ts';
import { failed, mapResult, type Result } from '../base/result.ts';
import type { Matrix } from '../math/matrix.ts';
import { badArgument, refusedArgument, share, whole } from './arguments.ts';
import { normalDraw, type Draw } from './draws.ts';
import { choosePlaces, sparseMatrix } from './sparse-matrix.ts';

export interface ClusteredMatrixOptions {
  /** Cells; a multiple of the clusters. */
  readonly size: number;
  /** Clusters of equally many cells that follow one another. Default 3. */
  readonly clusters?: number;
  /** Share of the pairs within clusters that have a weight. Default 0.1. */
  readonly inside?: number;
  /** Share of all pairs that have one before the clusters are drawn over them. Default 0.01. */
  readonly between?: number;
  /** Distribution of the weights. Default: normal. */
  readonly draw?: Draw;
}

/**
 * round(between·size²) weights at places chosen evenly, whose blocks along the diagonal are then replaced by the clusters:
 * ⌊inside·clusters·n²⌋ weights among all of their n² pairs each. A cell may have a weight on itself.
 */
export function clusteredMatrix(options: ClusteredMatrixOptions, uniform: UniformSource): Result<Matrix> {
  const { size, clusters = 3, inside = 0.1, between = 0.01, draw = normalDraw() } = options;
  const refusal = refusedArgument({
    clusters: [clusters, whole(1)],
    size: [size, whole(1)],
    inside: [inside, share],
    between: [between, share],
  });
  if (refusal !== undefined) return failed(refusal);
  if (size % clusters !== 0) return failed(badArgument('size', size, `a multiple of ${clusters}, the clusters`));
  const side = size / clusters;
  return mapResult(sparseMatrix(size, size, between, draw, uniform), (matrix) => {
    for (let row = 0; row < size; row += 1) {
      const start = row * size + Math.floor(row / side) * side;
      matrix.values.fill(0, start, start + side);
    }
    const pairs = size * side;
    for (const pair of choosePlaces(pairs, Math.trunc(inside * pairs), uniform)) {
      const row = Math.floor(pair / side);
      matrix.values[row * size + Math.floor(row / side) * side + (pair % side)] = draw(uniform);
    }
    return matrix;
  });
}
