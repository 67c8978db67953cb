/** Series import: from the chosen columns to a series, and what of its times is not its own. */
import { problem } from '../../engine/base/problem.ts';
import { andThen, failed, mapResult, ok, type Result } from '../../engine/base/result.ts';
import { evenPeriod } from '../../engine/formats/csv-series.ts';
import type { Series } from '../../engine/library/series-operations/series-operation.ts';
import {
  createContinuousSeries,
  createSampledSeries,
  type InterpolationKind,
} from '../../engine/timeseries/continuous-series.ts';
import { createEventSeries, type EventSeries } from '../../engine/timeseries/event-series.ts';
import { siNumber } from '../../engine/units/convert.ts';
import type { SeriesSource, SeriesTable } from './series-source.ts';

/** Where times come from. `fromZero`: the first row is at 0, whatever its time. */
export type SeriesTiming =
  | { readonly kind: 'steps' }
  | { readonly kind: 'rate'; readonly hertz: number }
  | { readonly kind: 'column'; readonly column: string; readonly unit: string; readonly fromZero?: boolean };

/** The columns that say what an event is; without a column of channels all are on channel 0. */
export interface EventColumns {
  readonly time: string;
  readonly unit: string;
  readonly channel: string | undefined;
  /** The number of the first channel in the file. */
  readonly firstChannel: number;
}

export interface ImportedSeries {
  readonly series: Series;
  /** One row per time step, whatever its length. */
  readonly everyStep: boolean;
  /** Where the numbers come from, in words. */
  readonly source: string;
  /** Members of a batch that the columns are of, as many of each. */
  readonly members?: number;
}

/** Units of a time column. */
export const timeUnits = ['s', 'ms', 'us', 'min', 'h'] as const;

const timeNames = /^(t|time|times|timestamp|zeit)([\s_([]|$)/i;
const channelNames = /^(channels?|cells?|neurons?|units?|ids?|addr(ess)?(es)?|kanal)([\s_([]|$)/i;

function unitTold(column: string): string {
  const told = /[_\s([](s|sec|ms|us|µs|min|h)[)\]]?$/i.exec(column)?.[1]?.toLowerCase() ?? 's';
  return told === 'sec' ? 's' : told === 'µs' ? 'us' : told;
}

/** The first column that is called a time, with the unit its name tells. */
export function guessTiming(source: SeriesSource): SeriesTiming {
  const column = source.numeric.find((name) => timeNames.test(name));
  if (column === undefined || source.numeric.length < 2) return { kind: 'steps' };
  return { kind: 'column', column, unit: unitTold(column), fromZero: true };
}

/** The columns of a file of events: one called a time beside one called a channel; undefined for other files. */
export function guessEvents(source: SeriesSource): EventColumns | undefined {
  const time = source.numeric.find((name) => timeNames.test(name));
  const channel = source.numeric.find((name) => channelNames.test(name));
  if (time === undefined || channel === undefined || source.numeric.length > 2) return undefined;
  return { time, unit: unitTold(time), channel, firstChannel: 0 };
}

/** Reads the columns. Fails with the problems of the file, which name line and column; the document is not involved. */
export function importColumns(
  source: SeriesSource,
  columns: readonly string[],
  timing: SeriesTiming,
  interpolation: InterpolationKind = 'linear',
): Result<ImportedSeries> {
  const channels = columns.filter((column) => timing.kind !== 'column' || column !== timing.column);
  if (channels.length === 0)
    return failed(
      problem('csv/column', 'No column is chosen.', { hint: 'Choose at least one column beside the time column.' }),
    );
  const words = channels.length > 4 ? `${channels.length} columns` : channels.join(', ');
  const made = (series: Result<Series>): Result<ImportedSeries> =>
    mapResult(series, (each) => ({
      series: each,
      everyStep: timing.kind === 'steps',
      source: `${source.name} · ${words}`,
      ...membersOf(source, channels),
    }));
  if (timing.kind === 'column')
    return made(andThen(source.read([timing.column, ...channels]), (table) => timedRows(table, timing, interpolation)));
  return andThen(periodOf(timing), (period) =>
    made(
      andThen(source.read(channels), ({ values }) =>
        createSampledSeries(values, channels.length, period, { interpolation }),
      ),
    ),
  );
}

/** Nothing unless the columns are of several members, one member's after the other's and as many of each. */
function membersOf({ members }: SeriesSource, columns: readonly string[]): Pick<ImportedSeries, 'members'> {
  const found = columns.map((column) => members?.get(column));
  const count = new Set(found).size;
  const each = found.length / count;
  const dealt = found.every(
    (member, place) =>
      member !== undefined && member === found[Math.floor(place / each) * each] && Number.isInteger(each),
  );
  return dealt && count > 1 ? { members: count } : {};
}

/** Seconds from row to row; one of the time steps, of whatever length, is written as 1 ms. */
function periodOf(timing: Exclude<SeriesTiming, { kind: 'column' }>): Result<number> {
  if (timing.kind === 'steps') return ok(0.001);
  if (!(timing.hertz > 0) || !Number.isFinite(timing.hertz))
    return failed(problem('timeseries/invalid', 'The sample rate must be a positive number.'));
  return ok(1 / timing.hertz);
}

/** Times are in the first column of the table. Those that are even but for rounding are made even. */
function timedRows(
  table: SeriesTable,
  { unit, fromZero }: Extract<SeriesTiming, { kind: 'column' }>,
  interpolation: InterpolationKind,
): Result<Series> {
  const width = table.names.length;
  const times = timesIn(table, unit);
  const early = times.findIndex((time, row) => row > 0 && !(time > (times[row - 1] as number)));
  if (early > 0) return failed(timeOrder(table, early, 'is not later than'));
  if (table.rows < 2) return failed(problem('csv/empty', 'A series with times needs at least two rows.'));
  const samples = table.values.filter((_, place) => place % width !== 0);
  const even = fromZero === true ? evenPeriod(times) : undefined;
  if (even !== undefined) return createSampledSeries(samples, width - 1, rounded(even), { interpolation });
  const [first] = times as unknown as [number];
  const shifted = fromZero === true ? times.map((time) => time - first) : times;
  return createContinuousSeries(shifted, samples, width - 1, { interpolation });
}

function rounded(seconds: number): number {
  return Number(seconds.toPrecision(12));
}

function timesIn(table: SeriesTable, unit: string): Float64Array {
  const width = table.names.length;
  return Float64Array.from({ length: table.rows }, (_, row) => siNumber(table.values[row * width] as number, unit));
}

function timeOrder(table: SeriesTable, row: number, words: string) {
  const line = table.lines?.[row] ?? row + 1;
  const time = table.values[row * table.names.length];
  return problem('csv/time-order', `The time in ${placeOf(table, row)} (${time}) ${words} the one before.`, {
    hint: 'Sort the rows by time, or choose another time column.',
    at: { line },
  });
}

function placeOf(table: SeriesTable, row: number): string {
  const line = table.lines?.[row];
  return line === undefined ? `row ${row + 1}` : `line ${line}`;
}

/** Reads the events. Fails with the problems of the file; times may be equal, but not go back. */
export function importEvents(source: SeriesSource, columns: EventColumns): Result<ImportedSeries> {
  const { time, channel, unit, firstChannel } = columns;
  const wanted = channel === undefined ? [time] : [time, channel];
  const events = andThen(source.read(wanted), (table) => eventsIn(table, unit, firstChannel));
  return mapResult(events, (series) => ({ series, everyStep: false, source: `${source.name} · ${wanted.join(', ')}` }));
}

function eventsIn(table: SeriesTable, unit: string, firstChannel: number): Result<EventSeries> {
  const times = timesIn(table, unit);
  const early = times.findIndex((time, row) => row > 0 && time < (times[row - 1] as number));
  if (early > 0) return failed(timeOrder(table, early, 'is earlier than'));
  const channels = table.names.length === 1 ? new Float64Array(table.rows) : channelsIn(table, firstChannel);
  const wrong = channels.findIndex((each) => !(Number.isInteger(each) && each >= 0 && each < mostChannels));
  if (wrong >= 0)
    return failed(
      problem('csv/bad-cell', `The channel in ${placeOf(table, wrong)} is ${table.values[2 * wrong + 1]}.`, {
        hint: `Channels are whole numbers from ${firstChannel} to ${mostChannels - 1 + firstChannel}.`,
        at: { line: table.lines?.[wrong] ?? wrong + 1, column: 2 },
      }),
    );
  const start = Math.min(0, times[0] ?? 0);
  return createEventSeries(times, Int32Array.from(channels), { start });
}

const mostChannels = 1_000_000;

function channelsIn({ rows, values }: SeriesTable, firstChannel: number): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) => (values[2 * row + 1] as number) - firstChannel);
}
