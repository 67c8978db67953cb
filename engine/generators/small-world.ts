/** Liquids on a ring of neighbours, some of whose edges lead elsewhere (mlx-snn's small_world). */
import type { UniformSource } from '../base/random.ts';
import { failed, type Result } from '../base/result.ts';
import type { Matrix } from '../math/matrix.ts';
import { refusedArgument, share, whole } from './arguments.ts';
import { chooseBelow } from './choices.ts';
import { daleWeights, refusedDale, type DaleOptions, type Edges } from './dale-weights.ts';

export interface SmallWorldOptions extends DaleOptions {
  readonly size: number;
  /** Edges of a row; odd numbers are rounded down. Default 6. */
  readonly neighbours?: number;
  /** Probability with which an edge to a following cell is led elsewhere. Default 0.1. */
  readonly rewiring?: number;
}

/**
 * Row i has edges to the `neighbours`/2 cells on each side; those to following cells are led, with probability `rewiring`, to
 * any cell that has none yet. Every row keeps its number of edges. After Watts and Strogatz, Nature 393 (1998).
 */
export function smallWorld(options: SmallWorldOptions, uniform: UniformSource): Result<Matrix> {
  const { size, neighbours = 6, rewiring = 0.1 } = options;
  const refusal =
    refusedArgument({
      size: [size, whole(1)],
      neighbours: [neighbours, whole(0, size)],
      rewiring: [rewiring, share],
    }) ?? refusedDale(options);
  if (refusal !== undefined) return failed(refusal);
  const reach = Math.floor(neighbours / 2);
  const edges = new Uint8Array(size * size);
  for (let cell = 0; cell < size; cell += 1) {
    for (let distance = 1; distance <= reach; distance += 1) {
      edges[cell * size + ((cell + distance) % size)] = 1;
      edges[cell * size + ((cell + size - distance) % size)] = 1;
    }
  }
  for (let cell = 0; cell < size; cell += 1) {
    for (let distance = 1; distance <= reach; distance += 1) {
      if (uniform.next() < rewiring) rewire(edges, size, cell, (cell + distance) % size, uniform);
    }
  }
  return daleWeights(edges, size, options, uniform);
}

function rewire(edges: Edges, size: number, cell: number, old: number, uniform: UniformSource): void {
  const row = edges.subarray(cell * size, (cell + 1) * size);
  row[old] = 0;
  const open = [...row.keys()].filter((target) => target !== cell && row[target] === 0);
  row[open[chooseBelow(open.length, uniform)] as number] = 1;
}
