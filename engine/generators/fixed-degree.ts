/** Random matrices with the same number of entries in every row, or in every column (reservoirpy's degree and direction). */
import type { UniformSource } from '../base/random.ts';
import { failed, ok, type Result } from '../base/result.ts';
import { createMatrix, transpose, type Matrix } from '../math/matrix.ts';
import { refusedArgument, whole } from './arguments.ts';
import type { Draw } from './draws.ts';
import { choosePlaces } from './sparse-matrix.ts';

/** Whose number of contacts is fixed, in a matrix [to, from]: `in` fixes rows, `out` columns. */
export type DegreeDirection = 'in' | 'out';

/** Exactly `degree` drawn entries at different places of every row (`in`) or column (`out`), 0 elsewhere. */
export function fixedDegreeMatrix(
  shape: readonly [rows: number, columns: number],
  degree: number,
  direction: DegreeDirection,
  draw: Draw,
  uniform: UniformSource,
): Result<Matrix> {
  const [rows, columns] = direction === 'in' ? shape : [shape[1], shape[0]];
  const refusal = refusedArgument({
    rows: [shape[0], whole(1)],
    columns: [shape[1], whole(1)],
    degree: [degree, whole(0, columns)],
  });
  if (refusal !== undefined) return failed(refusal);
  const matrix = createMatrix(rows, columns);
  for (let row = 0; row < rows; row += 1) {
    for (const column of choosePlaces(columns, degree, uniform)) matrix.values[row * columns + column] = draw(uniform);
  }
  return ok(direction === 'in' ? matrix : transpose(matrix));
}
