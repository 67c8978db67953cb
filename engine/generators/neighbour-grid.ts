/** Cells on a grid, each excited mostly by cells near it (Rockpool's two_dim_exc_res). */
import type { UniformSource } from '../base/random.ts';
import { failed, ok, type Result } from '../base/result.ts';
import { exp } from '../math/elementary.ts';
import { createMatrix, type Matrix } from '../math/matrix.ts';
import { badArgument, positive, refusedArgument, whole } from './arguments.ts';
import { chooseSeveral } from './choices.ts';

export interface NeighbourGridOptions {
  readonly size: number;
  /** Contacts that every cell receives. */
  readonly neighbours: number;
  /** Distances along columns and rows at which a contact is 1/e as likely. */
  readonly widths: readonly [alongColumns: number, alongRows: number];
  /** Rows and columns of the grid; a square that is large enough when left out. */
  readonly grid?: readonly [rows: number, columns: number];
  /** Whether two cells may have several contacts, which add up. Default true. */
  readonly repeated?: boolean;
}

/**
 * Weights [from, to]: numbers of contacts. A contact from a cell that lies (dx, dy) away on the grid is as likely as
 * exp(−(dx/width)² − (dy/width)²); none comes from the cell itself. Cells fill the grid row by row.
 */
export function neighbourGrid(options: NeighbourGridOptions, uniform: UniformSource): Result<Matrix> {
  const { size, neighbours, widths, repeated = true } = options;
  const side = Math.ceil(Math.sqrt(size));
  const [rows, columns] = options.grid ?? [side, side];
  const refusal = refuse(options, rows, columns);
  if (refusal !== undefined) return failed(refusal);
  const matrix = createMatrix(size, size);
  for (let to = 0; to < size; to += 1) {
    const likelihood = likelihoods(size, columns, widths, to);
    if (likelihood.filter((weight) => weight > 0).length < (repeated ? Math.min(neighbours, 1) : neighbours)) {
      return failed(badArgument('widths', widths.join(', '), 'wide enough to reach as many cells'));
    }
    for (const from of chooseSeveral(likelihood, neighbours, repeated, uniform)) {
      const place = from * size + to;
      matrix.values[place] = (matrix.values[place] as number) + 1;
    }
  }
  return ok(matrix);
}

function refuse({ size, neighbours, widths, repeated }: NeighbourGridOptions, rows: number, columns: number) {
  const refusal = refusedArgument({
    size: [size, whole(2)],
    neighbours: [neighbours, repeated === false ? whole(0, size - 1) : whole(0)],
    'width along columns': [widths[0], positive],
    'width along rows': [widths[1], positive],
    'grid rows': [rows, whole(1)],
    'grid columns': [columns, whole(1)],
  });
  if (refusal !== undefined || rows * columns >= size) return refusal;
  return badArgument('grid', `${rows} × ${columns}`, `large enough for ${size} cells`);
}

function likelihoods(size: number, columns: number, [wide, high]: readonly [number, number], to: number): Float64Array {
  return Float64Array.from({ length: size }, (_, from) => {
    if (from === to) return 0;
    const across = ((from % columns) - (to % columns)) / wide;
    const down = (Math.floor(from / columns) - Math.floor(to / columns)) / high;
    return exp(-(across * across + down * down));
  });
}
