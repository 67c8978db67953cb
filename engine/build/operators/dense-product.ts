/** Dense matrix–vector product as an operator body: y = x·W or y += x·W, W row-major [inputs, outputs]. */
import { add, f64, i32, i32Local, load, local, multiply } from '../ir/expressions.ts';
import { assign, letF64, loop, store } from '../ir/statements.ts';
import type { SignalId, Statement } from '../ir/types.ts';

export interface DenseProduct {
  /** Signal of length `inputs`. */
  readonly vector: SignalId;
  /** Signal of shape [inputs, outputs], or [outputs, inputs] when `transposed`. */
  readonly matrix: SignalId;
  readonly result: SignalId;
  readonly inputs: number;
  readonly outputs: number;
  /** The matrix is stored [outputs, inputs] (row = target), as reservoirpy and norse do. */
  readonly transposed: boolean;
  /** Adds to what the result holds instead of replacing it. */
  readonly accumulate: boolean;
  /** Suffix of the local names, where one operator holds several products. */
  readonly label?: string;
}

/** result[j] = (accumulate ? result[j] : 0) + Σ_i vector[i]·W[i,j], summed over i in ascending order. */
export function denseProduct(product: DenseProduct): Statement[] {
  const label = product.label ?? '';
  const [rowName, columnName, sumName] = [`i${label}`, `j${label}`, `sum${label}`] as const;
  const row = i32Local(rowName);
  const column = i32Local(columnName);
  const index = product.transposed
    ? add(multiply(column, i32(product.inputs)), row)
    : add(multiply(row, i32(product.outputs)), column);
  const start = product.accumulate ? load(product.result, column) : f64(0);
  return [
    loop(columnName, 0, product.outputs, [
      letF64(sumName, start),
      loop(rowName, 0, product.inputs, [
        assign(sumName, add(local(sumName), multiply(load(product.vector, row), load(product.matrix, index)))),
      ]),
      store(product.result, column, local(sumName)),
    ]),
  ];
}
