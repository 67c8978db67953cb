/** Tables of numbers from CSV text: separator, header and decimal mark are found out; every bad cell is named by line and column. */
import { problem, type Problem } from '../base/problem.ts';
import { failed, ok, type Result } from '../base/result.ts';
import { guessDelimiter, splitLines, type CsvLine, type Delimiter } from './csv-lines.ts';

export interface CsvOptions {
  /** Default: found out among tab, semicolon, comma and blanks. */
  readonly delimiter?: Delimiter;
  /** Whether the first line holds names. Default: when none of its fields is a number. */
  readonly header?: boolean;
  /** Default: a comma where fields are not separated by commas and hold commas but no points. */
  readonly decimal?: '.' | ',';
  /** Columns to read, by name or one-based number; default all. Cells of other columns are not looked at. */
  readonly columns?: readonly (string | number)[];
}

export interface CsvTable {
  /** Names of the columns read; `column 3` where there is no header. */
  readonly names: readonly string[];
  readonly rows: number;
  /** `values[row * names.length + column]`. */
  readonly values: Float64Array;
  /** One-based line of each row in the file. */
  readonly lines: Int32Array;
}

/** Problems listed at most; further ones are only counted. */
const mostProblems = 20;

/** Reads CSV bytes (UTF-8, or UTF-16 with a byte order mark) or text. Fails with `csv/…` problems that name line and column. */
export function parseCsv(source: Uint8Array | string, options: CsvOptions = {}): Result<CsvTable> {
  const text = typeof source === 'string' ? source : decodeText(source);
  if (text === undefined) return failed(emptyFile('The file is not a text file.'));
  const clean = text.startsWith('\ufeff') ? text.slice(1) : text;
  const lines = withoutEmptyLastColumn(splitLines(clean, options.delimiter ?? guessDelimiter(clean)));
  return readTable(lines, options);
}

function readTable(lines: readonly CsvLine[], options: CsvOptions): Result<CsvTable> {
  const decimal = options.decimal ?? guessDecimal(lines);
  const header = options.header ?? looksLikeHeader(lines[0], decimal);
  const body = header ? lines.slice(1) : lines;
  const first = lines[0];
  if (first === undefined || body.length === 0) return failed(emptyFile('The file has no rows of numbers.'));
  const names = first.fields.map((field, index) => (header ? field : `column ${index + 1}`));
  const chosen = chooseColumns(names, options.columns);
  return chosen.ok ? readBody(body, names, chosen.value, decimal) : chosen;
}

/** Names of columns: fields that are all there, and none of them a number. */
function looksLikeHeader(line: CsvLine | undefined, decimal: '.' | ','): boolean {
  return line !== undefined && line.fields.every((field) => field !== '' && Number.isNaN(numberOf(field, decimal)));
}

function emptyFile(message: string): Problem {
  return problem('csv/empty', message, { hint: 'Choose a file with one row of numbers per line.' });
}

/** The text, or undefined for bytes that are no text. */
function decodeText(bytes: Uint8Array): string | undefined {
  const label =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  const text = new TextDecoder(label).decode(bytes);
  return text.slice(0, 4096).includes('\0') ? undefined : text;
}

/** Files whose every line ends with a separator have an empty last column: it is dropped. */
function withoutEmptyLastColumn(lines: CsvLine[]): CsvLine[] {
  const empty = lines.every(({ fields }) => fields.length > 1 && fields[fields.length - 1] === '');
  return empty ? lines.map(({ line, fields }) => ({ line, fields: fields.slice(0, -1) })) : lines;
}

function guessDecimal(lines: readonly CsvLine[]): '.' | ',' {
  const fields = lines.slice(0, 30).flatMap((line) => line.fields);
  const commas = fields.some((field) => /^[+-]?\d+,\d+([eE][+-]?\d+)?$/.test(field));
  const points = fields.some((field) => /^[+-]?\d*\.\d+([eE][+-]?\d+)?$/.test(field));
  return commas && !points ? ',' : '.';
}

const decimalNumber = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** The number a field stands for; NaN for anything else (an empty field, nan and inf included). */
function numberOf(field: string, decimal: '.' | ','): number {
  const text = decimal === ',' ? field.replace(',', '.') : field;
  const value = decimalNumber.test(text) ? Number(text) : NaN;
  return Number.isFinite(value) ? value : NaN;
}

function chooseColumns(names: readonly string[], wanted: CsvOptions['columns']): Result<number[]> {
  if (wanted === undefined) return ok(names.map((_, index) => index));
  const problems: Problem[] = [];
  const chosen = wanted.map((column) => {
    const index = typeof column === 'number' ? column - 1 : names.indexOf(column);
    if (!Number.isInteger(index) || index < 0 || index >= names.length) {
      const what = typeof column === 'number' ? `column ${column}` : `column "${column}"`;
      problems.push(
        problem('csv/column', `There is no ${what}.`, { hint: `The columns are: ${names.slice(0, 20).join(', ')}.` }),
      );
    }
    return index;
  });
  return problems.length > 0 ? failed(...problems) : ok(chosen);
}

function readBody(
  body: readonly CsvLine[],
  names: readonly string[],
  chosen: readonly number[],
  decimal: '.' | ',',
): Result<CsvTable> {
  const values = new Float64Array(body.length * chosen.length);
  const problems: Problem[] = [];
  let found = 0;
  const report = (make: () => Problem): void => {
    found += 1;
    if (found <= mostProblems) problems.push(make());
  };
  body.forEach(({ line, fields }, row) => {
    if (fields.length !== names.length) {
      report(() => ragged(line, fields.length, names.length));
      return;
    }
    chosen.forEach((column, place) => {
      const value = numberOf(fields[column] as string, decimal);
      values[row * chosen.length + place] = value;
      if (Number.isNaN(value)) report(() => badCell(line, column, names[column] as string, fields[column] as string));
    });
  });
  if (found > mostProblems)
    problems.push(problem('csv/bad-cell', `${found - mostProblems} more cells or lines are bad.`));
  if (problems.length > 0) return failed(...problems);
  const lines = Int32Array.from(body, ({ line }) => line);
  return ok({ names: chosen.map((column) => names[column] as string), rows: body.length, values, lines });
}

function badCell(line: number, column: number, name: string, field: string): Problem {
  const named = name === `column ${column + 1}` ? '' : ` ("${name}")`;
  const shown = field === '' ? 'is empty' : `holds "${field.slice(0, 40)}", which is not a number`;
  return problem('csv/bad-cell', `Line ${line}, column ${column + 1}${named} ${shown}.`, {
    hint: 'Correct the cell, or choose other columns.',
    at: { line, column: column + 1 },
  });
}

function ragged(line: number, fields: number, wanted: number): Problem {
  return problem('csv/ragged', `Line ${line} has ${fields} fields; the first line has ${wanted}.`, {
    hint: 'Correct the line, or check that fields with separators inside are quoted.',
    at: { line },
  });
}
