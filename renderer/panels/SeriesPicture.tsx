/** A picture of a series with its sizes and limits in words: what will be imported, or what an operation gives. */
import { useMemo } from 'react';
import type { Series } from '../../engine/library/series-operations/series-operation.ts';
import { significant } from '../../engine/units/format-quantity.ts';
import { pictureSize, seriesPaths } from './series-path.ts';

interface SeriesPictureProps {
  readonly series: Series;
  /** Which of several pictures it is. */
  readonly title?: string;
  /** Times are steps of whatever length. */
  readonly everyStep?: boolean;
}

export function SeriesPicture({ series, title, everyStep = false }: SeriesPictureProps) {
  const paths = useMemo(() => seriesPaths(series), [series]);
  const { width, height } = pictureSize;
  const words = sizeWords(series);
  const limits = everyStep
    ? ['first step', `step ${series.times.length}`]
    : [series.start, series.stop].map((seconds) => `${significant(seconds)} s`);
  return (
    <figure className="series-picture">
      {title !== undefined && <p>{title}</p>}
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={`Picture of ${words}`}>
        {paths.map((path, channel) => (
          <path key={channel} d={path} data-channel={series.type === 'events' ? 'events' : channel} />
        ))}
      </svg>
      <figcaption className="mono">
        <span>{limits[0]}</span>
        <span>{words}</span>
        <span>{limits[1]}</span>
      </figcaption>
    </figure>
  );
}

function sizeWords(series: Series): string {
  const { channelCount, times, periodic } = series;
  const channels = `${channelCount} ${channelCount === 1 ? 'channel' : 'channels'}`;
  const rows = series.type === 'events' ? 'events' : 'rows';
  const kind = series.type === 'events' ? [] : [series.interpolation];
  return [`${times.length} ${rows}`, channels, ...kind, ...(periodic ? ['repeats'] : [])].join(' · ');
}
