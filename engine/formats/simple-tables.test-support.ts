/** Tables of a CSV file read letter by letter under every reading it may have: what the reader that guesses must choose from. */
import type { NamedArray } from './table-oracle.test-support.ts';

/** Every table of numbers that the bytes can be taken for. */
export function simpleTables(bytes: Uint8Array): NamedArray[] {
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe;
  const text = new TextDecoder(wide ? 'utf-16le' : 'utf-8').decode(bytes);
  return [',', ';', '\t', ' '].flatMap((separator) => {
    const rows = recordsOf(text).map((record) => fieldsOf(record, separator));
    const shorter = rows.every((row) => row.length > 1 && row.at(-1) === '')
      ? [rows.map((row) => row.slice(0, -1))]
      : [];
    return [rows, ...shorter].flatMap((table) => [...tablesOf(table, '.'), ...tablesOf(table, ',')]);
  });
}

/** Lines, going on over line breaks inside quotes; blank lines and remarks left out. */
function recordsOf(text: string): string[] {
  const records: string[] = [];
  let record = '';
  let quoted = false;
  for (const letter of `${text.replaceAll('\r\n', '\n').replaceAll('\r', '\n')}\n`) {
    if (letter !== '\n' || (quoted && !record.startsWith('#'))) {
      record += letter;
      quoted = letter === '"' ? !quoted : quoted;
      continue;
    }
    if (record.trim() !== '' && !record.startsWith('#')) records.push(record);
    record = '';
    quoted = false;
  }
  if (record !== '') records.push(record.slice(0, -1));
  return records;
}

function fieldsOf(record: string, separator: string): string[] {
  if (separator === ' ')
    return record
      .trim()
      .split(/[ \t]+/)
      .map(withoutQuotes);
  const fields = [''];
  let quoted = false;
  for (const letter of record) {
    if (letter === '"') quoted = !quoted;
    if (letter === separator && !quoted) fields.push('');
    else fields[fields.length - 1] += letter;
  }
  return fields.map((field) => withoutQuotes(field.trim()));
}

function withoutQuotes(field: string): string {
  const inside = /^"([^]*)"$/.exec(field)?.[1];
  return inside === undefined ? field : inside.replaceAll('""', '"').trim();
}

/** The rows with and without names above them, where all cells are numbers. */
function tablesOf(rows: readonly (readonly string[])[], decimal: string): NamedArray[] {
  const width = rows[0]?.length ?? 0;
  if (rows.some((row) => row.length !== width)) return [];
  const numbers = rows.map((row) => row.map((cell) => numberOf(cell, decimal)));
  const plain = tableOf(
    rows[0]?.map((_, column) => `column ${column + 1}`),
    numbers,
  );
  return [...plain, ...tableOf(rows[0], numbers.slice(1))];
}

function tableOf(names: readonly string[] | undefined, rows: readonly (readonly number[])[]): NamedArray[] {
  const values = rows.flat();
  if (names === undefined || rows.length === 0 || values.some(Number.isNaN)) return [];
  return [{ name: JSON.stringify(names), shape: [rows.length, names.length], values }];
}

function numberOf(cell: string, decimal: string): number {
  if (!/^[-+.,0-9eE]+$/.test(cell) || (decimal === '.' && cell.includes(','))) return Number.NaN;
  const value = Number(cell.replace(decimal, '.'));
  return Number.isFinite(value) && cell !== '' ? value : Number.NaN;
}
