/** Sparse random matrices with an exact number of entries. */
import type { UniformSource } from '../base/random.ts';
import { failed, ok, type Result } from '../base/result.ts';
import { roundHalfEven } from '../math/elementary.ts';
import { createMatrix, type Matrix } from '../math/matrix.ts';
import { finite, refusedArgument, share, whole } from './arguments.ts';
import type { Draw } from './draws.ts';

/**
 * A matrix with exactly round(connectivity·rows·columns) drawn entries (half to even, as reservoirpy's mat_gen), at places chosen
 * evenly without repetition, and 0 elsewhere.
 */
export function sparseMatrix(
  rows: number,
  columns: number,
  connectivity: number,
  draw: Draw,
  uniform: UniformSource,
): Result<Matrix> {
  const refusal = refusedArgument({
    rows: [rows, whole(0)],
    columns: [columns, whole(0)],
    connectivity: [connectivity, share],
  });
  if (refusal !== undefined) return failed(refusal);
  const cells = rows * columns;
  const matrix = createMatrix(rows, columns);
  for (const place of choosePlaces(cells, roundHalfEven(connectivity * cells), uniform))
    matrix.values[place] = draw(uniform);
  return ok(matrix);
}

/** A matrix whose entries are all `value` (reservoirpy's ones and zeros). */
export function constantMatrix(rows: number, columns: number, value: number): Result<Matrix> {
  const refusal = refusedArgument({ rows: [rows, whole(1)], columns: [columns, whole(1)], weight: [value, finite] });
  if (refusal !== undefined) return failed(refusal);
  return ok(createMatrix(rows, columns, new Float64Array(rows * columns).fill(value)));
}

/** `count` different numbers below `total`, ascending (all when `count` = `total`, without drawing). */
export function choosePlaces(total: number, count: number, uniform: UniformSource): Int32Array {
  const places = Int32Array.from({ length: total }, (_, index) => index);
  if (count >= total) return places;
  for (let chosen = 0; chosen < count; chosen += 1) {
    const other = chosen + Math.floor(uniform.next() * (total - chosen));
    const kept = places[other] as number;
    places[other] = places[chosen] as number;
    places[chosen] = kept;
  }
  return places.slice(0, count).sort();
}
