/** Rockpool's TSContinuous: every method and attribute of analogue series. */
import { andThen, mapResult, ok, type Result } from '../../base/result.ts';
import type { NumericArray } from '../../model/validated.ts';
import { combineSamples, extremesOf, mapSamples, type Operand, type Operation } from '../../timeseries/arithmetic.ts';
import { appendChannels, appendInTime, mergeSeries } from '../../timeseries/combine-continuous.ts';
import {
  changedSeries,
  createContinuousSeries,
  interpolationKinds,
  type ContinuousSeries,
} from '../../timeseries/continuous-series.ts';
import {
  channelProblem,
  clipSeries,
  delaySeries,
  resampleSeries,
  selectChannels,
} from '../../timeseries/cut-continuous.ts';
import { containsTimes, evaluateSeries } from '../../timeseries/evaluate.ts';
import { printSeries } from '../../timeseries/print-series.ts';
import { arrayOf, seriesOf, vectorArray } from '../case-access.ts';
import { isNumericArray, isRecord, type CaseValue, type ReferenceCase } from '../reference-case.ts';
import type { System } from '../system.ts';
import {
  continuousRecord,
  givenIn,
  maybeNumber,
  numbersOf,
  placesOf,
  refused,
  rowsArray,
  runMethod,
  settingsGiven,
  type Given,
  type Method,
} from './series-arguments.ts';
import { itemsOf, nothingWhereEmpty, resampled } from './series-items.ts';

type Continuous = Method<ContinuousSeries>;

function output(series: Result<ContinuousSeries>): Result<CaseValue> {
  return mapResult(series, continuousRecord);
}

/** The series in a case, with its interpolation; a Problem for anything else. */
function continuousOf(value: CaseValue | undefined): Result<ContinuousSeries> {
  const series = isRecord(value) && value['type'] === 'continuous' ? seriesOf(value) : undefined;
  if (series === undefined || !isRecord(value)) return refused('An analogue series is needed here.');
  return interpolated(series, value['interp_kind']);
}

function interpolated(series: ContinuousSeries, kind: CaseValue | undefined): Result<ContinuousSeries> {
  const interpolation = interpolationKinds.find((candidate) => candidate === (kind ?? 'linear'));
  return interpolation === undefined
    ? refused(`There is no interpolation ${String(kind)}.`)
    : changedSeries(series, { interpolation });
}

/** The constructor: samples as rows of as many channels as they come to. */
function construct(given: Given): Result<CaseValue> {
  const times = given(0, 'times') === undefined ? new Float64Array() : numbersOf(given(0, 'times'));
  const { shape, values } = samplesGiven(given);
  const [rows, columns] = shape.length < 2 ? [1, 0] : (shape as readonly [number, number]);
  if (times.length > values.length || (rows !== 1 && rows !== times.length))
    return refused('There must be as many samples as times.');
  const channelCount = times.length === 0 ? columns : Math.floor(values.length / times.length);
  const series = createContinuousSeries(times, values, channelCount, settingsGiven(given, 3));
  return output(andThen(series, (plain) => interpolated(plain, given(8, 'interp_kind'))));
}

/** Samples of a constructor; none of as many channels as it says where there are none. */
function samplesGiven(given: Given): NumericArray {
  const samples = given(1, 'samples');
  if (samples !== undefined) return arrayOf(samples, 'samples');
  return { shape: [0, maybeNumber(given(2, 'num_channels')) ?? 0], values: new Float64Array() };
}

function operandOf(value: CaseValue | undefined): Result<Operand> {
  if (typeof value === 'number') return ok(value);
  if (isNumericArray(value) || Array.isArray(value)) return ok(arrayOf(value, 'an operand'));
  return mapResult(continuousOf(value), nothingWhereEmpty);
}

const operations: readonly (readonly [string, Operation])[] = [
  ['add', 'add'],
  ['sub', 'subtract'],
  ['mul', 'multiply'],
  ['truediv', 'divide'],
  ['floordiv', 'floorDivide'],
  ['pow', 'power'],
];

function arithmetic(operation: Operation, swapped: boolean): Continuous {
  return (series, given) =>
    output(andThen(operandOf(given(0, 'other')), (operand) => combineSamples(series, operation, operand, swapped)));
}

/** 1 divided by a number, which Python refuses for 0, or by each number of an array. */
function reciprocalOf(operand: Operand): Result<Operand> {
  if (operand === 0) return refused('0 has no reciprocal.');
  if (typeof operand === 'number') return ok(1 / operand);
  if ('type' in operand) return combineSamples(operand, 'divide', 1, true);
  return ok({ shape: operand.shape, values: operand.values.map((value) => 1 / value) });
}

/** `number // series` as released: quotients of the two reciprocals, which round before the quotient is cut. */
function quotientOfReciprocals(series: ContinuousSeries, given: Given): Result<CaseValue> {
  const divisor = andThen(operandOf(given(0, 'other')), reciprocalOf);
  const reciprocal = combineSamples(series, 'divide', 1, true);
  return output(
    andThen(divisor, (other) => andThen(reciprocal, (turned) => combineSamples(turned, 'floorDivide', other))),
  );
}

const arithmeticMethods = Object.fromEntries([
  ...operations.flatMap(([name, operation]): [string, Continuous][] => [
    [`__${name}__`, arithmetic(operation, false)],
    [`__i${name}__`, arithmetic(operation, false)],
    [`__r${name}__`, arithmetic(operation, true)],
  ]),
  ['__rfloordiv__', quotientOfReciprocals],
  ['__abs__', (series: ContinuousSeries) => output(ok(mapSamples(series, Math.abs)))],
  ['__neg__', (series: ContinuousSeries) => output(ok(mapSamples(series, (sample) => -sample)))],
]) as Readonly<Record<string, Continuous>>;

/** A part of the series with some of its channels. */
function clip(series: ContinuousSeries, given: Given): Result<CaseValue> {
  const channels = placesOf(given(2, 'channels'), series.channelCount);
  const wrong = channels === undefined ? undefined : channelProblem(channels, series.channelCount);
  if (wrong !== undefined) return refused(wrong.message);
  const [from, to] = [maybeNumber(given(0, 't_start')), maybeNumber(given(1, 't_stop'))];
  const sampleLimits = given(4, 'sample_limits') !== false;
  const read = nothingWhereEmpty(series);
  const includeStop = given(3, 'include_stop') !== false;
  const inside = clipSeries(read, from, to, { includeStop, sampleLimits: false });
  // As released: where nothing lies between the limits, there is a sample at each of them.
  const atBoth = sampleLimits && inside.ok && inside.value.times.length === 0;
  const clipped = atBoth
    ? resampleSeries(read, Float64Array.of(inside.value.start, inside.value.stop))
    : clipSeries(read, from, to, { includeStop, sampleLimits });
  if (channels === undefined) return output(clipped);
  return output(andThen(clipped, (part) => selectChannels(part, channels)));
}

function withOther(given: Given, act: (other: ContinuousSeries) => Result<ContinuousSeries>): Result<CaseValue> {
  return output(andThen(continuousOf(given(0, 'other_series')), act));
}

/** As released, one sample has no distance to the next, so what is appended to it has no times. */
function withoutLaterTimes(appended: ContinuousSeries, stop: number): ContinuousSeries {
  if (appended.times.length === 1) return appended;
  return { ...appended, times: appended.times.map((time, place) => (place === 0 ? time : NaN)), stop };
}

const methods: Readonly<Record<string, Continuous>> = {
  ...arithmeticMethods,
  __call__(series, given) {
    const read = nothingWhereEmpty(series);
    const times = numbersOf(given(0, 'times'));
    return ok(rowsArray(times.length, read.channelCount, evaluateSeries(read, times)));
  },
  __getitem__: (series, given) => itemsOf(series, given(0, 'indices')),
  clip,
  resample: (series, given) =>
    resampled(series, numbersOf(given(0, 'times')), placesOf(given(1, 'channels'), series.channelCount)),
  append_c: (series, given) => withOther(given, (other) => ok(appendChannels(series, nothingWhereEmpty(other)))),
  append_t: (series, given) =>
    withOther(given, (other) => {
      const offset = maybeNumber(given(1, 'offset'));
      const appended = appendInTime(series, other, offset);
      return offset === undefined && series.times.length === 1
        ? mapResult(appended, (all) => withoutLaterTimes(all, series.stop))
        : appended;
    }),
  merge: (series, given) =>
    withOther(given, (other) => mergeSeries(series, other, given(1, 'remove_duplicates') !== false)),
  delay: (series, given) => output(delaySeries(series, maybeNumber(given(0, 'offset')) ?? 0)),
  contains: (series, given) => ok(containsTimes(series, numbersOf(given(0, 'times')))),
  copy: (series) => ok(continuousRecord(series)),
  isempty: (series) => ok(series.times.length === 0),
  print: (series) => ok(printSeries(series)),
  'get duration': (series) => ok(series.stop - series.start),
  'get t_start': (series) => ok(series.start),
  'get t_stop': (series) => ok(series.stop),
  'get periodic': (series) => ok(series.periodic),
  'get interp_kind': (series) => ok(series.interpolation),
  'get num_channels': (series) => ok(series.channelCount),
  'get num_traces': (series) => ok(series.channelCount),
  'get times': (series) => ok(vectorArray(series.times)),
  'get samples': (series) => ok(rowsArray(series.times.length, series.channelCount, series.samples)),
  'get max': (series) => extreme(series, 'greatest'),
  'get min': (series) => extreme(series, 'least'),
  'set t_start': (series, given) => output(changedSeries(series, { start: numberGiven(given) })),
  'set t_stop': (series, given) => output(changedSeries(series, { stop: numberGiven(given) })),
  'set periodic': (series, given) => output(changedSeries(series, { periodic: given(0, 'value') === true })),
  // As released, what a series is read by changes when it is read next, so even a spline may have too few samples.
  'set interp_kind': (series, given) => ok({ ...continuousRecord(series), interp_kind: given(0, 'value') ?? null }),
  'set times': (series, given) => {
    const times = numbersOf(given(0, 'value'));
    const start = Math.min(series.start, times[0] ?? series.start);
    return output(changedSeries(series, { times, start, stop: Math.max(series.stop, times.at(-1) ?? series.stop) }));
  },
  'set samples': (series, given) => {
    const { shape, values } = arrayOf(given(0, 'value'), 'samples');
    const rows = series.times.length;
    const asRows = shape.length < 2 || shape[0] === rows;
    if (!asRows || values.length < rows) return refused(`There must be ${rows} rows of samples.`);
    const channelCount = rows === 0 ? (shape[1] ?? 0) : Math.floor(values.length / rows);
    return output(changedSeries(series, { samples: values, channelCount }));
  },
};

function numberGiven(given: Given): number {
  return maybeNumber(given(0, 'value')) ?? NaN;
}

function extreme(series: ContinuousSeries, which: 'least' | 'greatest'): Result<CaseValue> {
  const found = extremesOf(series);
  return found === undefined ? refused('A series without samples has no extremes.') : ok(found[which]);
}

function run(reference: ReferenceCase) {
  const { op, input } = reference.all;
  if (op === 'construct') return mapResult(construct(givenIn(reference)), (value) => ({ output: value }));
  return andThen(continuousOf(input), (series) => runMethod(reference, methods, series));
}

export const continuousSeries: System = {
  id: 'rockpool.TSContinuous',
  kinds: ['timeseries'],
  where: [
    'timeseries/evaluate.ts evaluateSeries',
    'timeseries/cut-continuous.ts clipSeries',
    'timeseries/combine-continuous.ts mergeSeries',
    'timeseries/arithmetic.ts combineSamples',
    'stimuli/series',
  ],
  deviations: [
    'Series never run backwards: rows read at times that decrease are values here, not a series.',
    'An empty series keeps its channels, which are not a number at any time; the original forgets them when it is read.',
    'Two samples at the very first time: there straight lines have the value of the second; the original has none.',
    'number // series is the whole quotient itself; the original cuts the quotient of the two reciprocals, as the cases have it.',
    'Samples of one series appended to a single sample come right after it where no offset is given; the original loses their times.',
  ],
  run,
};
