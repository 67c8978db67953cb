/** Time ranges: what panning and zooming do to the window of time that all plots share. */

export interface TimeRange {
  readonly fromSeconds: number;
  readonly toSeconds: number;
}

/** Shortest and longest window, seconds. */
export const shortestSpanSeconds = 1e-4;
export const longestSpanSeconds = 1e5;

export function spanOf(range: TimeRange): number {
  return range.toSeconds - range.fromSeconds;
}

/** The window moved by so many seconds; its end never lies beyond the newest sample, its start never before 0 unless it must. */
export function panned(range: TimeRange, seconds: number, newestSeconds: number): TimeRange {
  const span = spanOf(range);
  const latest = Math.max(newestSeconds, span);
  const to = Math.min(Math.max(range.toSeconds + seconds, Math.min(span, latest)), latest);
  return { fromSeconds: to - span, toSeconds: to };
}

/** The window made `factor` times as long, with `aboutSeconds` staying where it is on the screen. */
export function zoomed(range: TimeRange, factor: number, aboutSeconds: number): TimeRange {
  const span = spanOf(range);
  const wanted = Math.min(Math.max(span * factor, shortestSpanSeconds), longestSpanSeconds);
  const share = span > 0 ? (aboutSeconds - range.fromSeconds) / span : 1;
  const from = aboutSeconds - wanted * share;
  return { fromSeconds: from, toSeconds: from + wanted };
}

/** The window of this length whose right edge is the newest sample; it starts at 0 while there is less than a window. */
export function following(spanSeconds: number, newestSeconds: number): TimeRange {
  const to = Math.max(newestSeconds, spanSeconds);
  return { fromSeconds: to - spanSeconds, toSeconds: to };
}

/** Whether the right edge stands at the newest sample (within half a percent of the window). */
export function touchesNewest(range: TimeRange, newestSeconds: number): boolean {
  return range.toSeconds >= newestSeconds - spanOf(range) * 0.005;
}
