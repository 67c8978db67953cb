/** Event time series: times with channel numbers (Rockpool's TSEvent). */
import { problem, type Problem } from '../base/problem.ts';
import { failed, ok, type Result } from '../base/result.ts';
import { limitsOf, problemOfTimes } from './continuous-series.ts';

/** Event k happens at `times[k]` seconds on channel `channels[k]` < channelCount. Never changed after it is made. */
export interface EventSeries {
  readonly type: 'events';
  readonly times: Float64Array;
  readonly channels: Int32Array;
  readonly channelCount: number;
  readonly start: number;
  readonly stop: number;
  readonly periodic: boolean;
}

export interface EventOptions {
  /** Default: the highest channel plus 1. */
  readonly channelCount?: number;
  readonly start?: number;
  readonly stop?: number;
  readonly periodic?: boolean;
}

/** Makes a series; a `timeseries/invalid` problem when times decrease, lengths differ or a channel does not exist. */
export function createEventSeries(
  times: Float64Array,
  channels: Int32Array,
  options: EventOptions = {},
): Result<EventSeries> {
  const limits = limitsOf(times, options.start, options.stop);
  const channelCount = options.channelCount ?? channels.reduce((most, channel) => Math.max(most, channel + 1), 0);
  const found = problemOfChannels(times, channels, channelCount) ?? problemOfTimes(times, limits);
  if (found !== undefined) return failed(found);
  return ok({ type: 'events', times, channels, channelCount, ...limits, periodic: options.periodic ?? false });
}

/** A series of the same settings with other events, limits or settings; checked anew. */
export function changedEvents(
  series: EventSeries,
  change: Partial<Pick<EventSeries, 'times' | 'channels'>> & EventOptions,
): Result<EventSeries> {
  const { times, channels, ...options } = { ...series, ...change };
  return createEventSeries(times, channels, options);
}

function problemOfChannels(times: Float64Array, channels: Int32Array, channelCount: number): Problem | undefined {
  if (times.length !== channels.length) {
    return problem(
      'timeseries/invalid',
      `There are ${times.length} event times but ${channels.length} channel numbers.`,
    );
  }
  const wrong = channels.findIndex((channel) => channel < 0 || channel >= channelCount);
  if (wrong < 0) return undefined;
  return problem(
    'timeseries/invalid',
    `Event ${wrong + 1} is on channel ${channels[wrong]}, but there are ${channelCount} channels.`,
  );
}
