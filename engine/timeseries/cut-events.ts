/** Cutting, shifting and selecting events. */
import { periodShifts } from './cut-continuous.ts';
import type { EventSeries } from './event-series.ts';

/** Times and channels of some events. */
export interface Events {
  readonly times: Float64Array;
  readonly channels: Int32Array;
}

/** The events in [from, to), or [from, to] with `includeStop`; limits in either order; periods of a periodic series repeat. */
export function eventsBetween(series: EventSeries, from: number, to: number, includeStop = false): Events {
  const start = Math.min(from, to);
  const stop = Math.max(from, to);
  const times: number[] = [];
  const channels: number[] = [];
  for (const shift of periodShifts(series, start, stop)) {
    for (let index = 0; index < series.times.length; index += 1) {
      const time = (series.times[index] as number) + shift;
      if (time < start || time > stop || (time === stop && !includeStop)) continue;
      times.push(time);
      channels.push(series.channels[index] as number);
    }
  }
  return { times: Float64Array.from(times), channels: Int32Array.from(channels) };
}

/** The part between two times as a series with these limits. */
export function clipEvents(series: EventSeries, from: number, to: number, includeStop = false): EventSeries {
  return {
    ...series,
    ...eventsBetween(series, from, to, includeStop),
    start: Math.min(from, to),
    stop: Math.max(from, to),
  };
}

/** Everything later by `offset` seconds. */
export function delayEvents(series: EventSeries, offset: number): EventSeries {
  const times = series.times.map((time) => time + offset);
  return { ...series, times, start: series.start + offset, stop: series.stop + offset };
}

/** Events of some channels; with `renumber`, channel `channels[k]` becomes k. */
export function selectEventChannels(series: EventSeries, channels: readonly number[], renumber = false): EventSeries {
  const places = new Map(channels.map((channel, place) => [channel, renumber ? place : channel]));
  const kept = Array.from(series.channels, (_, index) => index).filter((index) =>
    places.has(series.channels[index] as number),
  );
  return {
    ...series,
    times: Float64Array.from(kept, (index) => series.times[index] as number),
    channels: Int32Array.from(kept, (index) => places.get(series.channels[index] as number) as number),
    channelCount: renumber ? channels.length : series.channelCount,
  };
}
