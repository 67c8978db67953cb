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
  /** Whether the weights both ways are the same. Default true. */
  readonly symmetric?: boolean;
}

/** Weights of pairs of cells, both ways. After Watts and Strogatz, Nature 393 (1998). */
export function rewiredRing(options: RewiredRingOptions, uniform: UniformSource): Result<Matrix> {
  const { size, neighbours = 2, rewiring = 0.1, draw = normalDraw(), symmetric = true } = options;
  const refusal = refusedArgument({
    size: [size, whole(2)],
    neighbours: [neighbours, whole(0, size - 1)],
    rewiring: [rewiring, share],
  });
  if (refusal !== undefined) return failed(refusal);
  const matrix = createMatrix(size, size);
  const reach = Math.floor(neighbours / 2);
  for (let distance = 1; distance <= reach; distance += 1)
    joinNeighbours(matrix, distance, symmetric, () => draw(uniform));
  for (let distance = 1; distance <= reach; distance += 1) {
    for (let cell = 0; cell < size; cell += 1) {
      if (uniform.next() < rewiring) rewire(matrix, (cell + distance) % size, cell, uniform);
    }
  }
  return ok(matrix);
}

/** Weights between every cell and the one so many places on. */
function joinNeighbours({ values, columns }: Matrix, distance: number, symmetric: boolean, draw: () => number): void {
  for (let cell = 0; cell < columns; cell += 1) {
    const next = (cell + distance) % columns;
    const back = draw();
    values[next * columns + cell] = back;
    values[cell * columns + next] = symmetric ? back : draw();
  }
}

/** Leads the edge of `cell` to a cell that it has no edge with; it stays where there is none. */
function rewire(matrix: Matrix, cell: number, old: number, uniform: UniformSource): void {
  const row = matrix.values.subarray(cell * matrix.columns, (cell + 1) * matrix.columns);
  const open = [...row.keys()].filter((other) => other !== cell && row[other] === 0);
  const target = open[chooseBelow(open.length, uniform)];
  if (target === undefined) return;
  move(matrix.values, cell * matrix.columns + old, cell * matrix.columns + target);
  move(matrix.values, old * matrix.columns + cell, target * matrix.columns + cell);
}

/** Takes a weight to another place. */
function move(values: Float64Array, from: number, to: number): void {
  values[to] = values[from] as number;
  values[from] = 0;
}
