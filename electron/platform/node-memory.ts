/** The MemoryProvider of Node. */
import type { MemoryProvider } from '../../engine/platform/seams.ts';

const pageBytes = 65_536;

/** Memory that never grows: what a run needs is known before it starts. */
export const nodeMemory: MemoryProvider = {
  allocate(bytes, shared) {
    const pages = Math.max(1, Math.ceil(bytes / pageBytes));
    return new WebAssembly.Memory({ initial: pages, maximum: pages, shared });
  },
};
