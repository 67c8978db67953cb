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

/** Reads the header; fails with `npy/format`. */
export function readNpyHeader(bytes: Uint8Array): Result<NpyHeader> {
  if (bytes.length < 12 || magic.some((byte, index) => bytes[index] !== byte))
    return failed(npyProblem('it is not a .npy file'));
  const version = bytes[6] as number;
  if (version < 1 || version > 3) return failed(npyProblem(`version ${version} is not known`));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = version === 1 ? 10 : 12;
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (start + length > bytes.length || length > 65_536) return failed(npyProblem('its header is cut off'));
  const fields = readFields(new TextDecoder().decode(bytes.subarray(start, start + length)));
  if (fields === undefined) return failed(npyProblem('its header is not that of a plain array of numbers'));
  return ok({ ...fields, dataOffset: start + length });
}

/** The three entries of the dictionary, or undefined when one is missing or not plain. */
function readFields(text: string): Omit<NpyHeader, 'dataOffset'> | undefined {
  const descriptor = /'descr':\s*'([^']*)'/.exec(text)?.[1];
  const order = /'fortran_order':\s*(True|False)/.exec(text)?.[1];
  const shape = shapeOf(/'shape':\s*\(([^)]*)\)/.exec(text)?.[1]);
  if (descriptor === undefined || order === undefined || shape === undefined) return undefined;
  return { descriptor, fortranOrder: order === 'True', shape };
}

function shapeOf(text: string | undefined): number[] | undefined {
  if (text === undefined || !/^(\s*\d{1,15}L?\s*(,\s*|$))*$/.test(text)) return undefined;
  const extents = text
    .split(',')
    .map((part) => part.trim().replace('L', ''))
    .filter((part) => part !== '')
    .map(Number);
  return extents.length <= 8 ? extents : undefined;
}

/** The header as bytes, padded so that the numbers begin at a multiple of 64. */
export function writeNpyHeader(descriptor: string, shape: readonly number[]): Uint8Array {
  const extents = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = `{'descr': '${descriptor}', 'fortran_order': False, 'shape': (${extents}), }`;
  const length = Math.ceil((10 + text.length + 1) / 64) * 64 - 10;
  const padded = `${text.padEnd(length - 1, ' ')}\n`;
  return Uint8Array.from([...magic, 1, 0, length & 0xff, length >> 8, ...new TextEncoder().encode(padded)]);
}
