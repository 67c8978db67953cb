/** Copies of a periodic series: which of its periods touch a window of time. */
import { problem } from '../base/problem.ts';
import { failed, ok, type Result } from '../base/result.ts';

/** A stretch of time in seconds; `start` ≤ `stop`. */
export interface Window {
  readonly start: number;
  readonly stop: number;
  /** What is exactly at the stop belongs to it. */
  readonly includeStop: boolean;
}

/** Samples or events that the copies of a series may have together. */
const mostCopied = 2 ** 24;

/**
 * How much later than the series each of its copies lies that may share a moment with the window; just 0 when it is not
 * periodic. At a beginning after the series both copies that meet there count, at one before it only the later of them,
 * as in Rockpool. Fails when copies of `size` samples would be more than memory should be taken for.
 */
export function periodCopies(
  series: { readonly start: number; readonly stop: number; readonly periodic: boolean },
  window: Window,
  size: number,
): Result<number[]> {
  const period = series.stop - series.start;
  if (!series.periodic || !(period > 0)) return ok([0]);
  const begun = Math.floor((window.start - series.start) / period);
  const first = begun > 0 ? begun - 1 : begun;
  const last = window.stop > series.stop ? Math.ceil((window.stop - series.start) / period) - 1 : 0;
  const count = last - first + 1;
  if (!(count * Math.max(1, size) <= mostCopied)) {
    return failed(
      problem(
        'timeseries/invalid',
        `From ${window.start} s to ${window.stop} s a period of ${period} s repeats too often.`,
        {
          hint: `The copies may have ${mostCopied} samples or events together.`,
        },
      ),
    );
  }
  return ok(Array.from({ length: count }, (_, index) => (first + index) * period));
}
