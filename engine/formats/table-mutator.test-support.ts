/** Tables changed at a place that matters: cells, separators, headers, types, shapes, bytes, the archive around them. */
import { mutatedBytes } from './bytes-mutator.test-support.ts';
import { diceOf, type Dice } from './dice.test-support.ts';
import { writeNpy, type NpyValues } from './npy.ts';
import { mutatedHeader } from './project-mutator.test-support.ts';
import { forgedZip, type ForgedPart } from './zip-forging.test-support.ts';

/** A mutated file. */
export interface MutatedTable {
  readonly format: 'csv' | 'npy' | 'npz';
  readonly bytes: Uint8Array;
  /** Array files of an archive, before the archive was damaged. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** The archive lies about its content: it must not be read. */
  readonly lies: boolean;
}

const encoder = new TextEncoder();

/** The file that the seed makes. */
export function mutatedTable(seed: number): MutatedTable {
  const dice = diceOf(seed);
  const format = dice.pick(['csv', 'csv', 'npy', 'npz'] as const);
  if (format === 'csv') return { format, bytes: mutatedCsv(dice), files: new Map(), lies: false };
  if (format === 'npy') {
    const bytes = mutatedNpy(dice, dice.pick([0, 1, 1, 2]));
    return { format, bytes, files: new Map([['', bytes]]), lies: false };
  }
  return mutatedNpz(dice);
}

const numbers = ['0', '-0', '1', '-2.5', '1e3', '.5', '5.', '+7', '1E-4', '1749', '0.1', '123456789012345678901'];
const oddCells = [
  '',
  ' ',
  'x',
  'NaN',
  'inf',
  '1e400',
  '0x10',
  '1,5',
  '1.000.000',
  '=1+1',
  '"',
  '""',
  '"1"',
  '"1,2"',
  '"a\nb"',
  '\u0661',
  '1 2',
  '#',
  '-',
  '\0',
  '--1',
  '1e',
  'e5',
  '\ufeff1',
];

function mutatedCsv(dice: Dice): Uint8Array {
  const columns = 1 + dice.below(4);
  const rows = Array.from({ length: 1 + dice.below(6) }, () =>
    Array.from({ length: columns }, () => dice.pick(numbers)),
  );
  if (dice.chance(0.5))
    rows.unshift(
      Array.from({ length: columns }, (_, column) => dice.pick(['t', 'v', `"n ${column}"`, 'v', '__proto__'])),
    );
  for (let change = dice.pick([0, 1, 1, 2]); change > 0; change -= 1) mutateRows(dice, rows);
  const separator = dice.pick([',', ';', '\t', ' ']);
  const lineBreak = dice.pick(['\n', '\r\n', '\r', '\n\n']);
  const text = rows.map((row) => row.join(separator)).join(lineBreak) + dice.pick(['', lineBreak, separator]);
  const bytes = dice.chance(0.1) ? utf16(text) : encoder.encode(dice.chance(0.1) ? `\ufeff${text}` : text);
  return dice.chance(0.2) ? mutatedBytes(dice, bytes) : bytes;
}

function mutateRows(dice: Dice, rows: string[][]): void {
  const row = dice.pick(rows);
  const at = dice.below(row.length + 1);
  const change = dice.below(6);
  if (change <= 1) row[Math.min(at, row.length - 1)] = dice.pick(oddCells);
  else if (change === 2) row.splice(at, 1);
  else if (change === 3) row.splice(at, 0, dice.pick(numbers));
  else if (change === 4) rows.push([dice.pick(['# remark', '', ...oddCells])]);
  else rows.unshift([dice.pick(['# remark', 'title', '', '"open'])]);
}

function utf16(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'));
}

function anyValues(dice: Dice, count: number): NpyValues {
  const values = Array.from({ length: count }, () => dice.pick([0, -0, 1, -2.5, 200, Number.NaN, Infinity, 1e308]));
  return dice.pick([Float64Array, Float64Array, Float32Array, Int32Array, Uint8Array]).from(values);
}

function mutatedNpy(dice: Dice, changes: number): Uint8Array {
  const shape = Array.from({ length: dice.below(4) }, () => dice.below(4));
  const values = anyValues(
    dice,
    shape.reduce((count, extent) => count * extent, 1),
  );
  let bytes = writeNpy(values, shape);
  for (let change = changes; change > 0; change -= 1)
    bytes = dice.chance(0.5) && bytes.length > 20 ? mutatedHeader(dice, bytes) : mutatedBytes(dice, bytes);
  return bytes;
}

/** Arrays in an archive, at times with names that clash, and an archive that is right, lies or is damaged. */
function mutatedNpz(dice: Dice): MutatedTable {
  const files = new Map<string, Uint8Array>();
  for (let count = 1 + dice.below(4); count > 0; count -= 1)
    files.set(
      dice.pick(['a.npy', 'A.npy', 'b/c.npy', 'a', '__proto__.npy', 'n.npy']),
      mutatedNpy(dice, dice.pick([0, 0, 0, 1])),
    );
  const parts = [...files].map(([name, content]): ForgedPart => ({ name, content, packed: dice.chance(0.3) }));
  const victim = dice.below(parts.length);
  const lie = dice.pick<Partial<ForgedPart> | undefined>([
    undefined,
    undefined,
    undefined,
    { checksum: 5 },
    { size: 3 },
    { name: '../a' },
    { flags: 1 },
  ]);
  if (lie === undefined) {
    const bytes = forgedZip(parts);
    return { format: 'npz', bytes: dice.chance(0.3) ? mutatedBytes(dice, bytes) : bytes, files, lies: false };
  }
  const lying = parts.map((part, index) => (index === victim ? { ...part, packed: false, ...lie } : part));
  return { format: 'npz', bytes: forgedZip(lying), files, lies: true };
}
