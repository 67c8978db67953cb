/** A feed-forward and a recurrent matrix as one recurrent matrix (Rockpool's combine_ff_rec_stack). */
import { failed, ok, type Result } from '../base/result.ts';
import { createMatrix, type Matrix } from '../math/matrix.ts';
import { badArgument } from './arguments.ts';

/**
 * Weights [from, to] among inputs and cells together: `forward` [inputs, cells] at the top right, `recurrent`
 * [cells, cells] below it, 0 for what leads to an input.
 */
export function stackMatrices(forward: Matrix, recurrent: Matrix): Result<Matrix> {
  const cells = recurrent.columns;
  if (recurrent.rows !== cells)
    return failed(badArgument('recurrent', `${recurrent.rows} × ${cells}`, 'as high as it is wide'));
  if (forward.columns !== cells)
    return failed(
      badArgument('forward', `${forward.rows} × ${forward.columns}`, `${cells} wide, as the recurrent one`),
    );
  const size = forward.rows + cells;
  const stacked = createMatrix(size, size);
  placeBlock(stacked, forward, 0, forward.rows);
  placeBlock(stacked, recurrent, forward.rows, forward.rows);
  return ok(stacked);
}

/** Writes a block into a matrix at a row and a column. */
export function placeBlock(into: Matrix, block: Matrix, row: number, column: number): void {
  for (let index = 0; index < block.rows; index += 1) {
    const part = block.values.subarray(index * block.columns, (index + 1) * block.columns);
    into.values.set(part, (row + index) * into.columns + column);
  }
}
