/** Batches in cases: tensors [steps, batch, n], taken apart into members and put together again. */
import type { NumericArray } from '../../model/validated.ts';

/** Rows [steps, n] of a member of the batch. */
export function memberOf(
  { shape: [steps = 0, batch = 1, width = 0], values }: NumericArray,
  member: number,
): Float64Array {
  return Float64Array.from({ length: steps * width }, (_, place) => {
    const step = Math.floor(place / width);
    return values[(step * batch + member) * width + (place % width)] as number;
  });
}

/** [steps, batch, n] of the rows [steps, n] of every member. */
export function stacked(rows: readonly Float64Array[], shape: readonly [number, number, number]): NumericArray {
  const [steps, batch, width] = shape;
  const values = Float64Array.from({ length: steps * batch * width }, (_, place) => {
    const [step, member] = [Math.floor(place / (batch * width)), Math.floor(place / width) % batch];
    return rows[member]?.[step * width + (place % width)] as number;
  });
  return { shape, values };
}

/** A matrix with rows and columns exchanged. */
export function transposed({ shape: [rows = 0, columns = 0], values }: NumericArray): NumericArray {
  const turned = Float64Array.from(
    { length: rows * columns },
    (_, place) => values[(place % rows) * columns + Math.floor(place / rows)] as number,
  );
  return { shape: [columns, rows], values: turned };
}
