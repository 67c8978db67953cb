/** Tables of numbers from CSV text: separator, header and decimal mark are found out; every bad cell is named by line and column. */
import { problem, type Problem } from '../base/problem.ts';
import { failed, ok, type Result } from '../base/result.ts';
import { createFindings, type Findings } from './csv-findings.ts';
import { guessDelimiter, lineLimits, linesOf, type CsvLine, type Delimiter } from './csv-lines.ts';
import { createNumbers, type Numbers } from './growing-numbers.ts';

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

/** What a table may hold at most; further limits are those of its lines. */
export const csvLimits = { bytes: 268_435_456, columns: 10_000, cells: 10_000_000, nameLetters: 1000 } as const;

/** Reads CSV bytes (UTF-8, or UTF-16 with a byte order mark) or text. Fails with `csv/…` problems that name line and column. */
export function parseCsv(source: Uint8Array | string, options: CsvOptions = {}): Result<CsvTable> {
  if (source.length > csvLimits.bytes) return failed(tooLarge('The file is larger than 256 MB.'));
  const text = typeof source === 'string' ? source : decodeText(source);
  if (text === undefined) return failed(emptyFile('The file is not a text file.'));
  const clean = text.startsWith('\ufeff') ? text.slice(1) : text;
  return readTable(withoutEmptyLastColumn(clean, options.delimiter ?? guessDelimiter(clean)), options);
}

/** Lines to be gone through from the beginning, as often as asked for. */
type Lines = () => Iterable<CsvLine>;

function readTable(lines: Lines, options: CsvOptions): Result<CsvTable> {
  const head = firstLines(lines, 30);
  const decimal = options.decimal ?? guessDecimal(head);
  const first = head[0];
  const defect = first && beyondLimits(first);
  if (defect !== undefined) return failed(defect);
  const header = options.header ?? looksLikeHeader(first, decimal);
  if (first === undefined || head.length === (header ? 1 : 0))
    return failed(emptyFile('The file has no rows of numbers.'));
  const names = first.fields.map((field, index) => (header ? field : `column ${index + 1}`));
  const chosen = chooseColumns(names, options.columns);
  return chosen.ok ? readBody(lines, { header, names, chosen: chosen.value, decimal }) : chosen;
}

function firstLines(lines: Lines, count: number): CsvLine[] {
  const first: CsvLine[] = [];
  for (const line of lines()) {
    first.push(line);
    if (first.length === count) break;
  }
  return first;
}

/** Why the first line is none that a table can have. */
function beyondLimits({ line, fields }: CsvLine): Problem | undefined {
  if (fields.length === 0) return lineBeyondLimits(line);
  if (fields.length > csvLimits.columns)
    return tooLarge(`The file has ${fields.length} columns; at most ${csvLimits.columns} can be read.`);
  return fields.some((field) => field.length > csvLimits.nameLetters)
    ? tooLarge(`Line ${line} has a field of more than ${csvLimits.nameLetters} letters.`)
    : undefined;
}

function lineBeyondLimits(line: number): Problem {
  if (line > lineLimits.lines) return tooLarge(`The file has more than ${lineLimits.lines} lines.`);
  return tooLarge(`Line ${line} has more than ${lineLimits.letters} letters.`);
}

function tooLarge(message: string): Problem {
  return problem('csv/too-large', message, {
    hint: 'Check the separator and that quotes are closed, or cut the file into parts.',
  });
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
function withoutEmptyLastColumn(text: string, delimiter: Delimiter): Lines {
  const all: Lines = () => linesOf(text, delimiter);
  for (const { fields } of all()) {
    if (fields.length <= 1 || fields[fields.length - 1] !== '') return all;
  }
  return function* () {
    for (const { line, fields } of all()) yield { line, fields: fields.slice(0, -1) };
  };
}

function guessDecimal(lines: readonly CsvLine[]): '.' | ',' {
  const fields = lines.slice(0, 30).flatMap((line) => line.fields);
  const commas = fields.some((field) => /^[+-]?\d+,\d+([eE][+-]?\d+)?$/.test(field));
  const points = fields.some((field) => /^[+-]?\d*\.\d+([eE][+-]?\d+)?$/.test(field));
  return commas && !points ? ',' : '.';
}

const decimalNumber = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;

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
      problems.push(problem('csv/column', `There is no ${what}.`, { hint: `The columns are: ${shownNames(names)}.` }));
    }
    if (typeof column === 'string' && names.indexOf(column) !== names.lastIndexOf(column))
      problems.push(
        problem('csv/column', `Several columns are called "${column}".`, { hint: 'Choose it by its number.' }),
      );
    return index;
  });
  return problems.length > 0 ? failed(...problems) : ok(chosen);
}

/** The first names, cut to what fits a sentence. */
function shownNames(names: readonly string[]): string {
  return names
    .slice(0, 20)
    .map((name) => name.slice(0, 60))
    .join(', ');
}

/** How the lines of a table are read. */
interface Layout {
  readonly header: boolean;
  readonly names: readonly string[];
  /** Indices of the columns wanted. */
  readonly chosen: readonly number[];
  readonly decimal: '.' | ',';
}

function readBody(lines: Lines, layout: Layout): Result<CsvTable> {
  const { header, names, chosen } = layout;
  const values = createNumbers();
  const numbers = createNumbers();
  const found = createFindings();
  let rows = header ? -1 : 0;
  for (const line of lines()) {
    rows += 1;
    if (rows === 0) continue;
    if (line.fields.length === 0) return failed(lineBeyondLimits(line.line));
    if (rows * names.length > csvLimits.cells)
      return failed(tooLarge(`The file has more than ${csvLimits.cells} cells.`));
    numbers.push(line.line);
    readRow(line, layout, values, found);
    if (found.full()) break;
  }
  const problems = found.problems();
  if (problems.length > 0) return failed(...problems);
  return ok({
    names: chosen.map((column) => names[column] as string),
    rows,
    values: values.taken(),
    lines: Int32Array.from(numbers.taken()),
  });
}

function readRow({ line, fields }: CsvLine, layout: Layout, values: Numbers, found: Findings): void {
  const { names, chosen, decimal } = layout;
  if (fields.length !== names.length) {
    found.add(() => ragged(line, fields.length, names.length));
    return;
  }
  for (const column of chosen) {
    const field = fields[column] as string;
    const value = numberOf(field, decimal);
    values.push(value);
    if (Number.isNaN(value)) found.add(() => badCell(line, column, names[column] as string, field));
  }
}

function badCell(line: number, column: number, name: string, field: string): Problem {
  const named = name === `column ${column + 1}` ? '' : ` ("${name.slice(0, 60)}")`;
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
