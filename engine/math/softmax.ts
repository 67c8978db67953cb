/** Soft-max of the rows or columns of a matrix. */
import { exp } from './elementary.ts';
import { createMatrix, type Matrix } from './matrix.ts';

/**
 * exp(x) / Σ exp(x), where the sum goes over the columns of a row (`rows`: every row adds up to 1) or over the rows of a
 * column. The greatest is taken off first, so that nothing overflows.
 */
export function softmax(matrix: Matrix, of: 'rows' | 'columns'): Matrix {
  const { rows, columns, values } = matrix;
  const [groups, members] = of === 'rows' ? [rows, columns] : [columns, rows];
  const placeOf = (group: number, member: number): number =>
    of === 'rows' ? group * columns + member : member * columns + group;
  const result = createMatrix(rows, columns);
  for (let group = 0; group < groups; group += 1) {
    let most = Number.NEGATIVE_INFINITY;
    for (let member = 0; member < members; member += 1) most = Math.max(most, values[placeOf(group, member)] as number);
    let sum = 0;
    for (let member = 0; member < members; member += 1) {
      const share = exp((values[placeOf(group, member)] as number) - most);
      result.values[placeOf(group, member)] = share;
      sum += share;
    }
    for (let member = 0; member < members; member += 1) {
      const place = placeOf(group, member);
      result.values[place] = (result.values[place] as number) / sum;
    }
  }
  return result;
}
