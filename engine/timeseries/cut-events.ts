/** Cutting, shifting and selecting events. */
import { problem } from '../base/problem.ts';
import { andThen, failed, mapResult, ok, type Result } from '../base/result.ts';
import { channelProblem, windowOf } from './cut-continuous.ts';
import { changedEvents, type EventSeries } from './event-series.ts';
import { periodCopies, type Window } from './periods.ts';

/** Times and channels of some events. */
export interface Events {
  readonly times: Float64Array;
  readonly channels: Int32Array;
}

/**
 * The events from one time to another (in either order; default the limits), without those exactly at a stop that is
 * given unless `includeStop`. Every period of a periodic series has them again.
 */
export function eventsBetween(series: EventSeries, from?: number, to?: number, includeStop = false): Result<Events> {
  return eventsIn(series, windowOf(series, from, to, includeStop));
}

function eventsIn(series: EventSeries, window: Window): Result<Events> {
  return mapResult(periodCopies(series, window, series.times.length), (shifts) =>
    // Where two copies meet, rounding may have put the end of one behind the beginning of the next.
    inOrder(eventsOfCopies(series, shifts, window)),
  );
}

/** What of the copies lies in the window, copy by copy. */
function eventsOfCopies(series: EventSeries, shifts: readonly number[], window: Window): Events {
  const { start, stop, includeStop } = window;
  const size = shifts.length * series.times.length;
  const [times, channels] = [new Float64Array(size), new Int32Array(size)];
  let count = 0;
  for (const shift of shifts) {
    for (let index = 0; index < series.times.length; index += 1) {
      const time = (series.times[index] as number) + shift;
      if (!(time >= start && (time < stop || (includeStop && time === stop)))) continue;
      times[count] = time;
      channels[count] = series.channels[index] as number;
      count += 1;
    }
  }
  return { times: times.slice(0, count), channels: channels.slice(0, count) };
}

/** The events by time; of those at the same time, the earlier stays before. */
function inOrder(events: Events): Events {
  const { times, channels } = events;
  if (times.every((time, index) => index === 0 || time >= (times[index - 1] as number))) return events;
  const order = Array.from(times.keys()).sort((left, right) => (times[left] as number) - (times[right] as number));
  return {
    times: Float64Array.from(order, (index) => times[index] as number),
    channels: Int32Array.from(order, (index) => channels[index] as number),
  };
}

/** The part between two times as a series with these limits. */
export function clipEvents(series: EventSeries, from?: number, to?: number, includeStop = false): Result<EventSeries> {
  const window = windowOf(series, from, to, includeStop);
  const { start, stop } = window;
  return andThen(eventsIn(series, window), (events) => changedEvents(series, { ...events, start, stop }));
}

/** Everything later by `offset` seconds, or earlier by a negative one. */
export function delayEvents(series: EventSeries, offset: number): Result<EventSeries> {
  const times = series.times.map((time) => time + offset);
  return changedEvents(series, { times, start: series.start + offset, stop: series.stop + offset });
}

/** Events of some channels; with `renumber`, channel `channels[k]` becomes k. Fails when one of them does not exist. */
export function selectEventChannels(
  series: EventSeries,
  channels: readonly number[],
  renumber = false,
): Result<EventSeries> {
  const found = channelProblem(channels, series.channelCount);
  if (found !== undefined) return failed(found);
  const places = new Map(channels.map((channel, place) => [channel, renumber ? place : channel]));
  const kept = Array.from(series.channels.keys()).filter((index) => places.has(series.channels[index] as number));
  return ok({
    ...series,
    times: Float64Array.from(kept, (index) => series.times[index] as number),
    channels: Int32Array.from(kept, (index) => places.get(series.channels[index] as number) as number),
    channelCount: renumber ? channels.length : series.channelCount,
  });
}

/** Channel k becomes `channelMap[k]`; there are as many channels as before, or as the events need. */
export function remapChannels(series: EventSeries, channelMap: readonly number[]): Result<EventSeries> {
  const wrong = channelMap.find((channel) => !(Number.isInteger(channel) && channel >= 0));
  if (channelMap.length !== series.channelCount || wrong !== undefined) {
    const reason =
      wrong === undefined ? `it has ${channelMap.length} numbers` : `${wrong} is not the number of a channel`;
    return failed(
      problem('timeseries/invalid', `The channels cannot be renumbered: ${reason}.`, {
        hint: `Give ${series.channelCount} whole numbers of at least 0, one for each channel.`,
      }),
    );
  }
  const channels = series.channels.map((channel) => channelMap[channel] as number);
  const channelCount = channels.reduce((most, channel) => Math.max(most, channel + 1), series.channelCount);
  return changedEvents(series, { channels, channelCount });
}
