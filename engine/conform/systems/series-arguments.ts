/** Arguments and results of the cases that call a method of a time series: as Python takes them, to what the engine takes. */
import { problem } from '../../base/problem.ts';
import { failed, ok, type Failed, type Result } from '../../base/result.ts';
import type { NumericArray } from '../../model/validated.ts';
import type { ContinuousSeries } from '../../timeseries/continuous-series.ts';
import type { EventSeries } from '../../timeseries/event-series.ts';
import { arrayOf, vectorArray } from '../case-access.ts';
import { isNumericArray, isRecord, type CaseRecord, type CaseValue, type ReferenceCase } from '../reference-case.ts';

/** What a method was called with: the argument at a place or by its name, undefined where it was left out or None. */
export type Given = (place: number, name: string) => CaseValue | undefined;

/** A method: from the series and what it was given to the value under `output`. */
export type Method<Series> = (series: Series, given: Given) => Result<CaseValue>;

/** The arguments of a case. */
export function givenIn(reference: ReferenceCase): Given {
  const { args, kwargs } = reference.all;
  const listed = Array.isArray(args) ? (args as readonly CaseValue[]) : [];
  const named = isRecord(kwargs) ? kwargs : {};
  return (place, name) => named[name] ?? listed[place] ?? undefined;
}

/** Refuses what the original refuses too. */
export function refused(message: string): Failed {
  return failed(problem('timeseries/invalid', message));
}

/** A number, or undefined where none was given. */
export function maybeNumber(value: CaseValue | undefined): number | undefined {
  return value === undefined ? undefined : (arrayOf(value, 'an argument').values[0] as number);
}

/** Limits and periodicity among the arguments of a constructor, which begin at a place of their own. */
export function settingsGiven(given: Given, first: number) {
  const [start, stop] = [maybeNumber(given(first + 1, 't_start')), maybeNumber(given(first + 2, 't_stop'))];
  return {
    ...(start === undefined ? {} : { start }),
    ...(stop === undefined ? {} : { stop }),
    periodic: given(first, 'periodic') === true,
  };
}

/** All numbers of a scalar, list or array in their order. */
export function numbersOf(value: CaseValue | undefined): Float64Array {
  return arrayOf(value, 'an argument').values;
}

/** One or several of something. */
export function listOf(value: CaseValue | undefined): readonly CaseValue[] {
  if (isNumericArray(value)) return Array.from(value.values);
  if (Array.isArray(value)) return value as readonly CaseValue[];
  return value === undefined ? [] : [value];
}

/** Python's slice [start, stop, step] that a case has as `{ slice }`; undefined for anything else. */
export function sliceOf(value: CaseValue | undefined): readonly (number | undefined)[] | undefined {
  if (!isRecord(value) || !Array.isArray(value['slice'])) return undefined;
  return (value['slice'] as readonly CaseValue[]).map((part) => (typeof part === 'number' ? part : undefined));
}

/** The places that a slice takes out of so many; none with a step of 0. */
export function slicePlaces([first, end, step = 1]: readonly (number | undefined)[], length: number): number[] {
  const inside = (place: number, low: number, high: number): number =>
    Math.min(high, Math.max(low, place < 0 ? place + length : place));
  const places: number[] = [];
  if (step > 0) {
    const stop = inside(end ?? length, 0, length);
    for (let place = inside(first ?? 0, 0, length); place < stop; place += step) places.push(place);
  } else if (step < 0) {
    const stop = end === undefined ? -1 : inside(end, -1, length - 1);
    for (let place = inside(first ?? length - 1, -1, length - 1); place > stop; place += step) places.push(place);
  }
  return places;
}

/** Places chosen out of so many by a number, a list or a slice, negative ones from the end; undefined for all of them. */
export function placesOf(value: CaseValue | undefined, length: number): number[] | undefined {
  if (value === undefined) return undefined;
  const slice = sliceOf(value);
  if (slice !== undefined) return slicePlaces(slice, length);
  return Array.from(numbersOf(value), (place) => (place < 0 ? place + length : place));
}

/** An analogue series as cases have it. */
export function continuousRecord(series: ContinuousSeries): CaseRecord {
  const { channelCount } = series;
  return {
    type: 'continuous',
    times: vectorArray(series.times),
    samples: { shape: [series.times.length, channelCount], values: series.samples },
    t_start: series.start,
    t_stop: series.stop,
    periodic: series.periodic,
    series: 'TSContinuous',
    interp_kind: series.interpolation,
    num_channels: channelCount,
  };
}

/** An event series as cases have it. */
export function eventsRecord(series: EventSeries): CaseRecord {
  return {
    type: 'events',
    times: vectorArray(series.times),
    channels: vectorArray(series.channels),
    num_channels: series.channelCount,
    t_start: series.start,
    t_stop: series.stop,
    periodic: series.periodic,
    series: 'TSEvent',
  };
}

/** Runs the method that a case names; one that neither is there nor was is refused. */
export function runMethod<Series>(
  reference: ReferenceCase,
  methods: Readonly<Record<string, Method<Series>>>,
  series: Series,
): Result<CaseRecord> {
  const name = String(reference.all['op'] ?? reference.parameters['op']);
  const attribute = String(reference.parameters['attribute'] ?? '');
  const method = methods[name === 'get' || name === 'set' ? `${name} ${attribute}` : name];
  if (method === undefined) return refused(`There is no ${name} ${attribute} of such a series.`);
  const output = method(series, givenIn(reference));
  return output.ok ? ok({ output: output.value }, output.problems) : output;
}

/** Rows [times, channels] as an array. */
export function rowsArray(rows: number, columns: number, values: ArrayLike<number>): NumericArray {
  return { shape: [rows, columns], values: Float64Array.from(values) };
}
