/** Series import: from the chosen columns to an array of the document and the time between its rows. */
import { problem } from '../../engine/base/problem.ts';
import { andThen, expectOk, failed, ok, type Result } from '../../engine/base/result.ts';
import { evenPeriod } from '../../engine/formats/csv-series.ts';
import { encodeArray } from '../../engine/model/arrays.ts';
import type { ArrayRecord } from '../../engine/model/document.ts';
import type { Quantity } from '../../engine/model/value.ts';
import { createContinuousSeries } from '../../engine/timeseries/continuous-series.ts';
import { evaluateSeries } from '../../engine/timeseries/evaluate.ts';
import { siNumber } from '../../engine/units/convert.ts';
import type { SeriesSource, SeriesTable } from './series-source.ts';

/** Where times come from. */
export type SeriesTiming =
  | { readonly kind: 'steps' }
  | { readonly kind: 'rate'; readonly hertz: number }
  | { readonly kind: 'column'; readonly column: string; readonly unit: string };

export interface ImportedSeries {
  readonly array: ArrayRecord;
  /** Time from row to row; zero = one row per time step. */
  readonly period: Quantity;
  readonly rows: number;
  /** The rows were not evenly spaced and were read off anew by straight lines. */
  readonly resampled: boolean;
}

/** Units of a time column. */
export const timeUnits = ['s', 'ms', 'us', 'min', 'h'] as const;

/** The first column that is called a time, with the unit its name tells. */
export function guessTiming(source: SeriesSource): SeriesTiming {
  const column = source.numeric.find((name) => /^(t|time|times|timestamp|zeit)([\s_([]|$)/i.test(name));
  if (column === undefined || source.numeric.length < 2) return { kind: 'steps' };
  const told = /[_\s([](s|sec|ms|us|µs|min|h)[)\]]?$/i.exec(column)?.[1]?.toLowerCase() ?? 's';
  const unit = told === 'sec' ? 's' : told === 'µs' ? 'us' : told;
  return { kind: 'column', column, unit };
}

/** Reads the columns. Fails with the problems of the file, which name line and column; the document is not involved. */
export function importColumns(
  source: SeriesSource,
  columns: readonly string[],
  timing: SeriesTiming,
): Result<ImportedSeries> {
  const channels = columns.filter((column) => timing.kind !== 'column' || column !== timing.column);
  if (channels.length === 0)
    return failed(
      problem('csv/column', 'No column is chosen.', { hint: 'Choose at least one column beside the time column.' }),
    );
  if (timing.kind !== 'column') {
    const period = periodOf(timing);
    return andThen(period, (value) =>
      andThen(source.read(channels), (table) => ok(imported(source, table, value, false))),
    );
  }
  return andThen(source.read([timing.column, ...channels]), (table) => timed(source, table, timing.unit));
}

function periodOf(timing: Exclude<SeriesTiming, { kind: 'column' }>): Result<Quantity> {
  if (timing.kind === 'steps') return ok({ value: 0, unit: 'ms' });
  if (!(timing.hertz > 0) || !Number.isFinite(timing.hertz))
    return failed(problem('timeseries/invalid', 'The sample rate must be a positive number.'));
  return ok({ value: 1000 / timing.hertz, unit: 'ms' });
}

/** Times are in the first column of the table. */
function timed(source: SeriesSource, table: SeriesTable, unit: string): Result<ImportedSeries> {
  const width = table.names.length;
  const times = Float64Array.from({ length: table.rows }, (_, row) =>
    siNumber(table.values[row * width] as number, unit),
  );
  const early = times.findIndex((time, row) => row > 0 && !(time > (times[row - 1] as number)));
  if (early > 0) {
    return failed(
      problem('csv/time-order', `The time in row ${early + 1} is not later than the one before.`, {
        hint: 'Sort the rows by time, or choose another time column.',
        at: { line: early + 1 },
      }),
    );
  }
  if (table.rows < 2) return failed(problem('csv/empty', 'A series with times needs at least two rows.'));
  const even = evenPeriod(times);
  const period = even ?? ((times[table.rows - 1] as number) - (times[0] as number)) / (table.rows - 1);
  const quantity = { value: Number((period * 1000).toPrecision(12)), unit: 'ms' };
  const channels = {
    ...table,
    names: table.names.slice(1),
    values: table.values.filter((_, place) => place % width !== 0),
  };
  return ok(
    imported(source, even === undefined ? resampled(channels, times, period) : channels, quantity, even === undefined),
  );
}

/** The table at evenly spaced times, between the rows by straight lines. */
function resampled(table: SeriesTable, times: Float64Array, period: number): SeriesTable {
  const series = expectOk(createContinuousSeries(times, table.values, table.names.length));
  // The last of them may be put behind the last row by rounding.
  const even = times.map((_, row) => Math.min(series.stop, series.start + row * period));
  return { ...table, values: evaluateSeries(series, even) };
}

function imported(source: SeriesSource, table: SeriesTable, period: Quantity, isResampled: boolean): ImportedSeries {
  const channels = table.names.length > 4 ? `${table.names.length} columns` : table.names.join(', ');
  const array = encodeArray(table.values, [table.rows, table.names.length], {
    source: `${source.name} · ${channels}`.slice(0, 400),
  });
  return { array, period, rows: table.rows, resampled: isResampled };
}
