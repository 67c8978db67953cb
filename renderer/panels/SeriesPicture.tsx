/** A picture of a series with its sizes and limits in words: what will be imported, or what an operation gives. */
import { useMemo } from 'react';
import type { Series } from '../../engine/library/series-operations/series-operation.ts';
import { significant } from '../../engine/units/format-quantity.ts';
import { pictureSize, seriesPaths, type SeriesPaths } from './series-path.ts';

interface SeriesPictureProps {
  readonly series: Series;
  /** Which of several pictures it is. */
  readonly title?: string;
  /** Times are steps of whatever length. */
  readonly everyStep?: boolean;
}

export function SeriesPicture({ series, title, everyStep = false }: SeriesPictureProps) {
  const { paths, range } = useMemo(() => seriesPaths(series), [series]);
  const { width, height } = pictureSize;
  const words = sizeWords(series);
  const limits = everyStep
    ? ['first step', `step ${series.times.length}`]
    : [series.start, series.stop].map((seconds) => `${significant(seconds)} s`);
  return (
    <figure className="series-picture">
      {title !== undefined && <p>{title}</p>}
      <div className="series-plot">
        <ValueAxis series={series} range={range} />
        <svg
          viewBox={`0 0 ${width} ${height}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={`Picture of ${words}`}
        >
          {paths.map((path, channel) => (
            <path key={channel} d={path} data-channel={series.type === 'events' ? 'events' : channel} />
          ))}
        </svg>
      </div>
      <figcaption className="mono">
        <span>{limits[0]}</span>
        <span>{words}</span>
        <span>{limits[1]}</span>
      </figcaption>
    </figure>
  );
}

/** The values at the top and at the bottom; they have no unit of their own. Of events the channels. */
function ValueAxis({ series, range }: { readonly series: Series; readonly range: SeriesPaths['range'] }) {
  const ends =
    series.type === 'events' ? [`ch ${series.channelCount - 1}`, 'ch 0'] : [range?.[1], range?.[0]].map(printValue);
  const [top, bottom] = ends[0] === ends[1] ? [ends[0], ''] : ends;
  return (
    <div className="series-axis mono">
      <span>{top}</span>
      <span>{bottom}</span>
    </div>
  );
}

function printValue(value: number | undefined): string {
  return value === undefined ? '' : significant(value);
}

function sizeWords(series: Series): string {
  const { channelCount, times, periodic } = series;
  const channels = `${channelCount} ${channelCount === 1 ? 'channel' : 'channels'}`;
  const rows = series.type === 'events' ? 'events' : 'rows';
  const kind = series.type === 'events' ? [] : [series.interpolation];
  return [`${times.length} ${rows}`, channels, ...kind, ...(periodic ? ['repeats'] : [])].join(' · ');
}
