/** The header of a NumPy array file (`.npy`, versions 1.0 to 3.0). Source: numpy.lib.format documentation. */
import { problem } from '../base/problem.ts';
import { failed, ok, type Result } from '../base/result.ts';

export interface NpyHeader {
  /** Byte order and type, such as `<f8`. */
  readonly descriptor: string;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  /** Where the numbers begin. */
  readonly dataOffset: number;
}

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/** Makes the problem of a damaged array. */
export function npyProblem(reason: string) {
  return problem('npy/format', `The array file cannot be read: ${reason}.`, {
    hint: 'Save it again with numpy.save as float64.',
  });
}

/** What an array file may hold at most: bytes of its header, numbers (1 GB as float64), dimensions. */
export const npyLimits = { headerBytes: 10_000, numbers: 134_217_728, dimensions: 8 } as const;

/** Reads the header; fails with `npy/format`. */
export function readNpyHeader(bytes: Uint8Array): Result<NpyHeader> {
  if (bytes.length < 12 || magic.some((byte, index) => bytes[index] !== byte))
    return failed(npyProblem('it is not a .npy file'));
  const version = bytes[6] as number;
  if (version < 1 || version > 3) return failed(npyProblem(`version ${version} is not known`));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = version === 1 ? 10 : 12;
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (start + length > bytes.length) return failed(npyProblem('its header is cut off'));
  if (length > npyLimits.headerBytes) return failed(npyProblem('its header is too long'));
  const fields = readFields(new TextDecoder().decode(bytes.subarray(start, start + length)));
  if (fields === undefined) return failed(npyProblem('its header is not that of a plain array of numbers'));
  return ok({ ...fields, dataOffset: start + length });
}

/** The three entries of the dictionary, or undefined when one is missing, there twice or not plain. */
function readFields(text: string): Omit<NpyHeader, 'dataOffset'> | undefined {
  const entries = dictionaryOf(text.trim());
  if (entries?.size !== 3) return undefined;
  const descriptor = /^'([^'\\]*)'$/.exec(entries.get('descr') ?? '')?.[1];
  const order = entries.get('fortran_order');
  const shape = shapeOf(entries.get('shape') ?? '');
  if (descriptor === undefined || shape === undefined || (order !== 'True' && order !== 'False')) return undefined;
  return { descriptor, fortranOrder: order === 'True', shape };
}

/** Entries of `{'name': value, …}` as they are written. */
function dictionaryOf(text: string): Map<string, string> | undefined {
  if (!text.startsWith('{') || !text.endsWith('}')) return undefined;
  const entry = /\s*'(\w+)'\s*:\s*('[^']*'|\w+|\([^()]*\))\s*(?:,\s*|$)/y;
  const inside = text.slice(1, -1);
  const entries = new Map<string, string>();
  while (entry.lastIndex < inside.trimEnd().length) {
    const found = entry.exec(inside);
    if (found === null || entries.has(found[1] as string)) return undefined;
    entries.set(found[1] as string, found[2] as string);
  }
  return entries;
}

/** Extents of `(3, 4)`, `(5,)`, `()`; undefined for anything else. */
function shapeOf(text: string): number[] | undefined {
  if (!text.startsWith('(') || !text.endsWith(')')) return undefined;
  const parts = text
    .slice(1, -1)
    .split(',')
    .map((part) => part.trim());
  if (parts.at(-1) === '') parts.pop();
  if (parts.length > npyLimits.dimensions || !parts.every((part) => /^\d{1,15}L?$/.test(part))) return undefined;
  return parts.map((part) => Number(part.replace('L', '')));
}

/** The header as bytes, padded so that the numbers begin at a multiple of 64. */
export function writeNpyHeader(descriptor: string, shape: readonly number[]): Uint8Array {
  const extents = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = `{'descr': '${descriptor}', 'fortran_order': False, 'shape': (${extents}), }`;
  const length = Math.ceil((10 + text.length + 1) / 64) * 64 - 10;
  const padded = `${text.padEnd(length - 1, ' ')}\n`;
  return Uint8Array.from([...magic, 1, 0, length & 0xff, length >> 8, ...new TextEncoder().encode(padded)]);
}
