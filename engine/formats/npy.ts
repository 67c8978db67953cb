/** NumPy array files: numbers of any plain type in, float64, float32, int32 or uint8 out; single texts both ways. */
import { failed, ok, type Result } from '../base/result.ts';
import { shapeSize } from '../model/arrays.ts';
import type { NumericArray } from '../model/validated.ts';
import { npyLimits, npyProblem, readNpyHeader, writeNpyHeader } from './npy-header.ts';

type Reader = (view: DataView, offset: number, little: boolean) => number;

const readers: Readonly<Record<string, { readonly bytes: number; readonly read: Reader }>> = {
  f8: { bytes: 8, read: (view, offset, little) => view.getFloat64(offset, little) },
  f4: { bytes: 4, read: (view, offset, little) => view.getFloat32(offset, little) },
  i8: { bytes: 8, read: (view, offset, little) => Number(view.getBigInt64(offset, little)) },
  i4: { bytes: 4, read: (view, offset, little) => view.getInt32(offset, little) },
  i2: { bytes: 2, read: (view, offset, little) => view.getInt16(offset, little) },
  i1: { bytes: 1, read: (view, offset) => view.getInt8(offset) },
  u8: { bytes: 8, read: (view, offset, little) => Number(view.getBigUint64(offset, little)) },
  u4: { bytes: 4, read: (view, offset, little) => view.getUint32(offset, little) },
  u2: { bytes: 2, read: (view, offset, little) => view.getUint16(offset, little) },
  u1: { bytes: 1, read: (view, offset) => view.getUint8(offset) },
  b1: { bytes: 1, read: (view, offset) => view.getUint8(offset) },
};

/** The array, as float64 and row-major; whole numbers beyond 2^53 are rounded. Fails with `npy/format`. */
export function readNpy(bytes: Uint8Array): Result<NumericArray> {
  const header = readNpyHeader(bytes);
  if (!header.ok) return header;
  const { descriptor, shape, dataOffset, fortranOrder } = header.value;
  const type = /^[<>|=][fiub][1248]$/.test(descriptor) ? readers[descriptor.slice(1)] : undefined;
  if (type === undefined) return failed(npyProblem(`its type "${descriptor}" is not a plain number type`));
  const count = shapeSize(shape);
  const defect = sizeDefect(count, count * type.bytes, bytes.length - dataOffset);
  if (defect !== undefined) return failed(npyProblem(defect));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = !descriptor.startsWith('>');
  const values = new Float64Array(count);
  for (let index = 0; index < count; index += 1)
    values[index] = type.read(view, dataOffset + index * type.bytes, little);
  return ok({ shape, values: fortranOrder ? toRowMajor(values, shape) : values });
}

/** What keeps this many numbers in `wanted` bytes from being read from the bytes that are there; checked before memory is taken. */
function sizeDefect(count: number, wanted: number, present: number): string | undefined {
  if (wanted > present) return 'it ends before its last number';
  if (wanted < present) return 'it goes on after its last number';
  return count > npyLimits.numbers ? `it has more than ${npyLimits.numbers} numbers` : undefined;
}

/** Column-major to row-major. */
function toRowMajor(values: Float64Array, shape: readonly number[]): Float64Array {
  const ordered = new Float64Array(values.length);
  const position = shape.map(() => 0);
  for (let source = 0; source < values.length; source += 1) {
    const place = position.reduce((sum, index, axis) => sum * (shape[axis] as number) + index, 0);
    ordered[place] = values[source] as number;
    for (let axis = 0; axis < shape.length; axis += 1) {
      position[axis] = (position[axis] as number) + 1;
      if ((position[axis] as number) < (shape[axis] as number)) break;
      position[axis] = 0;
    }
  }
  return ordered;
}

/** The text in an array that has nothing but one (`<U…`, no dimensions); undefined where it is anything else. */
export function readNpyText(bytes: Uint8Array): string | undefined {
  const header = readNpyHeader(bytes);
  if (!header.ok || header.value.shape.length > 0) return undefined;
  const length = /^<U(\d{1,4})$/.exec(header.value.descriptor)?.[1];
  const { dataOffset } = header.value;
  if (length === undefined || bytes.length - dataOffset !== 4 * Number(length)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset + dataOffset, 4 * Number(length));
  const points = Array.from({ length: Number(length) }, (_, place) => view.getUint32(4 * place, true));
  if (points.some((point) => point > 0x10ffff)) return undefined;
  return String.fromCodePoint(...points).replace(/\0+$/, '');
}

/** Numbers that can be written as they are. */
type NpyNumbers = Float64Array | Float32Array | Int32Array | Uint8Array;

/** What can be written: numbers, or a text or truth value by itself. */
export type NpyValues = NpyNumbers | string | boolean;

/** The bytes of a `.npy` file, version 1.0, little-endian, row-major; always the same for the same array. */
export function writeNpy(values: NpyValues, shape?: readonly number[]): Uint8Array {
  const extents = shape ?? (typeof values === 'object' ? [values.length] : []);
  const header = writeNpyHeader(descriptorOf(values), extents);
  const content = bytesOf(values);
  const bytes = new Uint8Array(header.length + content.length);
  bytes.set(header);
  bytes.set(content, header.length);
  return bytes;
}

function bytesOf(values: NpyValues): Uint8Array {
  if (typeof values === 'boolean') return Uint8Array.of(values ? 1 : 0);
  return littleEndianBytes(typeof values === 'string' ? codePoints(values) : values);
}

/** A text as numpy keeps it: a number for each character, at least one. */
function codePoints(text: string): Int32Array {
  const points = Array.from(text, (character) => character.codePointAt(0) as number);
  return Int32Array.from(points.length === 0 ? [0] : points);
}

function descriptorOf(values: NpyValues): string {
  if (typeof values === 'boolean') return '|b1';
  if (typeof values === 'string') return `<U${codePoints(values).length}`;
  if (values instanceof Float64Array) return '<f8';
  if (values instanceof Float32Array) return '<f4';
  return values instanceof Int32Array ? '<i4' : '|u1';
}

function littleEndianBytes(values: NpyNumbers): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.byteLength));
  const size = values.BYTES_PER_ELEMENT;
  values.forEach((value, index) => {
    if (values instanceof Float64Array) view.setFloat64(index * size, value, true);
    else if (values instanceof Float32Array) view.setFloat32(index * size, value, true);
    else if (values instanceof Int32Array) view.setInt32(index * size, value, true);
    else view.setUint8(index, value);
  });
  return new Uint8Array(view.buffer);
}
