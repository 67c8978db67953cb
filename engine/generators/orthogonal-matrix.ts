/** Random orthogonal matrices, every rotation and reflection equally likely (reservoirpy's orthogonal). */
import type { UniformSource } from '../base/random.ts';
import { failed, ok, type Result } from '../base/result.ts';
import { createMatrix, type Matrix } from '../math/matrix.ts';
import { refusedArgument, whole } from './arguments.ts';
import { normalDraw } from './draws.ts';

/**
 * Rows of normal numbers, each made orthogonal to those before it and of length 1 (Gram and Schmidt, twice, so that
 * rounding does not count). Source: Stewart, SIAM J. Numer. Anal. 17 (1980).
 */
export function orthogonalMatrix(size: number, uniform: UniformSource): Result<Matrix> {
  const refusal = refusedArgument({ size: [size, whole(1)] });
  if (refusal !== undefined) return failed(refusal);
  const draw = normalDraw();
  const values = Float64Array.from({ length: size * size }, () => draw(uniform));
  for (let row = 0; row < size; row += 1) {
    const own = values.subarray(row * size, (row + 1) * size);
    for (let turn = 0; turn < 2; turn += 1) {
      for (let before = 0; before < row; before += 1) {
        const other = values.subarray(before * size, (before + 1) * size);
        subtract(own, other, dot(own, other));
      }
      const length = Math.sqrt(dot(own, own));
      own.forEach((value, place) => (own[place] = value / length));
    }
  }
  return ok(createMatrix(size, size, values));
}

function dot(left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let place = 0; place < left.length; place += 1) sum += (left[place] as number) * (right[place] as number);
  return sum;
}

function subtract(from: Float64Array, what: Float64Array, times: number): void {
  for (let place = 0; place < from.length; place += 1)
    from[place] = (from[place] as number) - times * (what[place] as number);
}
