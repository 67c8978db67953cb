/** The picture of a series as lines and dots: what is read off at the columns of the picture, and where events are. */
import type { Series } from '../../engine/library/series-operations/series-operation.ts';
import type { ContinuousSeries } from '../../engine/timeseries/continuous-series.ts';
import { evaluateSeries } from '../../engine/timeseries/evaluate.ts';
import type { EventSeries } from '../../engine/timeseries/event-series.ts';

/** Width and height of the picture in its own units. */
export const pictureSize = { width: 600, height: 110 } as const;

/** Channels shown as lines, events shown as dots: at most so many. */
const most = { lines: 6, dots: 6000 } as const;

export interface SeriesPaths {
  /** Of an SVG picture of the series from its start to its stop: a line for each of the first channels, or all dots. */
  readonly paths: readonly string[];
  /** Values at the bottom and at the top of the lines; undefined where there are none. */
  readonly range?: readonly [low: number, high: number];
}

export function seriesPaths(series: Series): SeriesPaths {
  return series.type === 'events' ? { paths: [dots(series)] } : lines(series);
}

function lines(series: ContinuousSeries): SeriesPaths {
  const { width, height } = pictureSize;
  const { start, stop, channelCount } = series;
  const times = Float64Array.from({ length: width + 1 }, (_, column) =>
    column === width ? stop : start + ((stop - start) * column) / width,
  );
  const values = evaluateSeries({ ...series, periodic: false }, times);
  const known = values.filter(Number.isFinite);
  const low = known.reduce((least, value) => Math.min(least, value), Infinity);
  const high = known.reduce((greatest, value) => Math.max(greatest, value), -Infinity);
  const span = high - low || 1;
  const paths = Array.from({ length: Math.min(channelCount, most.lines) }, (_, channel) => {
    let drawing = false;
    return Array.from(times, (_time, column) => {
      const value = values[column * channelCount + channel] as number;
      const begins = !drawing;
      drawing = Number.isFinite(value);
      const y = height - 3 - ((value - low) / span) * (height - 6);
      return drawing ? `${begins ? 'M' : 'L'}${column} ${y.toFixed(1)}` : '';
    }).join('');
  });
  return known.length === 0 ? { paths } : { paths, range: [low, high] };
}

/** A short stroke for each event, channel 0 at the bottom. */
function dots({ times, channels, channelCount, start, stop }: EventSeries): string {
  const { width, height } = pictureSize;
  const row = height / Math.max(1, channelCount);
  const stroke = Math.max(1, Math.min(8, row * 0.7));
  const stride = Math.max(1, Math.ceil(times.length / most.dots));
  return Array.from({ length: Math.ceil(times.length / stride) }, (_, place) => {
    const event = place * stride;
    const x = (((times[event] as number) - start) / (stop - start || 1)) * (width - 2) + 1;
    const y = height - ((channels[event] as number) + 0.5) * row - stroke / 2;
    return `M${x.toFixed(1)} ${y.toFixed(1)}v${stroke.toFixed(1)}`;
  }).join('');
}
