/** Batches in cases: tensors [steps, batch, n], taken apart into members and put together again. */
import type { NumericArray } from '../../model/validated.ts';

/** Rows [steps, n] of a member of the batch. */
export function memberOf(
  { shape: [steps = 0, batch = 1, width = 0], values }: NumericArray,
  member: number,
): Float64Array {
  const rows = new Float64Array(steps * width);
  for (let step = 0; step < steps; step += 1) {
    const first = (step * batch + member) * width;
    rows.set(values.subarray(first, first + width), step * width);
  }
  return rows;
}

/** [steps, batch, n] of the rows [steps, n] of every member. */
export function stacked(rows: readonly Float64Array[], shape: readonly [number, number, number]): NumericArray {
  const [steps, batch, width] = shape;
  const values = new Float64Array(steps * batch * width);
  for (const [member, own] of rows.entries()) {
    for (let step = 0; step < steps; step += 1)
      values.set(own.subarray(step * width, (step + 1) * width), (step * batch + member) * width);
  }
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
