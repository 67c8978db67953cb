/** Synapse lists from pairs of cells with one weight. */
import type { SynapseLists } from '../../build/library-kind.ts';

/** Pairs of cells of two populations; without those of a cell with itself where `skip` says so. */
export function pairCount(sourceSize: number, targetSize: number, skip: boolean): number {
  return sourceSize * targetSize - (skip ? Math.min(sourceSize, targetSize) : 0);
}

/** Lists of equal length; every synapse has the same weight (SI). */
export function synapsesFromPairs(sources: Int32Array, targets: Int32Array, weight: number): SynapseLists {
  return {
    sources,
    targets,
    weights: new Float64Array(sources.length).fill(weight),
  };
}
