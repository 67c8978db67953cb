/** What Rockpool's trainable layers with input, recurrent and output weights have in common. */
import type { Result } from '../../base/result.ts';
import { collect, mapResult } from '../../base/result.ts';
import type { SignalId } from '../../build/ir/types.ts';
import type { ElementBuilder } from '../../build/library-kind.ts';
import { denseProduct } from '../../build/operators/dense-product.ts';
import { weightSignal } from './weights.ts';

export interface IoSizes {
  readonly inputs: number;
  readonly cells: number;
  readonly outputs: number;
}

/** The signals `w_in`, `w_recurrent` and `w_out`, in this order. */
export function ioWeights(builder: ElementBuilder, { inputs, cells, outputs }: IoSizes): Result<readonly SignalId[]> {
  return collect([
    weightSignal(builder, 'w_in', [inputs, cells], 1 / Math.sqrt(inputs), '1'),
    weightSignal(builder, 'w_recurrent', [cells, cells], 0.5 / Math.sqrt(cells), '1'),
    weightSignal(builder, 'w_out', [cells, outputs], 1 / Math.sqrt(cells), '1'),
  ]);
}

/** Constants of cells as signals of their own, so that they can be trained. */
export function cellConstants(
  builder: ElementBuilder,
  names: readonly string[],
  cells: number,
): Result<readonly SignalId[]> {
  return collect(
    names.map((name) =>
      mapResult(builder.vector(name, cells), (initial) =>
        builder.signal({ name, shape: [cells], initial, role: 'constant' }),
      ),
    ),
  );
}

/** A vector of the cells that products are written to. */
export function cellVector(builder: ElementBuilder, name: string, cells: number): SignalId {
  return builder.signal({ name, shape: [cells], initial: 0, role: 'transient' });
}

type Product = Omit<Parameters<typeof denseProduct>[0], 'transposed' | 'accumulate'>;

/** Adds the operator `NAME/product`: result = vector · matrix. */
export function emitProduct(builder: ElementBuilder, name: string, product: Product): void {
  builder.operator({
    name: `${name}/product`,
    reads: [product.vector, product.matrix],
    sets: [product.result],
    body: denseProduct({ ...product, transposed: false, accumulate: false }),
  });
}
