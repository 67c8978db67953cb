/** Values of an analogue series at any times. Semantics of scipy's interp1d, which the reference packages use. */
import { splineDegrees, type ContinuousSeries, type InterpolationKind } from './continuous-series.ts';
import { splineThrough, writeSplineRow } from './spline.ts';

/** Writes the channels at a time inside the samples, from `at` on. */
type RowWriter = (time: number, values: Float64Array, at: number) => void;

/**
 * Rows of samples at `times` (row-major, one row per time). NaN outside the first and last sample, even between the
 * limits. A periodic series is read at (t − start) mod period + start. A spline through anything that is not finite is
 * NaN everywhere.
 */
export function evaluateSeries(series: ContinuousSeries, times: ArrayLike<number>): Float64Array {
  const { channelCount, times: own } = series;
  const values = new Float64Array(times.length * channelCount);
  const writeRow = rowWriter(series);
  for (let row = 0; row < times.length; row += 1) {
    const time = series.periodic ? wrapTime(series, times[row] as number) : (times[row] as number);
    const at = row * channelCount;
    if (time >= (own[0] as number) && time <= (own[own.length - 1] as number)) writeRow(time, values, at);
    else values.fill(NaN, at, at + channelCount);
  }
  return values;
}

/** The time inside [start, stop) that a periodic series shows at `time`; without a length it repeats nothing. */
export function wrapTime(series: { readonly start: number; readonly stop: number }, time: number): number {
  const period = series.stop - series.start;
  if (!(period > 0)) return time;
  const offset = (time - series.start) % period;
  return (offset < 0 ? offset + period : offset) + series.start;
}

function rowWriter(series: ContinuousSeries): RowWriter {
  const degree = splineDegrees[series.interpolation];
  if (series.times.length > 1 && degree !== undefined) return splineWriter(series, degree);
  return series.times.length > 1 && series.interpolation === 'linear' ? lineWriter(series) : holdWriter(series);
}

function splineWriter({ times, samples, channelCount }: ContinuousSeries, degree: 2 | 3): RowWriter {
  if (!samples.every(Number.isFinite)) return (_, values, at) => values.fill(NaN, at, at + channelCount);
  const spline = splineThrough(times, samples, channelCount, degree);
  return (time, values, at) => writeSplineRow(spline, time, values, at);
}

function holdWriter({ times, samples, channelCount, interpolation }: ContinuousSeries): RowWriter {
  let near = 0;
  return (time, values, at) => {
    near = firstAtOrAfter(times, time, near);
    const first = rowHeld(times, time, interpolation, near) * channelCount;
    for (let channel = 0; channel < channelCount; channel += 1)
      values[at + channel] = samples[first + channel] as number;
  };
}

function lineWriter({ times, samples, channelCount }: ContinuousSeries): RowWriter {
  let near = 0;
  return (time, values, at) => {
    near = firstAtOrAfter(times, time, near);
    const above = Math.max(1, near);
    const left = times[above - 1] as number;
    const span = (times[above] as number) - left;
    for (let channel = 0; channel < channelCount; channel += 1) {
      const low = samples[(above - 1) * channelCount + channel] as number;
      const high = samples[above * channelCount + channel] as number;
      values[at + channel] = span === 0 ? high : ((high - low) / span) * (time - left) + low;
    }
  };
}

/** The row whose sample is held at `time`, for kinds that hold; `after` is the first at or after it. */
function rowHeld(times: Float64Array, time: number, kind: InterpolationKind, after: number): number {
  if (kind === 'next' || times.length === 1) return after;
  if (kind === 'nearest') {
    if (after === 0) return 0;
    return time <= ((times[after - 1] as number) + (times[after] as number)) / 2 ? after - 1 : after;
  }
  let row = after;
  while (row + 1 < times.length && times[row + 1] === time) row += 1;
  return times[row] === time ? row : after - 1;
}

/** Index of the first entry ≥ `time`, by bisection; the length when there is none. At once where it is `near` or the next. */
export function firstAtOrAfter(times: Float64Array, time: number, near = 0): number {
  let low = 0;
  let high = times.length;
  for (let index = near; index < Math.min(near + 2, times.length); index += 1) {
    const isBefore = (times[index] as number) < time;
    if (!isBefore && (index === 0 || (times[index - 1] as number) < time)) return index;
    if (isBefore) low = index + 1;
  }
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] as number) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** True when all `times` lie inside the limits, or the series is periodic. */
export function containsTimes(series: ContinuousSeries, times: readonly number[] | Float64Array): boolean {
  if (series.periodic) return true;
  for (const time of times) if (!(time >= series.start && time <= series.stop)) return false;
  return true;
}
