/** All kernels by name. */
import type { KernelName } from '../../build/ir/kernels.ts';
import { convolve } from './convolve.ts';
import { copy } from './copy.ts';
import { denseProduct } from './dense-product.ts';
import { gatherSpikes } from './gather-spikes.ts';
import type { KernelImplementation } from './implementation.ts';
import { poissonCounts } from './poisson-counts.ts';
import { scatterRows } from './scatter-rows.ts';

export const kernelImplementations: Readonly<Record<KernelName, KernelImplementation>> = {
  copy,
  'gather-spikes': gatherSpikes,
  'scatter-rows': scatterRows,
  'dense-product': denseProduct,
  'poisson-counts': poissonCounts,
  convolve,
};
