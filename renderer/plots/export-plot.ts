/** Export of a plot: the picture as PNG on the background of the panel, the recorded numbers as CSV or as saved series. */
import { mapResult, type Result } from '../../engine/base/result.ts';
import { writeSeriesNpz } from '../../engine/formats/series-npz.ts';
import type { Series } from '../../engine/library/series-operations/series-operation.ts';
import type { ProbeInformation } from '../../engine/protocol/messages.ts';
import { createContinuousSeries } from '../../engine/timeseries/continuous-series.ts';
import { createEventSeries, type EventOptions } from '../../engine/timeseries/event-series.ts';
import { channelName } from './plot-plan.ts';

export interface RecordedNumbers {
  readonly times: Float64Array;
  /** Row-major [times][channels]; for events one cell index per time. */
  readonly values: Float64Array;
  readonly channels: number;
}

/** The chart as the bytes of a PNG file. */
export async function picturePng(chart: HTMLCanvasElement, background: string): Promise<Uint8Array> {
  const copy = document.createElement('canvas');
  copy.width = chart.width;
  copy.height = chart.height;
  const context = copy.getContext('2d');
  if (context !== null) {
    context.fillStyle = background;
    context.fillRect(0, 0, copy.width, copy.height);
    context.drawImage(chart, 0, 0);
  }
  const blob = await new Promise<Blob | null>((resolve) => copy.toBlob(resolve, 'image/png'));
  return blob === null ? new Uint8Array(0) : new Uint8Array(await blob.arrayBuffer());
}

/** A table with a heading line; times in seconds, values in the unit of the probe, every digit kept. */
export function tableCsv(probe: ProbeInformation, numbers: RecordedNumbers): string {
  const heading = probe.type === 'events' ? ['time (s)', 'cell'] : ['time (s)', ...channelHeadings(probe)];
  const lines = [heading.map(quoted).join(',')];
  for (const [index, time] of numbers.times.entries()) {
    const row = numbers.values.subarray(index * numbers.channels, (index + 1) * numbers.channels);
    lines.push([time, ...row].join(','));
  }
  return `${lines.join('\n')}\n`;
}

/** The recorded numbers as a series that Rockpool loads and import reads back: events or rows, times in seconds. */
export function seriesArchive(
  probe: ProbeInformation,
  { times, values, channels }: RecordedNumbers,
): Result<Uint8Array> {
  const series: Result<Series> =
    probe.type === 'events'
      ? createEventSeries(times, Int32Array.from(values), channelsOf(probe))
      : createContinuousSeries(times, values, channels);
  return mapResult(series, (each) => writeSeriesNpz({ series: each, name: `${probe.elementName} ${probe.target}` }));
}

/** As many as the population has cells, where all of them are recorded; else as the events need. */
function channelsOf({ cells, channels, members = 1 }: ProbeInformation): EventOptions {
  return cells === null ? { channelCount: channels * members } : {};
}

function channelHeadings(probe: ProbeInformation): string[] {
  const unit = probe.unit === '' || probe.unit === '1' ? '' : ` (${probe.unit})`;
  return Array.from(
    { length: probe.channels },
    (_, channel) => `${probe.target} ${channelName(probe, channel)}${unit}`,
  );
}

function quoted(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
