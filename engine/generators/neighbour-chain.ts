/** Cells on a line, each excited by its neighbours (Rockpool's one_dim_exc_res). */
import { failed, ok, type Result } from '../base/result.ts';
import { createMatrix, type Matrix } from '../math/matrix.ts';
import { refusedArgument, whole } from './arguments.ts';

export interface NeighbourChainOptions {
  readonly size: number;
  /** Neighbours of a cell, half of them on each side (rounded down). */
  readonly neighbours: number;
  /** Whether a cell excites itself. Default false. */
  readonly selfConnections?: boolean;
}

/** Weights [from, to]: 1 where the two cells are at most `neighbours` div 2 apart, 0 elsewhere. */
export function neighbourChain({ size, neighbours, selfConnections = false }: NeighbourChainOptions): Result<Matrix> {
  const refusal = refusedArgument({ size: [size, whole(1)], neighbours: [neighbours, whole(0)] });
  if (refusal !== undefined) return failed(refusal);
  const reach = Math.floor(neighbours / 2);
  const matrix = createMatrix(size, size);
  for (let from = 0; from < size; from += 1) {
    for (let to = Math.max(0, from - reach); to <= Math.min(size - 1, from + reach); to += 1) {
      if (selfConnections || from !== to) matrix.values[from * size + to] = 1;
    }
  }
  return ok(matrix);
}
