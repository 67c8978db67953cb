/** How many threads a run may have where nobody says it. */

/** More threads would wait for each other more than they work. */
const mostThreads = 4;

/** One for every core but one, which is left to whatever else there is to do. */
export function usualThreads(cores: number): number {
  return Math.max(1, Math.min(mostThreads, cores - 1));
}
