/** Numbers in a document: array records to numeric arrays and back. */
import { problem } from '../base/problem.ts';
import { failed, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { sha256OfText } from '../base/sha256.ts';
import { assert } from '../base/assert.ts';
import { base64ByteLength, decodeBase64, encodeBase64, isBase64 } from './base64.ts';
import type { ArrayRecord } from './document.ts';
import { foreignLimits } from './foreign-limits.ts';
import type { NumericArray } from './validated.ts';

type NumberType = ArrayRecord['dtype'];

const bytesPerNumber: Readonly<Record<NumberType, number>> = { float64: 8, float32: 4, int32: 4, uint8: 1 };

type Reader = (view: DataView, offset: number) => number;
const readers: Readonly<Record<NumberType, Reader>> = {
  float64: (view, offset) => view.getFloat64(offset, true),
  float32: (view, offset) => view.getFloat32(offset, true),
  int32: (view, offset) => view.getInt32(offset, true),
  uint8: (view, offset) => view.getUint8(offset),
};

type Writer = (view: DataView, offset: number, value: number) => void;
const writers: Readonly<Record<NumberType, Writer>> = {
  float64: (view, offset, value) => view.setFloat64(offset, value, true),
  float32: (view, offset, value) => view.setFloat32(offset, value, true),
  int32: (view, offset, value) => view.setInt32(offset, value, true),
  uint8: (view, offset, value) => view.setUint8(offset, value),
};

/** Number of values of a shape; [] is one value. Infinity-safe: may exceed what an array can hold. */
export function shapeSize(shape: readonly number[]): number {
  return shape.reduce((size, length) => size * length, 1);
}

/** Why the bytes of the record cannot be an array of its shape and type, without decoding them; undefined when they can. */
export function arrayDefect(record: ArrayRecord): string | undefined {
  const wanted = shapeSize(record.shape) * bytesPerNumber[record.dtype];
  if (!Number.isSafeInteger(wanted)) return 'its shape is too large';
  if (wanted > foreignLimits.arrayBytes) return 'its shape needs more than 192 MB';
  const present = base64ByteLength(record.base64);
  if (present === undefined) return 'its bytes are not base64';
  if (present !== wanted) return `its shape needs ${wanted} bytes, but there are ${present}`;
  return isBase64(record.base64) ? undefined : 'its bytes are not base64';
}

const decoded = new WeakMap<ArrayRecord, Result<NumericArray>>();

/** The numbers of a record, row-major; decoded once per record. Fails with `document/invalid` when bytes and shape do not fit. */
export function decodeArray(record: ArrayRecord): Result<NumericArray> {
  let result = decoded.get(record);
  if (result === undefined) {
    result = decodeAnew(record);
    decoded.set(record, result);
  }
  return result;
}

function decodeAnew(record: ArrayRecord): Result<NumericArray> {
  const defect = arrayDefect(record);
  const bytes = defect === undefined ? decodeBase64(record.base64) : undefined;
  if (bytes === undefined) {
    const reason = defect ?? 'its bytes are not base64';
    return failed(problem('document/invalid', `The array ${arrayName(record)} is damaged: ${reason}.`));
  }
  const view = new DataView(bytes.buffer);
  const read = readers[record.dtype];
  const step = bytesPerNumber[record.dtype];
  const values = new Float64Array(bytes.length / step);
  for (let index = 0; index < values.length; index += 1) values[index] = read(view, index * step);
  return ok({ shape: record.shape, values });
}

/** What people call the array: where it came from, else its id. */
export function arrayName(record: ArrayRecord): string {
  return record.source === undefined ? record.id : `"${record.source}"`;
}

export interface EncodeOptions {
  /** Default `float64`. Narrower types round as typed arrays do. */
  readonly dtype?: NumberType;
  /** Where the numbers came from, for people. */
  readonly source?: string;
}

/** A record of the values (row-major, as many as the shape says). Its id follows from type, shape and bytes alone. */
export function encodeArray(
  values: ArrayLike<number>,
  shape: readonly number[],
  options: EncodeOptions = {},
): ArrayRecord {
  assert(shapeSize(shape) === values.length, `${values.length} values for shape [${shape.join(', ')}]`);
  const dtype = options.dtype ?? 'float64';
  const step = bytesPerNumber[dtype];
  const bytes = new Uint8Array(values.length * step);
  const view = new DataView(bytes.buffer);
  const write = writers[dtype];
  for (let index = 0; index < values.length; index += 1) write(view, index * step, values[index] as number);
  const content = { dtype, shape: [...shape], base64: encodeBase64(bytes) };
  const record = { id: `ar_${arrayDigest(content).slice(0, 32)}`, ...content };
  return options.source === undefined ? record : { ...record, source: options.source };
}

/** SHA-256 over type, shape and bytes. */
export function arrayDigest(content: Pick<ArrayRecord, 'dtype' | 'shape' | 'base64'>): string {
  return sha256OfText(`${content.dtype}[${content.shape.join(',')}]${content.base64}`);
}
