/** Which cells each thread does: ranges of equal length that depend on nothing but the number of cells and of threads. */

/** Ranges begin at multiples of so many cells: whole vectors, panels of matrices, blocks of random numbers. */
export const grain = 48;

/** One of so many threads. */
export interface Part {
  readonly thread: number;
  readonly threads: number;
}

export interface Range {
  readonly from: number;
  readonly to: number;
}

/** The cells of a thread, `to` not among them. */
export function rangeOf(cells: number, { thread, threads }: Part): Range {
  const chunk = Math.ceil(cells / threads / grain) * grain;
  const begin = (number: number): number => Math.min(cells, number * chunk);
  return { from: begin(thread), to: thread === threads - 1 ? cells : begin(thread + 1) };
}

/** What two ranges share; empty where `from` ≥ `to`. */
export function intersection(left: Range, right: Range): Range {
  return { from: Math.max(left.from, right.from), to: Math.min(left.to, right.to) };
}
