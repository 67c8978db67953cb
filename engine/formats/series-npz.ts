/** A time series as the archive that Rockpool 1.0.7 saves and loads: one array for each of its parts. */
import { problem } from '../base/problem.ts';
import { andThen, failed, mapResult, type Result } from '../base/result.ts';
import type { NumericArray } from '../model/validated.ts';
import { createContinuousSeries, interpolationKinds, type ContinuousSeries } from '../timeseries/continuous-series.ts';
import { createEventSeries, type EventSeries } from '../timeseries/event-series.ts';
import { readNpz, readNpzTexts, writeNpz, type NpzArray } from './npz.ts';

/** The two types by the names under which they are saved. */
export type SavedType = 'TSContinuous' | 'TSEvent';

export interface SavedSeries {
  readonly series: ContinuousSeries | EventSeries;
  readonly name: string;
}

/** The archive of a series; numbers of channels are 32-bit, which the original reads like its own of 64. */
export function writeSeriesNpz({ series, name }: SavedSeries): Uint8Array {
  const scalar = (value: number): NpzArray => ({ values: Float64Array.of(value), shape: [] });
  const continuous = series.type === 'continuous';
  const own: [string, NpzArray][] = continuous
    ? [
        ['samples', { values: series.samples, shape: [series.times.length, series.channelCount] }],
        ['interp_kind', { values: series.interpolation }],
      ]
    : [
        ['channels', { values: series.channels }],
        ['num_channels', { values: Int32Array.of(series.channelCount), shape: [] }],
      ];
  return writeNpz(
    new Map<string, NpzArray>([
      ['times', { values: series.times }],
      ...own,
      ['t_start', scalar(series.start)],
      ['t_stop', scalar(series.stop)],
      ['periodic', { values: series.periodic }],
      ['name', { values: name }],
      ['str_type', { values: continuous ? 'TSContinuous' : 'TSEvent' }],
    ]),
  );
}

/** The type under which an archive was saved as a series; undefined where it is another archive. */
function savedTypeOf(texts: ReadonlyMap<string, string>): SavedType | undefined {
  const type = texts.get('str_type') ?? texts.get('strType');
  return type === 'TSContinuous' || type === 'TSEvent' ? type : undefined;
}

/** Whether the archive says of itself that it is a saved series. */
export function isSavedSeries(bytes: Uint8Array): boolean {
  const texts = readNpzTexts(bytes);
  return texts.ok && (texts.value.has('str_type') || texts.value.has('strType'));
}

/** Loads a series. Fails with `npz/entry` where the archive is none, with `timeseries/invalid` where it has another type than expected. */
export function readSeriesNpz(bytes: Uint8Array, expected?: SavedType): Result<SavedSeries> {
  return andThen(readNpzTexts(bytes), (texts) => {
    const type = savedTypeOf(texts);
    if (type === undefined) return failed(missing('str_type'));
    if (expected !== undefined && type !== expected)
      return failed(problem('timeseries/invalid', `The file holds a series of type ${type}, not ${expected}.`));
    const name = texts.get('name') ?? '';
    const arrays = readNpz(bytes);
    if (!arrays.ok) return arrays;
    // Its warnings are of texts, and of what Python saves besides.
    const read = type === 'TSEvent' ? eventsFrom(arrays.value) : samplesFrom(arrays.value, texts.get('interp_kind'));
    return mapResult<ContinuousSeries | EventSeries, SavedSeries>(read, (series) => ({ series, name }));
  });
}

function missing(name: string) {
  return problem('npz/entry', `The file is not a saved time series: it has no "${name}".`, {
    hint: 'Save the series with the method save of TSContinuous or TSEvent.',
  });
}

type Arrays = ReadonlyMap<string, NumericArray>;

function settingsFrom(arrays: Arrays) {
  const [start, stop] = [arrays.get('t_start')?.values[0], arrays.get('t_stop')?.values[0]];
  return {
    ...(start === undefined ? {} : { start }),
    ...(stop === undefined ? {} : { stop }),
    periodic: arrays.get('periodic')?.values[0] === 1,
  };
}

function samplesFrom(arrays: Arrays, kind = 'linear'): Result<ContinuousSeries> {
  const [times, samples] = [arrays.get('times'), arrays.get('samples')];
  if (times === undefined || samples === undefined) return failed(missing(times === undefined ? 'times' : 'samples'));
  const interpolation = interpolationKinds.find((candidate) => candidate === kind);
  if (interpolation === undefined)
    return failed(problem('timeseries/invalid', `The interpolation "${kind}" is not known.`));
  return createContinuousSeries(times.values, samples.values, samples.shape[1] ?? 1, {
    ...settingsFrom(arrays),
    interpolation,
  });
}

function eventsFrom(arrays: Arrays): Result<EventSeries> {
  const [times, channels] = [arrays.get('times'), arrays.get('channels')];
  if (times === undefined || channels === undefined) return failed(missing(times === undefined ? 'times' : 'channels'));
  const channelCount = arrays.get('num_channels')?.values[0];
  return createEventSeries(times.values, Int32Array.from(channels.values), {
    ...settingsFrom(arrays),
    ...(channelCount === undefined ? {} : { channelCount }),
  });
}
