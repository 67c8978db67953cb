/** Partitions of cells with contacts inside and a few between them (Rockpool's gen_sparse_partitioned_network). */
import type { UniformSource } from '../base/random.ts';
import { failed, ok, type Result } from '../base/result.ts';
import { createMatrix, type Matrix } from '../math/matrix.ts';
import { badArgument, refusedArgument, whole } from './arguments.ts';
import { choosePlaces } from './sparse-matrix.ts';

export interface SparsePartitionsOptions {
  /** Cells of each partition; their sum is the size of the network. */
  readonly partitions: readonly number[];
  /** Contacts of every cell from its own partition, itself among the givers; no giver twice. */
  readonly inside: number;
  /** Contacts of every cell from all other partitions; no giver twice. */
  readonly between: number;
}

/** Most cells of all partitions together. */
const mostCells = 10_000;

/** Weights [from, to]: 1 where two cells are connected. Only the number of contacts into a cell is fixed. */
export function sparsePartitions(
  { partitions, inside, between }: SparsePartitionsOptions,
  uniform: UniformSource,
): Result<Matrix> {
  const size = partitions.reduce((sum, cells) => sum + cells, 0);
  const refusal = refuse({ partitions, inside, between }, size);
  if (refusal !== undefined) return failed(refusal);
  const matrix = createMatrix(size, size);
  const connect = (from: number, to: number): void => void (matrix.values[from * size + to] = 1);
  let first = 0;
  for (const cells of partitions) {
    for (let to = first; to < first + cells; to += 1) {
      for (const giver of choosePlaces(cells, inside, uniform)) connect(first + giver, to);
      for (const giver of choosePlaces(size - cells, between, uniform))
        connect(giver < first ? giver : giver + cells, to);
    }
    first += cells;
  }
  return ok(matrix);
}

function refuse({ partitions, inside, between }: SparsePartitionsOptions, size: number) {
  const bad = partitions.find((cells) => !whole(1).holds(cells));
  const refusal = refusedArgument({
    partitions: [bad ?? (partitions.length === 0 ? 0 : undefined), whole(1)],
    'cells of all partitions': [size, whole(1, mostCells)],
    inside: [inside, whole(0)],
    between: [between, whole(0)],
  });
  if (refusal !== undefined) return refusal;
  const [least, largest] = [Math.min(...partitions), Math.max(...partitions)];
  if (inside > least) return badArgument('inside', inside, `at most ${least}, the cells of the smallest partition`);
  if (between > size - largest)
    return badArgument('between', between, `at most ${size - largest}, the cells outside the largest partition`);
  return undefined;
}
