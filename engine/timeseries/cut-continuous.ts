/** Cutting, shifting and resampling analogue series. */
import { problem } from '../base/problem.ts';
import { andThen, failed, ok, type Result } from '../base/result.ts';
import { changedSeries, type ContinuousSeries } from './continuous-series.ts';
import { evaluateSeries } from './evaluate.ts';
import { periodCopies, type Window } from './periods.ts';

export interface ClipOptions {
  /** Keep a sample at exactly a stop that is given (the end of the series belongs to it anyway). Default true. */
  readonly includeStop?: boolean;
  /** Add interpolated samples at the limits. Default true. */
  readonly sampleLimits?: boolean;
}

/**
 * The part between two times (in either order; default the limits): own times, read off like any others, and
 * interpolated samples at the limits, NaN where undefined. A periodic series gives the times of every period, that of a
 * junction twice where it has samples at both of its limits. It stays marked as periodic.
 */
export function clipSeries(
  series: ContinuousSeries,
  from?: number,
  to?: number,
  options: ClipOptions = {},
): Result<ContinuousSeries> {
  const { includeStop = true, sampleLimits = true } = options;
  const window = windowOf(series, from, to, includeStop);
  return andThen(timesBetween(series, window), (inside) => {
    const limits = sampleLimits ? limitsMissing(inside, window) : { before: [], after: [] };
    const times = Float64Array.from([...limits.before, ...inside, ...limits.after]);
    const { start, stop } = window;
    return changedSeries(series, { times: neverEarlier(times), samples: evaluateSeries(series, times), start, stop });
  });
}

/** Limits in order. Only a stop that was given can be left out. */
export function windowOf(
  series: { readonly start: number; readonly stop: number },
  from: number | undefined,
  to: number | undefined,
  includeStop: boolean,
): Window {
  const { start, stop } = series;
  const [first, last] = [from ?? start, to ?? stop];
  return { start: Math.min(first, last), stop: Math.max(first, last), includeStop: includeStop || to === undefined };
}

function limitsMissing(inside: readonly number[], { start, stop, includeStop }: Window) {
  return {
    before: inside[0] === start ? [] : [start],
    after: includeStop && inside[inside.length - 1] !== stop ? [stop] : [],
  };
}

function timesBetween(series: ContinuousSeries, window: Window): Result<number[]> {
  return andThen(periodCopies(series, window, series.times.length), (shifts) =>
    ok(
      shifts
        .flatMap((shift) => Array.from(series.times, (time) => time + shift))
        .filter((time) => time >= window.start && (time < window.stop || (window.includeStop && time === window.stop))),
    ),
  );
}

/** The times in their order: where two copies meet, rounding may have put the end of one behind the next one's start. */
function neverEarlier(times: Float64Array): Float64Array {
  let latest = -Infinity;
  return times.map((time) => (latest = Math.max(latest, time)));
}

/** Some of the channels, in the order given. Fails when one of them does not exist. */
export function selectChannels(series: ContinuousSeries, channels: readonly number[]): Result<ContinuousSeries> {
  const found = channelProblem(channels, series.channelCount);
  if (found !== undefined) return failed(found);
  const samples = new Float64Array(series.times.length * channels.length);
  for (let row = 0; row < series.times.length; row += 1) {
    channels.forEach((channel, place) => {
      samples[row * channels.length + place] = series.samples[row * series.channelCount + channel] as number;
    });
  }
  return ok({ ...series, samples, channelCount: channels.length });
}

/** What is wrong with a choice of channels, if anything. */
export function channelProblem(channels: readonly number[], channelCount: number) {
  const missing = channels.find((channel) => !Number.isInteger(channel) || channel < 0 || channel >= channelCount);
  if (missing === undefined && channels.length > 0) return undefined;
  const reason = missing === undefined ? 'No channel is chosen' : `There is no channel ${missing}`;
  const hint = channelCount === 0 ? 'The series has no channels.' : `The channels are 0 to ${channelCount - 1}.`;
  return problem('timeseries/invalid', `${reason}.`, { hint });
}

/** Samples at new times (which must not decrease); the limits become the first and last of them. */
export function resampleSeries(series: ContinuousSeries, times: Float64Array): Result<ContinuousSeries> {
  const { start, stop } = series;
  const limits = times.length === 0 ? { start, stop } : { start: times[0] as number, stop: times.at(-1) as number };
  return changedSeries(series, { times, samples: evaluateSeries(series, times), ...limits });
}

/** Everything later by `offset` seconds, or earlier by a negative one. */
export function delaySeries(series: ContinuousSeries, offset: number): Result<ContinuousSeries> {
  const times = series.times.map((time) => time + offset);
  return changedSeries(series, { times, start: series.start + offset, stop: series.stop + offset });
}
