/** Symmetric small-world matrices: a ring of neighbours, some of whose edges lead elsewhere (reservoirpy's small_world). */
import type { UniformSource } from '../base/random.ts';
import { failed, ok, type Result } from '../base/result.ts';
import { createMatrix, type Matrix } from '../math/matrix.ts';
import { refusedArgument, share, whole } from './arguments.ts';
import { chooseBelow } from './choices.ts';
import { normalDraw, type Draw } from './draws.ts';

export interface RewiredRingOptions {
  readonly size: number;
  /** Neighbours of a cell, half of them on each side (rounded down). Default 2. */
  readonly neighbours?: number;
  /** Probability with which an edge is led to another cell. Default 0.1. */
  readonly rewiring?: number;
  /** Weight of an edge. Default: normal. */
  readonly draw?: Draw;
}

/** Weights, the same both ways. After Watts and Strogatz, Nature 393 (1998). */
export function rewiredRing(options: RewiredRingOptions, uniform: UniformSource): Result<Matrix> {
  const { size, neighbours = 2, rewiring = 0.1, draw = normalDraw() } = options;
  const refusal = refusedArgument({
    size: [size, whole(2)],
    neighbours: [neighbours, whole(0, size - 1)],
    rewiring: [rewiring, share],
  });
  if (refusal !== undefined) return failed(refusal);
  const matrix = createMatrix(size, size);
  const reach = Math.floor(neighbours / 2);
  for (let distance = 1; distance <= reach; distance += 1) {
    for (let cell = 0; cell < size; cell += 1) join(matrix, cell, (cell + distance) % size, draw(uniform));
  }
  for (let distance = 1; distance <= reach; distance += 1) {
    for (let cell = 0; cell < size; cell += 1) {
      if (uniform.next() < rewiring) rewire(matrix, cell, (cell + distance) % size, uniform);
    }
  }
  return ok(matrix);
}

function join({ values, columns }: Matrix, left: number, right: number, weight: number): void {
  values[left * columns + right] = weight;
  values[right * columns + left] = weight;
}

/** Leads the edge of `cell` to a cell that it has no edge with; it stays where there is none. */
function rewire(matrix: Matrix, cell: number, old: number, uniform: UniformSource): void {
  const row = matrix.values.subarray(cell * matrix.columns, (cell + 1) * matrix.columns);
  const open = [...row.keys()].filter((other) => other !== cell && row[other] === 0);
  const target = open[chooseBelow(open.length, uniform)];
  if (target === undefined) return;
  join(matrix, cell, target, row[old] as number);
  join(matrix, cell, old, 0);
}
