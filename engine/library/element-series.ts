/** A series as parameters of the stimulus that plays it, and back: what import, operations and export work with. */
import { problem, type Problem } from '../base/problem.ts';
import { andThen, failed, mapResult, ok, type Result } from '../base/result.ts';
import { decodeArray, encodeArray } from '../model/arrays.ts';
import type { ArrayRecord, ElementRecord, SpikeloomDocument } from '../model/document.ts';
import type { ParameterValue } from '../model/value.ts';
import {
  createContinuousSeries,
  createSampledSeries,
  interpolationKinds,
  type ContinuousSeries,
} from '../timeseries/continuous-series.ts';
import { createEventSeries, type EventSeries } from '../timeseries/event-series.ts';
import { checkDimension, siNumber } from '../units/convert.ts';
import type { Series } from './series-operations/series-operation.ts';

/** The kinds that play a series. */
export const seriesKinds = { continuous: 'stimuli/series', events: 'stimuli/events' } as const;

export interface SeriesParameters {
  readonly kind: (typeof seriesKinds)[keyof typeof seriesKinds];
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly arrays: readonly ArrayRecord[];
}

/** Settings of the import that are not of the series itself. */
export interface PlaySettings {
  /** Where the numbers come from, shown under their picture. */
  readonly source: string;
  /** One row per time step, whatever its length. */
  readonly everyStep?: boolean;
  /** What `after` was; kept where the series does not repeat. */
  readonly after?: string;
  /** Members of a batch that the channels are dealt out to; as it was unless said. */
  readonly members?: number;
}

/**
 * The parameters that play the series. Fails where a sample is not a finite number, and where there is nothing to play.
 */
export function parametersOfSeries(series: Series, settings: PlaySettings): Result<SeriesParameters> {
  if (series.times.length === 0)
    return failed(
      problem('timeseries/invalid', `There is no ${series.type === 'events' ? 'event' : 'row'} to play.`, {
        hint: 'Take a longer part or other channels.',
      }),
    );
  return series.type === 'events' ? ok(eventParameters(series, settings)) : rowParameters(series, settings);
}

function column(values: ArrayLike<number>, source: string): ArrayRecord {
  return encodeArray(Float64Array.from(values), [values.length, 1], { source: source.slice(0, 400) });
}

const seconds = (value: number): ParameterValue => ({ value, unit: 's' });

function eventParameters(series: EventSeries, { source }: PlaySettings): SeriesParameters {
  const [times, channels] = [column(series.times, source), column(series.channels, source)];
  const last = series.times.at(-1) as number;
  return {
    kind: seriesKinds.events,
    parameters: {
      times: { array: times.id, unit: 's' },
      channels: { array: channels.id, unit: '1' },
      size: series.channelCount,
      periodic: series.periodic,
      start: seconds(series.periodic ? series.start : Math.min(0, series.start)),
      stop: seconds(series.stop > last || series.periodic ? series.stop : 0),
    },
    arrays: [times, channels],
  };
}

function rowParameters(series: ContinuousSeries, settings: PlaySettings): Result<SeriesParameters> {
  const { source, everyStep, after } = settings;
  const { times, samples, channelCount, periodic } = series;
  const found = problemOfSamples(series);
  if (found !== undefined) return failed(found);
  const rows = encodeArray(samples, [times.length, channelCount], { source: source.slice(0, 400) });
  const period = everyStep === true ? 0 : evenPeriodOf(series);
  const when = period === undefined ? [column(times, source)] : [];
  const [own] = when;
  return ok({
    kind: seriesKinds.continuous,
    parameters: {
      series: { array: rows.id, unit: '1' },
      times: own === undefined ? null : { array: own.id, unit: 's' },
      sample_period: { value: Number(((period ?? 0) * 1000).toPrecision(15)), unit: 'ms' },
      interpolation: series.interpolation === 'zero' ? 'previous' : series.interpolation,
      after: periodic ? 'repeat' : after === 'zero' ? 'zero' : 'hold',
      period: seconds(periodic ? series.stop - series.start : 0),
      ...dealtOut(settings),
    },
    arrays: [rows, ...when],
  });
}

function dealtOut({ members }: PlaySettings): Record<string, ParameterValue> {
  return members === undefined ? {} : { members };
}

function problemOfSamples({ times, samples, channelCount }: ContinuousSeries): Problem | undefined {
  const wrong = samples.findIndex((sample) => !Number.isFinite(sample));
  if (wrong < 0) return undefined;
  const row = Math.floor(wrong / channelCount);
  const where = `Row ${row + 1} of channel ${wrong % channelCount} (at ${times[row]} s)`;
  return problem('timeseries/invalid', `${where} is ${samples[wrong]}, which is not a finite number.`, {
    hint: 'Before its first and after its last row a series has no value.',
  });
}

/** Why the channels of a series cannot be dealt out to the members of the batch that the element has; undefined where they can. */
export function problemOfMembers(document: SpikeloomDocument, id: string, series: Series): Problem | undefined {
  const members = document.elements[id]?.parameters['members'];
  if (series.type === 'events' || typeof members !== 'number' || series.channelCount % members === 0) return undefined;
  const message = `The series has ${series.channelCount} channels then, which cannot be dealt out to ${members} members of a batch.`;
  return problem('timeseries/invalid', message, {
    hint: `Keep a multiple of ${members} channels, or set the batch size to 1 first.`,
  });
}

/** The time between rows where they begin at 0 and are evenly spaced but for rounding; a series that repeats keeps its times. */
function evenPeriodOf({ times, periodic }: ContinuousSeries): number | undefined {
  if (times.length < 2 || periodic || times[0] !== 0) return undefined;
  const period = (times.at(-1) as number) / (times.length - 1);
  const near = (time: number, row: number): boolean =>
    Math.abs(time - row * period) <= 1e-9 * period * Math.max(1, row);
  return period > 0 && times.every(near) ? period : undefined;
}

/** The series that an element plays, without its scale, offset and delay; undefined where it plays none. */
export function seriesOfElement(document: SpikeloomDocument, id: string): Result<Series> | undefined {
  const element = document.elements[id];
  if (element?.kind === seriesKinds.events) return eventsOfElement(document, element);
  return element?.kind === seriesKinds.continuous ? rowsOfElement(document, element) : undefined;
}

interface Numbers {
  readonly values: Float64Array;
  readonly width: number;
}

/** Numbers of a parameter, times in seconds; none where it is not set. */
function numbersOf(document: SpikeloomDocument, value: ParameterValue | undefined): Result<Numbers> {
  const none = { values: new Float64Array(), width: 1 };
  if (typeof value !== 'object' || value === null || !('array' in value)) return ok(none);
  const record = document.arrays[value.array];
  if (record === undefined) return ok(none);
  return andThen(decodeArray(record), ({ values, shape }) => {
    const width = shape[1] ?? 1;
    const { unit } = value;
    if (unit === '1' || unit === '') return ok({ values, width });
    return mapResult(checkDimension({ value: 1, unit }, 's', 'times'), () => ({
      values: values.map((each) => siNumber(each, unit)),
      width,
    }));
  });
}

function timeIn(value: ParameterValue | undefined): number {
  if (typeof value !== 'object' || value === null || !('value' in value)) return 0;
  const si = checkDimension(value, 's', 'time');
  return si.ok ? si.value : 0;
}

function eventsOfElement(document: SpikeloomDocument, { parameters }: ElementRecord): Result<EventSeries> {
  return andThen(numbersOf(document, parameters['times']), ({ values: times }) =>
    andThen(numbersOf(document, parameters['channels']), ({ values: channels }) => {
      const { size } = parameters;
      const [start, stop] = [timeIn(parameters['start']), timeIn(parameters['stop'])];
      return createEventSeries(
        times,
        channels.length === 0 ? new Int32Array(times.length) : Int32Array.from(channels),
        {
          start,
          ...(stop === 0 ? {} : { stop }),
          ...(typeof size === 'number' && size > 0 ? { channelCount: size } : {}),
          periodic: parameters['periodic'] === true,
        },
      );
    }),
  );
}

function rowsOfElement(document: SpikeloomDocument, { parameters }: ElementRecord): Result<ContinuousSeries> {
  return andThen(numbersOf(document, parameters['series']), ({ values, width }) =>
    andThen(numbersOf(document, parameters['times']), ({ values: given }) => {
      const interpolation = interpolationKinds.find((kind) => kind === parameters['interpolation']) ?? 'linear';
      const periodic = parameters['after'] === 'repeat';
      if (given.length > 0) {
        const start = given[0] as number;
        const stop = Math.max(given.at(-1) as number, start + timeIn(parameters['period']));
        const limits = periodic ? { start, stop } : {};
        return createContinuousSeries(given, values, width, { interpolation, periodic, ...limits });
      }
      const every = timeIn(parameters['sample_period']) || timeIn(document.run.timeStep);
      return createSampledSeries(periodic ? closed(values, width) : values, width, every, { interpolation, periodic });
    }),
  );
}

/** Where rows repeat, the first follows the last. */
function closed(values: Float64Array, width: number): Float64Array {
  const rows = new Float64Array(values.length + width);
  rows.set(values);
  rows.set(values.subarray(0, width), values.length);
  return rows;
}
