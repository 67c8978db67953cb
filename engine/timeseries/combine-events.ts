/** Joining event series. */
import { delayEvents } from './cut-events.ts';
import type { EventSeries } from './event-series.ts';

/** The events of both by time, at equal times those of `series` first; with `removeDuplicates` an event that is in both counts once. */
export function mergeEvents(series: EventSeries, other: EventSeries, removeDuplicates = false): EventSeries {
  const seen = new Set<string>();
  const all = [series, other]
    .flatMap((from) => Array.from(from.times, (time, index) => ({ time, channel: from.channels[index] as number })))
    .filter(({ time, channel }) => {
      const name = `${time} ${channel}`;
      if (removeDuplicates && seen.has(name)) return false;
      seen.add(name);
      return true;
    })
    .sort((left, right) => left.time - right.time);
  return {
    ...series,
    times: Float64Array.from(all, ({ time }) => time),
    channels: Int32Array.from(all, ({ channel }) => channel),
    channelCount: Math.max(series.channelCount, other.channelCount),
    start: Math.min(series.start, other.start),
    stop: Math.max(series.stop, other.stop),
  };
}

/** The channels of `other` behind those of `series`. */
export function appendEventChannels(series: EventSeries, other: EventSeries): EventSeries {
  const shifted = other.channels.map((channel) => channel + series.channelCount);
  const channelCount = series.channelCount + other.channelCount;
  return mergeEvents({ ...series, channelCount }, { ...other, channels: shifted, channelCount });
}

/** `other` after `series`, `offset` seconds behind its stop. */
export function appendEventsInTime(series: EventSeries, other: EventSeries, offset = 0): EventSeries {
  return mergeEvents(series, delayEvents(other, series.stop + offset - other.start));
}
