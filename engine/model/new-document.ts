/** A new, empty project. */
import { currentVersions } from './document.ts';
import type { SpikeloomDocument } from './document.ts';

/** A document without elements: steps of 0.1 ms, open-ended, seed 1, in real time. */
export function createEmptyDocument(name: string): SpikeloomDocument {
  return {
    format: 'spikeloom',
    versions: { ...currentVersions },
    name,
    run: { timeStep: { value: 0.1, unit: 'ms' }, duration: null, seed: 1, speed: 1 },
    elements: {},
    connections: {},
    probes: {},
    arrays: {},
    view: { positions: {}, plots: [] },
  };
}
