/** Cutting, shifting and resampling analogue series. */
import type { Result } from '../base/result.ts';
import { createContinuousSeries, type ContinuousSeries } from './continuous-series.ts';
import { evaluateSeries } from './evaluate.ts';

export interface ClipOptions {
  /** Keep a sample at exactly `stop`. Default true. */
  readonly includeStop?: boolean;
  /** Add interpolated samples at the limits. Default true. */
  readonly sampleLimits?: boolean;
}

/** The part between two times (in either order): own samples and interpolated ones at the limits, NaN where undefined. */
export function clipSeries(
  series: ContinuousSeries,
  from: number,
  to: number,
  options: ClipOptions = {},
): ContinuousSeries {
  const { includeStop = true, sampleLimits = true } = options;
  const start = Math.min(from, to);
  const stop = Math.max(from, to);
  const times = timesBetween(series, start, stop, includeStop);
  const last = times[times.length - 1];
  if (sampleLimits && times[0] !== start) times.unshift(start);
  if (sampleLimits && includeStop && last !== stop) times.push(stop);
  return { ...series, times: Float64Array.from(times), samples: evaluateSeries(series, times), start, stop };
}

/** Own times inside the limits, repeated over the periods of a periodic series (whose last time shows its first sample). */
function timesBetween(series: ContinuousSeries, start: number, stop: number, includeStop: boolean): number[] {
  return periodShifts(series, start, stop)
    .flatMap((shift) => Array.from(series.times, (time) => time + shift))
    .filter((time) => time >= start && (time < stop || (includeStop && time === stop)));
}

/** Offsets of the copies of a series that touch [start, stop]; just 0 when it is not periodic. */
export function periodShifts(
  series: { readonly start: number; readonly stop: number; readonly periodic: boolean },
  start: number,
  stop: number,
): number[] {
  const period = series.stop - series.start;
  if (!series.periodic || !(period > 0)) return [0];
  const first = Math.floor((start - series.start) / period) - 1;
  const last = Math.floor((stop - series.start) / period) + 1;
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * period);
}

/** Some of the channels, in the order given. */
export function selectChannels(series: ContinuousSeries, channels: readonly number[]): ContinuousSeries {
  const samples = new Float64Array(series.times.length * channels.length);
  for (let row = 0; row < series.times.length; row += 1) {
    channels.forEach((channel, place) => {
      samples[row * channels.length + place] = series.samples[row * series.channelCount + channel] ?? NaN;
    });
  }
  return { ...series, samples, channelCount: channels.length };
}

/** Samples at new times (which must not decrease); the limits become the first and last of them. */
export function resampleSeries(series: ContinuousSeries, times: Float64Array): Result<ContinuousSeries> {
  const samples = evaluateSeries(series, times);
  const { channelCount, periodic, interpolation } = series;
  return createContinuousSeries(times, samples, channelCount, { periodic, interpolation });
}

/** Everything later by `offset` seconds. */
export function delaySeries(series: ContinuousSeries, offset: number): ContinuousSeries {
  const times = series.times.map((time) => time + offset);
  return { ...series, times, start: series.start + offset, stop: series.stop + offset };
}
