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
  /** Which member of a batch each column is of, where arrays have three dimensions, [times, members, channels]. */
  readonly members?: ReadonlyMap<string, number>;
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

/** Each array of one to three dimensions gives its columns; they go together when they have equally many rows. */
function arraySource(name: string, arrays: ReadonlyMap<string, NumericArray>): Result<SeriesSource> {
  const columns = new Map<string, Float64Array>();
  const members = new Map<string, number>();
  for (const [array, { shape, values }] of arrays) {
    if (shape.length === 0 || shape.length > 3) continue;
    const [rows = 0, width = 1, depth = 1] = shape;
    const across = width * depth;
    for (let column = 0; column < across; column += 1) {
      const title = columnName(array, shape, column);
      const cells = Float64Array.from({ length: rows }, (_, row) => values[row * across + column] as number);
      columns.set(title, cells);
      if (shape.length === 3) members.set(title, Math.floor(column / depth));
    }
  }
  return columnsSource(name, columns, members);
}

function columnsSource(
  name: string,
  columns: ReadonlyMap<string, Float64Array>,
  members: ReadonlyMap<string, number>,
): Result<SeriesSource> {
  if (columns.size === 0) return failed(problem('npy/format', `${name} holds no array of one to three dimensions.`));
  const names = [...columns.keys()];
  const rows = Math.min(previewRows, Math.max(...[...columns.values()].map((column) => column.length)));
  return ok({
    ...{ name, columns: names, numeric: names },
    ...(members.size === 0 ? {} : { members }),
    preview: Array.from({ length: rows }, (_, row) => names.map((column) => String(columns.get(column)?.[row] ?? ''))),
    read: (wanted) => joinColumns(wanted, columns),
  });
}

/** "x 2", or of three dimensions "x 0,2": member and channel. */
function columnName(array: string, [, width = 1, depth]: readonly number[], column: number): string {
  if (depth !== undefined) return `${array} ${Math.floor(column / depth)},${column % depth}`;
  return width === 1 ? array : `${array} ${column}`;
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
