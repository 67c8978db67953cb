/** TSContinuous in square brackets: parts by time, rows read at times, channels; and rows that run backwards. */
import { andThen, mapResult, ok, type Result } from '../../base/result.ts';
import { splineDegrees, type ContinuousSeries } from '../../timeseries/continuous-series.ts';
import { clipSeries, resampleSeries, selectChannels } from '../../timeseries/cut-continuous.ts';
import { evaluateSeries } from '../../timeseries/evaluate.ts';
import type { CaseValue } from '../reference-case.ts';
import { continuousRecord, numbersOf, placesOf, refused, sliceOf } from './series-arguments.ts';

/** The original reads an empty series as one without channels. */
export function nothingWhereEmpty(series: ContinuousSeries): ContinuousSeries {
  return series.times.length > 0 ? series : withoutChannels(series);
}

function withoutChannels(series: ContinuousSeries): ContinuousSeries {
  return { ...series, channelCount: 0, samples: new Float64Array() };
}

/** `series[times]`, `series[from:to]`, `series[from:to:step]`, each also with channels. */
export function itemsOf(series: ContinuousSeries, index: CaseValue | undefined): Result<CaseValue> {
  const [times, channels, ...others] = partsOf(index);
  if (others.length > 0) return refused('There are times and channels to choose by, nothing else.');
  const chosen = placesOf(channels ?? undefined, series.channelCount);
  const slice = sliceOf(times ?? { slice: [null, null, null] });
  return slice === undefined ? resampled(series, numbersOf(times ?? undefined), chosen) : partOf(series, slice, chosen);
}

function partOf(
  series: ContinuousSeries,
  [from, to, step]: readonly (number | undefined)[],
  chosen: readonly number[] | undefined,
): Result<CaseValue> {
  if (step === 0) return refused('The step between times cannot be 0.');
  if (step !== undefined) return resampled(series, timesInside(series, from, to, step), chosen);
  const read = chosen === undefined ? nothingWhereEmpty(series) : series;
  return recordOf(clipSeries(read, from, to, { includeStop: false, sampleLimits: false }), chosen);
}

/** Index and channels where both are given: a tuple is a list of which one member is no number. */
function partsOf(index: CaseValue | undefined): readonly (CaseValue | undefined)[] {
  const isTuple = Array.isArray(index) && (index as readonly CaseValue[]).some((part) => typeof part !== 'number');
  return isTuple ? (index as readonly CaseValue[]) : [index];
}

/** Times a step apart, those between the limits of the series. */
function timesInside(series: ContinuousSeries, from: number | undefined, to: number | undefined, step: number) {
  const { start, stop } = series;
  return timesByStep(from ?? start, to ?? stop, step).filter((time) => time >= start && time < stop);
}

/** numpy.arange with the size of the step; turned round for a negative one. */
function timesByStep(from: number, to: number, step: number): Float64Array {
  const size = Math.abs(step);
  const distance = from + size - from;
  const times = Float64Array.from(
    { length: Math.max(0, Math.ceil((to - from) / size)) },
    (_, row) => from + row * distance,
  );
  return step < 0 ? times.reverse() : times;
}

/** The series at other times, with some of its channels. */
export function resampled(
  series: ContinuousSeries,
  times: Float64Array,
  channels: readonly number[] | undefined,
): Result<CaseValue> {
  const read = nothingWhereEmpty(series);
  const backwards = times.some((time, row) => row > 0 && time < (times[row - 1] as number));
  if (backwards && splineDegrees[series.interpolation] !== undefined) return refused('Splines do not run backwards.');
  return recordOf(backwards ? ok(rowsRead(read, times)) : resampleSeries(read, times), channels);
}

/** Rows in the order of times that are no series, since they decrease. */
function rowsRead(series: ContinuousSeries, times: Float64Array): ContinuousSeries {
  const [start, stop] = [times[0] as number, times.at(-1) as number];
  return { ...series, times, samples: evaluateSeries(series, times), start, stop };
}

function recordOf(series: Result<ContinuousSeries>, channels: readonly number[] | undefined): Result<CaseValue> {
  if (channels === undefined) return mapResult(series, continuousRecord);
  if (channels.length === 0) return mapResult(series, (part) => continuousRecord(withoutChannels(part)));
  return mapResult(
    andThen(series, (part) => selectChannels(part, channels)),
    continuousRecord,
  );
}
