/** Dense matrix–vector product as an operator body: y = x·W or y += x·W, W row-major [inputs, outputs]. */
import { kernel } from '../ir/kernels.ts';
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
  /** Of int8 weights. Default 1. */
  readonly scale?: number;
}

/** result[j] = (accumulate ? result[j] : 0) + Σ_i vector[i]·W[i,j], summed over i in ascending order. */
export function denseProduct(product: DenseProduct): Statement[] {
  const { vector, matrix, result, inputs, outputs, scale = 1 } = product;
  const numbers = {
    ...{ inputs, outputs, scale },
    transposed: product.transposed ? 1 : 0,
    accumulate: product.accumulate ? 1 : 0,
  };
  return [kernel('dense-product', { vector, matrix, result }, numbers)];
}
