/** What a table means, read in another and simpler way than the readers do: the yardstick for what they accept. */
import { isDeepStrictEqual } from 'node:util';
import { ok, type Result } from '../base/result.ts';
import { parseCsv } from './csv.ts';
import { readNpy } from './npy.ts';
import { readNpz } from './npz.ts';
import { simpleTables } from './simple-tables.test-support.ts';
import type { MutatedTable } from './table-mutator.test-support.ts';

export interface NamedArray {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

/** What was read: arrays by name; a table is one array, its name the names of its columns. */
export interface Reading {
  readonly arrays: readonly NamedArray[];
}

/** Reads by the readers that are tested. */
export function readTableFile({ format, bytes }: MutatedTable): Result<Reading> {
  if (format === 'csv') {
    const table = parseCsv(bytes);
    if (!table.ok) return table;
    const { names, rows, values } = table.value;
    return ok({ arrays: [{ name: JSON.stringify(names), shape: [rows, names.length], values: [...values] }] });
  }
  if (format === 'npy') {
    const array = readNpy(bytes);
    return array.ok ? ok({ arrays: [{ name: '', ...array.value, values: [...array.value.values] }] }) : array;
  }
  const arrays = readNpz(bytes);
  if (!arrays.ok) return arrays;
  const named = [...arrays.value].map(([name, { shape, values }]) => ({ name, shape, values: [...values] }));
  return ok({ arrays: named.sort(byName) }, arrays.problems);
}

const byName = (left: NamedArray, right: NamedArray): number => (left.name < right.name ? -1 : 1);

/** Whether the file says what was read of it. */
export function isMeant({ format, bytes, files }: MutatedTable, { arrays }: Reading): boolean {
  if (format === 'csv')
    return arrays.length === 1 && simpleTables(bytes).some((table) => isDeepStrictEqual(table, arrays[0]));
  const meant = [...files].flatMap(([file, content]) => npyMeaning(file.replace(/\.npy$/, ''), content) ?? []);
  return isDeepStrictEqual(arrays, meant.sort(byName));
}

/** The dictionary of a header; blanks are those of ASCII, between any two words. */
const headerPattern = new RegExp(
  String.raw`^_\{_'descr'_:_'(.*?)'_,_'fortran_order'_:_(True|False)_,_'shape'_:_\(([\d, \t\n\v\f\r]*)\)_,?_\}_$`.replaceAll(
    /_(?!order)/g,
    String.raw`[ \t\n\v\f\r]*`,
  ),
);

/** An array as its header says, in Python's words; undefined when it is no array of numbers. */
function npyMeaning(name: string, bytes: Uint8Array): NamedArray | undefined {
  const parts = headerAndData(Buffer.from(bytes));
  const header = parts && headerPattern.exec(parts.header);
  if (parts === undefined || !header) return undefined;
  const [, type = '', order, extents = ''] = header;
  const shape = extents.split(',').flatMap((part) => (part.trim() === '' ? [] : [Number(part)]));
  const numbers = decoded(type, parts.data);
  if (numbers?.length !== shape.reduce((count, extent) => count * extent, 1)) return undefined;
  return { name, shape, values: order === 'True' ? transposed(numbers, shape) : numbers };
}

function headerAndData(buffer: Buffer): { header: string; data: Buffer } | undefined {
  if (buffer.length < 12 || buffer.toString('latin1', 0, 6) !== '\x93NUMPY') return undefined;
  const wide = (buffer[6] as number) >= 2;
  const start = wide ? 12 : 10;
  const end = start + (wide ? buffer.readUInt32LE(8) : buffer.readUInt16LE(8));
  if (end > buffer.length) return undefined;
  return { header: buffer.toString('latin1', start, end), data: buffer.subarray(end) };
}

const readers: Readonly<Record<string, readonly [number, (bytes: Buffer, at: number) => number]>> = {
  '<f8': [8, (bytes, at) => bytes.readDoubleLE(at)],
  '>f8': [8, (bytes, at) => bytes.readDoubleBE(at)],
  '<f4': [4, (bytes, at) => bytes.readFloatLE(at)],
  '>f4': [4, (bytes, at) => bytes.readFloatBE(at)],
  '<i8': [8, (bytes, at) => Number(bytes.readBigInt64LE(at))],
  '>i8': [8, (bytes, at) => Number(bytes.readBigInt64BE(at))],
  '<i4': [4, (bytes, at) => bytes.readInt32LE(at)],
  '>i4': [4, (bytes, at) => bytes.readInt32BE(at)],
  '<i2': [2, (bytes, at) => bytes.readInt16LE(at)],
  '>i2': [2, (bytes, at) => bytes.readInt16BE(at)],
  '<u8': [8, (bytes, at) => Number(bytes.readBigUInt64LE(at))],
  '>u8': [8, (bytes, at) => Number(bytes.readBigUInt64BE(at))],
  '<u4': [4, (bytes, at) => bytes.readUInt32LE(at)],
  '>u4': [4, (bytes, at) => bytes.readUInt32BE(at)],
  '<u2': [2, (bytes, at) => bytes.readUInt16LE(at)],
  '>u2': [2, (bytes, at) => bytes.readUInt16BE(at)],
  '<i1': [1, (bytes, at) => bytes.readInt8(at)],
  '<u1': [1, (bytes, at) => bytes.readUInt8(at)],
  '<b1': [1, (bytes, at) => bytes.readUInt8(at)],
};

/** NumPy writes `|` where order means nothing and `=` for that of the machine; a single byte has none. */
function orderedType(type: string): string {
  return /1$/.test(type) ? type.replace(/^[<>|=]/, '<') : type.replace(/^[|=]/, '<');
}

function decoded(type: string, bytes: Buffer): number[] | undefined {
  const reader = readers[orderedType(type)];
  if (reader === undefined || bytes.length % reader[0] !== 0) return undefined;
  return Array.from({ length: bytes.length / reader[0] }, (_, index) => reader[1](bytes, index * reader[0]));
}

/** Column-major to row-major, by the definition: the place in the file of each row-major index. */
function transposed(numbers: readonly number[], shape: readonly number[]): number[] {
  return numbers.map((_, place) => {
    let rest = place;
    const index = [...shape].reverse().map((extent) => {
      const at = rest % extent;
      rest = Math.floor(rest / extent);
      return at;
    });
    const source = index.reverse().reduceRight((sum, at, axis) => sum * (shape[axis] as number) + at, 0);
    return numbers[source] as number;
  });
}
