/** Series source: what a file of numbers offers before it is imported: its columns and first rows. */
import { problem } from '../../engine/base/problem.ts';
import { failed, mapResult, ok, type Result } from '../../engine/base/result.ts';
import { guessDelimiter, splitLines } from '../../engine/formats/csv-lines.ts';
import { parseCsv } from '../../engine/formats/csv.ts';
import { readNpy } from '../../engine/formats/npy.ts';
import { readNpz } from '../../engine/formats/npz.ts';
import { isSavedSeries, readSeriesNpz, type SavedSeries } from '../../engine/formats/series-npz.ts';
import type { NumericArray } from '../../engine/model/validated.ts';

export interface SeriesSource {
  readonly name: string;
  /** Names of the columns, in file order. */
  readonly columns: readonly string[];
  /** Columns whose first cell is a number. */
  readonly numeric: readonly string[];
  /** The first rows as they stand in the file. */
  readonly preview: readonly (readonly string[])[];
  /** The series that was saved as such, with all its settings. */
  readonly saved?: SavedSeries;
  /** Rows of the chosen columns (all numbers); the problems name line and column. */
  read(columns: readonly string[]): Result<SeriesTable>;
}

export interface SeriesTable {
  readonly names: readonly string[];
  readonly rows: number;
  /** Row-major. */
  readonly values: Float64Array;
  /** One-based line of each row, in files of lines. */
  readonly lines?: ArrayLike<number>;
}

const previewRows = 6;

/** Looks into the file; fails when it is no file of numbers at all. */
export function openSource(name: string, bytes: Uint8Array): Result<SeriesSource> {
  if (/\.npz$/i.test(name)) {
    const arrays = readNpz(bytes);
    if (!arrays.ok) return arrays;
    if (!isSavedSeries(bytes)) return arraySource(name, arrays.value);
    return mapResult(readSeriesNpz(bytes), (saved) => ({ ...noColumns, name, saved }));
  }
  if (/\.npy$/i.test(name)) {
    const array = readNpy(bytes);
    return array.ok ? arraySource(name, new Map([[name.replace(/\.npy$/i, ''), array.value]])) : array;
  }
  return csvSource(name, bytes);
}

const noColumns: Omit<SeriesSource, 'name'> = {
  columns: [],
  numeric: [],
  preview: [],
  read: () => failed(problem('csv/column', 'A saved series has no columns to choose.')),
};

function csvSource(name: string, bytes: Uint8Array): Result<SeriesSource> {
  const head = new TextDecoder().decode(bytes.slice(0, 65_536)).replace(/^\ufeff/, '');
  const lines = splitLines(head, guessDelimiter(head));
  const [first] = lines;
  if (first === undefined)
    return failed(
      problem('csv/empty', `${name} is empty.`, { hint: 'Choose a file with one row of numbers per line.' }),
    );
  const hasNames = first.fields.every((field) => field !== '' && !isNumber(field));
  const body = hasNames ? lines.slice(1) : lines;
  const columns = first.fields.map((field, index) => (hasNames ? field : `column ${index + 1}`));
  const numeric = columns.filter((_, index) => isNumber(body[0]?.fields[index] ?? ''));
  return ok({
    name,
    columns,
    numeric,
    preview: body.slice(0, previewRows).map((line) => line.fields),
    read: (wanted) => parseCsv(bytes, { columns: wanted.map((column) => columns.indexOf(column) + 1) }),
  });
}

function isNumber(field: string): boolean {
  return /^[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?$/.test(field);
}

/** Each array of one or two dimensions gives its columns; they go together when they have equally many rows. */
function arraySource(name: string, arrays: ReadonlyMap<string, NumericArray>): Result<SeriesSource> {
  const columns = new Map<string, Float64Array>();
  for (const [array, { shape, values }] of arrays) {
    const [rows = 0, width = 1] = shape;
    if (shape.length === 0 || shape.length > 2) continue;
    for (let column = 0; column < width; column += 1) {
      columns.set(
        width === 1 ? array : `${array} ${column}`,
        Float64Array.from({ length: rows }, (_, row) => values[row * width + column] as number),
      );
    }
  }
  if (columns.size === 0) return failed(problem('npy/format', `${name} holds no array of one or two dimensions.`));
  const names = [...columns.keys()];
  const rows = Math.min(previewRows, Math.max(...[...columns.values()].map((column) => column.length)));
  return ok({
    name,
    columns: names,
    numeric: names,
    preview: Array.from({ length: rows }, (_, row) => names.map((column) => String(columns.get(column)?.[row] ?? ''))),
    read: (wanted) => joinColumns(wanted, columns),
  });
}

function joinColumns(wanted: readonly string[], columns: ReadonlyMap<string, Float64Array>): Result<SeriesTable> {
  const chosen = wanted.map((column) => columns.get(column) ?? new Float64Array());
  const rows = chosen[0]?.length ?? 0;
  const other = chosen.findIndex((column) => column.length !== rows);
  if (other > 0) {
    return failed(
      problem('csv/ragged', `${wanted[other]} has ${chosen[other]?.length} rows; ${wanted[0]} has ${rows}.`, {
        hint: 'Choose columns of equal length.',
      }),
    );
  }
  const values = new Float64Array(rows * chosen.length);
  for (const [place, column] of chosen.entries()) {
    for (const [row, value] of column.entries()) {
      if (!Number.isFinite(value))
        return failed(
          problem('csv/bad-cell', `Row ${row + 1} of ${wanted[place]} is not a finite number.`, {
            at: { line: row + 1, column: place + 1 },
          }),
        );
      values[row * chosen.length + place] = value;
    }
  }
  return ok({ names: wanted, rows, values });
}
