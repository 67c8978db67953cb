/** What can be done with a series of rows, as in Rockpool's TSContinuous. */
import { problem } from '../../base/problem.ts';
import { andThen, failed, mapResult, ok, type Result } from '../../base/result.ts';
import { combineSamples, mapSamples, type Operation } from '../../timeseries/arithmetic.ts';
import { appendChannels, appendInTime, mergeSeries } from '../../timeseries/combine-continuous.ts';
import { changedSeries, interpolationKinds, type ContinuousSeries } from '../../timeseries/continuous-series.ts';
import { clipSeries, delaySeries, resampleSeries, selectChannels } from '../../timeseries/cut-continuous.ts';
import {
  channelsOf,
  flagField,
  flagOf,
  neededOther,
  neededTime,
  numberOf,
  textOf,
  timeField,
  timeOf,
  type Given,
  type OperationField,
  type SeriesOperation,
} from './series-operation.ts';

type Rows = SeriesOperation<ContinuousSeries>;

const from = timeField('from', 'From', '', 'the beginning');
const to = timeField('to', 'To', '', 'the end');
const includeStop = flagField('include_stop', 'Keep what is exactly at the end', true);
const sampleLimits = flagField('sample_limits', 'Add rows at both ends', true);

const clip: Rows = {
  id: 'clip',
  title: 'Clip…',
  summary: 'Keeps the part between two times, with rows read off at both.',
  fields: [from, to, includeStop, sampleLimits],
  apply: (series, given) =>
    andThen(timeOf(given, from), (first) =>
      andThen(timeOf(given, to), (last) =>
        clipSeries(series, first, last, {
          includeStop: flagOf(given, includeStop),
          sampleLimits: flagOf(given, sampleLimits),
        }),
      ),
    ),
};

const every = timeField('every', 'Every', '1 ms');
/** Rows that a resampled series may have. */
const mostRows = 2 ** 24;

const resample: Rows = {
  id: 'resample',
  title: 'Resample…',
  summary: 'Reads the series off at even times from its first row on.',
  fields: [every],
  apply: (series, given) => andThen(neededTime(given, every), (period) => resampled(series, period)),
};

function resampled(series: ContinuousSeries, period: number): Result<ContinuousSeries> {
  const [first = 0, last = 0] = [series.times[0], series.times.at(-1)];
  const rows = Math.floor((last - first) / period + 1e-9) + 1;
  if (!(period > 0) || rows > mostRows) {
    const message = `Every ${period} s cannot be sampled from ${first} s to ${last} s.`;
    return failed(
      problem('timeseries/invalid', message, { hint: `The time is above 0 and gives at most ${mostRows} rows.` }),
    );
  }
  const times = Float64Array.from({ length: rows }, (_, row) => Math.min(first + row * period, last));
  return resampleSeries(series, times);
}

const kind: OperationField = {
  name: 'kind',
  title: 'Between rows',
  type: 'choice',
  start: 'linear',
  choices: interpolationKinds.filter((each) => each !== 'zero').map((each) => ({ value: each, title: each })),
};

const interpolate: Rows = {
  id: 'interpolate',
  title: 'Interpolation…',
  summary: 'Chooses what is played between two rows.',
  fields: [kind],
  apply(series, given) {
    const interpolation = interpolationKinds.find((each) => each === textOf(given, kind));
    return interpolation === undefined ? ok(series) : changedSeries(series, { interpolation });
  },
};

const by = timeField('by', 'Later by', '10 ms');

const delay: Rows = {
  id: 'delay',
  title: 'Delay…',
  summary: 'Moves the whole series to later times, or with a negative time to earlier ones.',
  fields: [by],
  apply: (series, given) => andThen(neededTime(given, by), (offset) => delaySeries(series, offset)),
};

const chosen: OperationField = { name: 'channels', title: 'Channels', type: 'channels', start: '0' };

const channels: Rows = {
  id: 'channels',
  title: 'Channels…',
  summary: 'Keeps channels in the order given; the first of them becomes channel 0.',
  fields: [chosen],
  apply: (series, given) => andThen(channelsOf(given, chosen), (list) => selectChannels(series, list)),
};

const operator: OperationField = {
  name: 'operator',
  title: 'Operation',
  type: 'choice',
  start: 'add',
  choices: [
    { value: 'add', title: '+' },
    { value: 'subtract', title: '−' },
    { value: 'multiply', title: '×' },
    { value: 'divide', title: '/' },
    { value: 'floorDivide', title: '// (whole quotient)' },
    { value: 'power', title: '** (power)' },
    { value: 'abs', title: '|x| (absolute value)' },
    { value: 'negate', title: '−x (negative)' },
  ],
};
const operand: OperationField = { name: 'operand', title: 'Number', type: 'number', start: '1', empty: 'a series' };
const swapped = flagField('swapped', 'Number or second series first', false);
const single: Readonly<Record<string, (sample: number) => number>> = { abs: Math.abs, negate: (sample) => -sample };

const arithmetic: Rows = {
  id: 'arithmetic',
  title: 'Arithmetic…',
  summary: 'Combines every number with another number, or with what a second series is at the same time.',
  fields: [operator, operand, swapped],
  other: 'optional',
  apply(series, given, other) {
    const name = textOf(given, operator);
    const alone = single[name];
    if (alone !== undefined) return ok(mapSamples(series, alone));
    const second = other === undefined ? numberOf(given, operand) : ok(other);
    return andThen<number | ContinuousSeries | undefined, ContinuousSeries>(second, (value) =>
      combineSamples(series, name as Operation, value ?? 0, flagOf(given, swapped)),
    );
  },
};

const once = flagField('once', 'Leave out rows at times that are there already', true);

const merge: Rows = {
  id: 'merge',
  title: 'Merge with…',
  summary: 'Puts the rows of a second series with as many channels among its own, by time.',
  fields: [once],
  other: 'needed',
  apply: (series, given, other) =>
    andThen(neededOther(series, other), (second) => mergeSeries(series, second, flagOf(given, once))),
};

const gap = timeField('gap', 'Behind the end by', '', 'the usual distance of its rows');

const append: Rows = {
  id: 'append',
  title: 'Append in time…',
  summary: 'Puts a second series with as many channels behind the end of it.',
  fields: [gap],
  other: 'needed',
  apply: (series, given, other) =>
    andThen(neededOther(series, other), (second) =>
      andThen(timeOf(given, gap), (offset) => appendInTime(series, second, offset)),
    ),
};

const beside: Rows = {
  id: 'append-channels',
  title: 'Append channels…',
  summary: 'Puts the channels of a second series, read off at its own times, behind its own.',
  fields: [],
  other: 'needed',
  apply: (series, _: Given, other) => mapResult(neededOther(series, other), (second) => appendChannels(series, second)),
};

/** In the order of the menu. */
export const operationsOnRows: readonly Rows[] = [
  clip,
  resample,
  interpolate,
  delay,
  channels,
  arithmetic,
  merge,
  append,
  beside,
];
