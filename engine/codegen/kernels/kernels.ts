/** All kernels by name. */
import type { KernelName } from '../../build/ir/kernels.ts';
import { copy } from './copy.ts';
import { gatherSpikes } from './gather-spikes.ts';
import type { KernelImplementation } from './implementation.ts';

export const kernelImplementations: Readonly<Record<KernelName, KernelImplementation>> = {
  copy,
  'gather-spikes': gatherSpikes,
};
