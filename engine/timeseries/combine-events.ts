/** Joining event series. */
import { collect, mapResult, type Result } from '../base/result.ts';
import { delayEvents } from './cut-events.ts';
import type { EventSeries } from './event-series.ts';

/**
 * The events of both by time, at equal times those of `series` first. With `removeDuplicates` equal events count once,
 * whichever of the two they are from, and those of one time are in the order of their channels.
 */
export function mergeEvents(series: EventSeries, other: EventSeries, removeDuplicates = false): EventSeries {
  const all = [series, other].flatMap((from) =>
    Array.from(from.times, (time, index) => ({ time, channel: from.channels[index] as number })),
  );
  const ordered = removeDuplicates
    ? all
        .sort((left, right) => left.time - right.time || left.channel - right.channel)
        .filter(({ time, channel }, index) => all[index - 1]?.time !== time || all[index - 1]?.channel !== channel)
    : all.sort((left, right) => left.time - right.time);
  return {
    ...series,
    times: Float64Array.from(ordered, ({ time }) => time),
    channels: Int32Array.from(ordered, ({ channel }) => channel),
    channelCount: Math.max(series.channelCount, other.channelCount),
    start: Math.min(series.start, other.start),
    stop: Math.max(series.stop, other.stop),
  };
}

/** Merges several series, each delayed by seconds of its own. */
export function mergeDelayed(
  series: EventSeries,
  others: readonly { readonly series: EventSeries; readonly delay: number }[],
  removeDuplicates = false,
): Result<EventSeries> {
  const delayed = collect(others.map(({ series: other, delay }) => delayEvents(other, delay)));
  return mapResult(delayed, (all) =>
    all.reduce((merged, other) => mergeEvents(merged, other, removeDuplicates), series),
  );
}

/** The channels of `other` behind those of `series`. */
export function appendEventChannels(series: EventSeries, other: EventSeries): EventSeries {
  const shifted = other.channels.map((channel) => channel + series.channelCount);
  const channelCount = series.channelCount + other.channelCount;
  return mergeEvents({ ...series, channelCount }, { ...other, channels: shifted, channelCount });
}

/** Series after series: each begins `offset` seconds behind the stop of the one before it. */
export function appendEventsInTime(
  series: EventSeries,
  others: readonly { readonly series: EventSeries; readonly offset: number }[],
  removeDuplicates = false,
): Result<EventSeries> {
  let stop = series.stop;
  const placed = others.map(({ series: other, offset }) => {
    const delay = stop + offset - other.start;
    stop = other.stop + delay;
    return { series: other, delay };
  });
  return mergeDelayed(series, placed, removeDuplicates);
}
