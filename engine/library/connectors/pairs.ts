/** Synapse lists from pairs of cells with one weight. */
import type { SynapseLists } from '../../build/library-kind.ts';

/** Lists of equal length; every synapse has the same weight (SI). */
export function synapsesFromPairs(
  sources: ArrayLike<number>,
  targets: ArrayLike<number>,
  weight: number,
): SynapseLists {
  return {
    sources: Int32Array.from(sources),
    targets: Int32Array.from(targets),
    weights: new Float64Array(sources.length).fill(weight),
  };
}
