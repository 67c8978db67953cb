/** Liquids with few cells that have very many edges (mlx-snn's scale_free). */
import type { UniformSource } from '../base/random.ts';
import { failed, type Result } from '../base/result.ts';
import type { Matrix } from '../math/matrix.ts';
import { refusedArgument, whole } from './arguments.ts';
import { chooseSeveral } from './choices.ts';
import { daleWeights, refusedDale, type DaleOptions, type Edges } from './dale-weights.ts';

export interface ScaleFreeOptions extends DaleOptions {
  readonly size: number;
  /** Cells that each further cell is joined with. Default 3. */
  readonly attachments?: number;
  /**
   * Counts the edges that a cell got from the latest one only after the next has chosen, as the released function does.
   * Default false.
   */
  readonly lateCounts?: boolean;
}

/**
 * `attachments` + 1 cells that are all joined; each further one is joined, both ways, with so many different cells, chosen in
 * proportion to the edges that they have. After Barabási and Albert, Science 286 (1999).
 */
export function scaleFree(options: ScaleFreeOptions, uniform: UniformSource): Result<Matrix> {
  const { size, attachments = 3, lateCounts = false } = options;
  const refusal =
    refusedArgument({ attachments: [attachments, whole(1)], size: [size, whole(attachments + 1)] }) ??
    refusedDale(options);
  if (refusal !== undefined) return failed(refusal);
  const edges = new Uint8Array(size * size);
  const degrees = new Float64Array(size);
  for (let cell = 1; cell <= attachments; cell += 1) {
    for (let other = 0; other < cell; other += 1) join(edges, size, cell, other);
  }
  degrees.fill(attachments, 0, attachments + 1);
  let uncounted: readonly number[] = [];
  for (let cell = attachments + 1; cell < size; cell += 1) {
    const chosen = chooseSeveral(degrees.subarray(0, cell), attachments, false, uniform);
    for (const other of chosen) join(edges, size, cell, other);
    degrees[cell] = attachments;
    count(degrees, lateCounts ? uncounted : chosen);
    uncounted = chosen;
  }
  return daleWeights(edges, size, options, uniform);
}

function join(edges: Edges, size: number, left: number, right: number): void {
  edges[left * size + right] = 1;
  edges[right * size + left] = 1;
}

function count(degrees: Float64Array, cells: readonly number[]): void {
  for (const cell of cells) degrees[cell] = (degrees[cell] as number) + 1;
}
