/** Hand-made CSV, npy and npz files that lie, burst or break, each with what has to come of it. */
import { deflateSync } from 'fflate';
import type { ProblemCode } from '../base/problem-codes.ts';
import type { Result } from '../base/result.ts';
import { crc32 } from './crc32.ts';
import { parseCsv, type CsvOptions } from './csv.ts';
import { readNpy, writeNpy } from './npy.ts';
import { readNpz } from './npz.ts';
import { concatenated, forgedZip, type ForgedPart } from './zip-forging.test-support.ts';

/** A file and what reading it gives: the code of its first problem, or that it is read. */
export interface ForeignTable {
  readonly name: string;
  readonly bytes: () => Uint8Array;
  readonly read: (bytes: Uint8Array) => Result<unknown>;
  readonly gives: ProblemCode | 'is read';
}

type Content = string | (() => string);
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

function csv(name: string, content: Content, gives: ForeignTable['gives'], options: CsvOptions = {}): ForeignTable {
  const bytes = (): Uint8Array => encode(typeof content === 'string' ? content : content());
  return { name: `csv: ${name}`, bytes, read: (table) => parseCsv(table, options), gives };
}

const tables: readonly ForeignTable[] = [
  csv('nothing', '', 'csv/empty'),
  csv('line breaks', '\n\r\n\r', 'csv/empty'),
  csv('a header alone', 'a,b', 'csv/empty'),
  csv('remarks', '# a\n# b\n', 'csv/empty'),
  csv('a NUL', '1,2\n\0,3\n', 'csv/empty'),
  csv('NaN', 'a\n1\nNaN\n', 'csv/bad-cell'),
  csv('infinity', 'a\n1\ninf\n', 'csv/bad-cell'),
  csv('1e400', 'a\n1\n1e400\n', 'csv/bad-cell'),
  csv('1e-400', 'a\n1\n1e-400\n', 'is read'),
  csv('a hexadecimal number', 'a\n1\n0x10\n', 'csv/bad-cell'),
  csv('thousands', 'a;b\n1;2\n1.000.000;3\n', 'csv/bad-cell'),
  csv('digits of another script', 'a\n1\n\u0661\n', 'csv/bad-cell'),
  csv('an empty cell', 'a,b\n1,\n', 'csv/bad-cell'),
  csv('a formula', 'a\n1\n=cmd()\n', 'csv/bad-cell'),
  csv('a field too many', 'a,b\n1,2\n1,2,3\n', 'csv/ragged'),
  csv('a field too few', 'a,b\n1,2\n1\n', 'csv/ragged'),
  csv('a quote that stays open', `a,b\n"1,2\n${'3,4\n'.repeat(1000)}`, 'csv/ragged'),
  csv('quotes that stay open for ever', () => '1,"2\n'.repeat(300_001), 'csv/bad-cell', { delimiter: ',' }),
  csv('long lines with open quotes', () => `1,2\n${`"${' '.repeat(10_000)}\n`.repeat(2001)}`, 'csv/ragged'),
  csv('a line of 2 MB', () => `1,2\n3,${'4'.repeat(2 << 20)}\n`, 'csv/too-large'),
  csv('a first line of 2 MB', () => `${'4'.repeat(2 << 20)}\n`, 'csv/too-large'),
  csv('a header of 1001 letters', `${'a'.repeat(1001)},b\n1,2\n`, 'csv/too-large'),
  csv('10,001 columns', () => `${'1,'.repeat(10_000)}1\n`, 'csv/too-large'),
  csv('10,000 columns', () => `${'1,'.repeat(9999)}1\n`, 'is read'),
  csv('10,000,001 lines', () => `1\n${'\n'.repeat(10_000_000)}2\n`, 'csv/too-large'),
  csv('10,010,000 cells', () => `${'1,'.repeat(9999)}1\n`.repeat(1001), 'csv/too-large'),
  csv('a million bad cells', () => 'x,y\n'.repeat(500_000), 'csv/bad-cell', { header: false }),
  csv('a number of half a million digits and a letter', () => `1\n${'1'.repeat(500_000)}x\n`, 'csv/bad-cell'),
  csv('a number of half a million digits', () => `1\n${'1'.repeat(500_000)}\n`, 'csv/bad-cell'),
  csv('a field of half a million blanks', () => `1,2\n1,${' '.repeat(500_000)}x\n`, 'csv/bad-cell', { delimiter: ',' }),
  csv('half a million quotes', () => `1,2\n${'"'.repeat(500_000)},3\n`, 'csv/bad-cell', { delimiter: ',' }),
  csv('half a million separators', () => `1,2\n${','.repeat(500_000)}\n`, 'csv/ragged'),
  csv('a column that is missing', 'a,b\n1,2\n', 'csv/column', { columns: ['c'] }),
  csv('a column that every object has', 'a,b\n1,2\n', 'csv/column', { columns: ['constructor'] }),
  csv('a column of that name', '__proto__,b\n1,2\n', 'is read', { columns: ['__proto__'] }),
  csv('column 0', 'a,b\n1,2\n', 'csv/column', { columns: [0] }),
  csv('column 1.5', 'a,b\n1,2\n', 'csv/column', { columns: [1.5] }),
  csv('a name that two columns have', 'a,a\n1,2\n', 'csv/column', { columns: ['a'] }),
  csv('two columns of one name, by number', 'a,a\n1,2\n', 'is read', { columns: [2] }),
  csv(
    'names of a thousand letters',
    () => `${`${'n'.repeat(999)},`.repeat(50)}z\n${'1,'.repeat(50)}1\n`,
    'csv/column',
    {
      columns: ['gone'],
    },
  ),
  {
    name: 'csv: UTF-16 cut in half',
    bytes: () => Uint8Array.of(0xff, 0xfe, 0x31, 0),
    read: parseCsv,
    gives: 'is read',
  },
  { name: 'csv: a picture', bytes: () => Uint8Array.of(0x89, 0x50, 0, 0, 1), read: parseCsv, gives: 'csv/empty' },
  { name: 'csv: 257 MB', bytes: () => new Uint8Array(257 << 20), read: parseCsv, gives: 'csv/too-large' },
];

/** Bytes of an array file with this header text. */
export function npyOf(header: string, content: Uint8Array, version = 1, told?: number): Uint8Array {
  const text = encode(header);
  const length = told ?? text.length;
  const head =
    version === 1
      ? [length & 255, length >> 8]
      : [length & 255, (length >> 8) & 255, (length >> 16) & 255, length >>> 24];
  return concatenated(Uint8Array.of(0x93, ...encode('NUMPY'), version, 0, ...head), text, content);
}

const npy = (name: string, bytes: () => Uint8Array, gives: ForeignTable['gives'] = 'npy/format'): ForeignTable => ({
  name: `npy: ${name}`,
  bytes,
  read: readNpy,
  gives,
});
const headed = (header: string, bytes: number, gives: ForeignTable['gives'] = 'npy/format'): ForeignTable =>
  npy(header.slice(0, 70), () => npyOf(header, new Uint8Array(bytes)), gives);
const shaped = (shape: string, bytes: number, gives: ForeignTable['gives'] = 'npy/format'): ForeignTable =>
  headed(`{'descr': '<f8', 'fortran_order': False, 'shape': ${shape}, }\n`, bytes, gives);
const typed = (descriptor: string, bytes: number): ForeignTable =>
  headed(`{'descr': ${descriptor}, 'fortran_order': False, 'shape': (1,), }\n`, bytes);

const arrays: readonly ForeignTable[] = [
  npy('nothing', () => new Uint8Array()),
  npy('the mark alone', () => Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59)),
  npy('version 0', () => npyOf('', new Uint8Array(9), 0)),
  npy('version 255', () => npyOf('', new Uint8Array(9), 255)),
  npy('a header that goes on after the end', () => npyOf('{}', new Uint8Array(20), 1, 60_000)),
  npy('a header of 4 GB', () => npyOf('{}', new Uint8Array(20), 2, 0xffffffff)),
  npy('a header of 20,000 letters', () => npyOf(`{'descr': '<f8'${' '.repeat(20_000)}}`, new Uint8Array(8), 2)),
  npy('a header without end', () => npyOf("{'descr': '<f8', 'fortran_order': False, 'shape': (1,", new Uint8Array(8))),
  shaped('(1,)', 8, 'is read'),
  shaped('()', 8, 'is read'),
  shaped('(0, 5)', 0, 'is read'),
  shaped('(1)', 8, 'is read'),
  shaped('(2,)', 8),
  shaped('(1,)', 16),
  shaped('(-1,)', 8),
  shaped('(1.0,)', 8),
  shaped('(1e3,)', 8),
  shaped('(0x10,)', 128),
  shaped('(1,,)', 8),
  shaped('(None,)', 8),
  shaped('[1]', 8),
  shaped('(9999999999999999,)', 8),
  shaped('(999999999999999, 999999999999999, 999999999999999)', 8),
  shaped('(4294967296, 4294967296)', 8),
  shaped('(2147483648, 2147483648, 4)', 8),
  shaped('(0, 999999999999999)', 0, 'is read'),
  shaped('(1, 1, 1, 1, 1, 1, 1, 1, 1)', 8),
  shaped(`(${'1,  '.repeat(2000)}x)`, 8),
  shaped(`(${'  1  '.repeat(1500)})`, 8),
  npy('150,000,000 numbers', () =>
    npyOf("{'descr': '|u1', 'fortran_order': False, 'shape': (150000000,), }\n", new Uint8Array(150_000_000)),
  ),
  typed("'|O'", 8),
  typed("'<U5'", 20),
  typed("'|S8'", 8),
  typed("'<M8[s]'", 8),
  typed("'<c16'", 16),
  typed("'<f2'", 2),
  typed("'<f16'", 16),
  typed("'|V8'", 8),
  typed("[('a', '<f8')]", 8),
  typed("'<constructor'", 8),
  typed("'f8'", 8),
  headed("{'descr': '<f8', 'fortran_order': 1, 'shape': (1,), }", 8),
  headed("{'descr': '<f8', 'fortran_order': constructor, 'shape': (1,), }", 8),
  headed("{'descr': '<f8', 'fortran_order': False, }", 8),
  headed("{'descr': '<f8', 'fortran_order': False, 'shape': (2,), 'shape': (1,), }", 8),
  headed("{'descr': '<f8', 'fortran_order': False, 'shape': (1,), 'more': 1, }", 8),
  headed(`${"'shape':(".repeat(1000)}`, 8),
  headed(`{${"'descr': '".repeat(900)}}`, 8),
];

const one = writeNpy(Float64Array.of(1));
const part = (name: string, content = one, rest: Partial<ForgedPart> = {}): ForgedPart => ({ name, content, ...rest });
const npz = (
  name: string,
  parts: () => readonly ForgedPart[],
  gives: ForeignTable['gives'] = 'npy/format',
): ForeignTable => ({
  name: `npz: ${name}`,
  bytes: () => forgedZip(parts()),
  read: readNpz,
  gives,
});

const archives: readonly ForeignTable[] = [
  npz('nothing', () => []),
  npz('an array', () => [part('a.npy')], 'is read'),
  npz('names that differ in case only', () => [part('w.npy'), part('W.npy')], 'is read'),
  npz('a name twice', () => [part('a.npy'), part('a.npy')]),
  npz('a name with and without ending', () => [part('a.npy'), part('a')]),
  npz('a text', () => [part('readme.txt', encode('hello'))]),
  npz('a text and an array', () => [part('readme.txt', encode('hello')), part('a.npy')], 'is read'),
  npz('an array outside', () => [part('../a.npy')]),
  npz('a wrong checksum', () => [part('a.npy', one, { checksum: 7 })]),
  npz('a size that lies', () => [part('a.npy', one, { size: one.length + 8 })]),
  npz('a link', () => [part('a.npy', one, { mode: 0o120777 })]),
  npz('5000 arrays', () => Array.from({ length: 5000 }, (_, index) => part(`a${index}.npy`))),
  npz('64 MB of zeros', () => {
    const content = new Uint8Array(64 << 20);
    return [part('a.npy', new Uint8Array(), { method: 8, stream: deflateSync(content), size: content.length })];
  }),
  npz('ten arrays of 14,000,000 numbers', () => {
    const content = writeNpy(new Uint8Array(14_000_000));
    const checksum = crc32(content);
    return Array.from({ length: 10 }, (_, index) => part(`a${index}.npy`, content, { checksum }));
  }),
];

/** Every hand-made table. */
export const foreignTables: readonly ForeignTable[] = [...tables, ...arrays, ...archives];
