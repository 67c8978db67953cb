/** A CSV table as a time series: times from a column, or from the period between rows. */
import { problem } from '../base/problem.ts';
import { andThen, failed, type Result } from '../base/result.ts';
import { createContinuousSeries, createSampledSeries, type ContinuousSeries } from '../timeseries/continuous-series.ts';
import type { CsvTable } from './csv.ts';

/** Where times come from: a column (name or one-based number) in units of `secondsPerUnit` (default 1), or the period between rows. */
export type CsvTimes =
  { readonly column: string | number; readonly secondsPerUnit?: number } | { readonly samplePeriodSeconds: number };

/** The columns of a table (all but the time column) as channels of a series. */
export function seriesFromTable(table: CsvTable, times: CsvTimes): Result<ContinuousSeries> {
  if ('samplePeriodSeconds' in times) {
    if (times.samplePeriodSeconds > 0)
      return createSampledSeries(table.values, table.names.length, times.samplePeriodSeconds);
    return failed(problem('timeseries/invalid', 'The time between two rows must be positive.'));
  }
  const column = typeof times.column === 'number' ? times.column - 1 : table.names.indexOf(times.column);
  if (table.names[column] === undefined) {
    return failed(
      problem('csv/column', `There is no time column "${times.column}".`, {
        hint: `The columns are: ${table.names.join(', ')}.`,
      }),
    );
  }
  return andThen(timesOf(table, column, times.secondsPerUnit ?? 1), (points) => {
    const width = table.names.length;
    return createContinuousSeries(
      points,
      table.values.filter((_, place) => place % width !== column),
      width - 1,
    );
  });
}

function timesOf(table: CsvTable, column: number, secondsPerUnit: number): Result<Float64Array> {
  const width = table.names.length;
  const points = Float64Array.from(
    { length: table.rows },
    (_, row) => (table.values[row * width + column] as number) * secondsPerUnit,
  );
  const early = points.findIndex((time, row) => row > 0 && !(time > (points[row - 1] as number)));
  if (early < 0) return { ok: true, value: points, problems: [] };
  const line = table.lines[early] as number;
  return failed(
    problem(
      'csv/time-order',
      `The time in line ${line} (${table.values[early * width + column]}) is not later than the one before.`,
      {
        hint: 'Sort the rows by time, or choose another time column.',
        at: { line, column: column + 1 },
      },
    ),
  );
}

/** Seconds between rows if they are evenly spaced to a hundredth of that (times are often rounded), else undefined. */
export function evenPeriod(times: Float64Array): number | undefined {
  const first = times[0] ?? 0;
  const period = ((times[times.length - 1] ?? 0) - first) / (times.length - 1);
  if (!(period > 0)) return undefined;
  return times.every((time, row) => Math.abs(time - first - row * period) <= 0.01 * period) ? period : undefined;
}
