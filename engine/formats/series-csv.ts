/** A series as a CSV table that import reads back: times in seconds, then channels, or the channel of each event. */
import type { ContinuousSeries } from '../timeseries/continuous-series.ts';
import type { EventSeries } from '../timeseries/event-series.ts';

/** The table with a heading line; every digit is kept. */
export function csvOfSeries(series: ContinuousSeries | EventSeries): string {
  const lines =
    series.type === 'events'
      ? ['time (s),channel', ...Array.from(series.times, (time, event) => `${time},${series.channels[event]}`)]
      : [headingOf(series), ...Array.from(series.times, (time, row) => rowOf(series, time, row))];
  return `${lines.join('\n')}\n`;
}

function headingOf({ channelCount }: ContinuousSeries): string {
  return ['time (s)', ...Array.from({ length: channelCount }, (_, channel) => `channel ${channel}`)].join(',');
}

function rowOf({ samples, channelCount }: ContinuousSeries, time: number, row: number): string {
  return [time, ...samples.subarray(row * channelCount, (row + 1) * channelCount)].join(',');
}
