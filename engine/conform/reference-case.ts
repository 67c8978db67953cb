/** Reference cases: the form in which results of the original packages are kept (e2e/cases/README.md). */
import { problem } from '../base/problem.ts';
import type { Result } from '../base/result.ts';
import { failed, ok } from '../base/result.ts';
import { tabulated } from '../base/tabulated.ts';
import { decodeBase64 } from '../model/base64.ts';
import type { NumericArray } from '../model/validated.ts';

/** JSON as it stands in a case; arrays of numbers are already decoded to NumericArray. */
export type CaseValue = null | boolean | number | string | NumericArray | readonly CaseValue[] | CaseRecord;
export interface CaseRecord {
  readonly [key: string]: CaseValue;
}

export interface ReferenceCase {
  readonly id: string;
  /** `group.Name`. */
  readonly system: string;
  readonly kind: string;
  readonly parameters: CaseRecord;
  readonly expected: CaseRecord;
  readonly tolerance: CaseRecord;
  /** The whole case, for what only some systems have (input, initial_state, training, evolve_calls …). */
  readonly all: CaseRecord;
}

/** Reads a case from its JSON; what is not a case becomes `conform/bad-case`. */
export function readCase(json: unknown, name: string): Result<ReferenceCase> {
  const decoded = decodeAll(json, name);
  if (!decoded.ok) return decoded;
  const all = decoded.value;
  if (!isRecord(all)) return failed(badCase(name, 'it is not a JSON object'));
  const { id, system, kind, params, expected, tolerance } = all;
  if (typeof id !== 'string' || typeof system !== 'string' || typeof kind !== 'string') {
    return failed(badCase(name, 'id, system and kind must be texts'));
  }
  if (!isRecord(expected) || Object.keys(expected).length === 0) return failed(badCase(name, 'nothing is expected'));
  return ok({
    id,
    system,
    kind,
    parameters: isRecord(params) ? params : {},
    expected,
    tolerance: isRecord(tolerance) ? tolerance : {},
    all,
  });
}

function badCase(name: string, reason: string) {
  return problem('conform/bad-case', `${name} is not a reference case: ${reason}.`, {
    hint: 'A case is a JSON object with id, system, kind, params and expected.',
    at: { path: name },
  });
}

/** True for a JSON object that is not an array of numbers. */
export function isRecord(value: CaseValue | undefined): value is CaseRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isNumericArray(value);
}

/** True for a decoded array of numbers. */
export function isNumericArray(value: CaseValue | undefined): value is NumericArray {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    (value as NumericArray).values instanceof Float64Array
  );
}

/** True for an array of booleans, which a case writes as 0 and 1. */
export function isMask(value: CaseValue | undefined): value is NumericArray {
  return isNumericArray(value) && 'booleans' in value;
}

/** What is wrong with an array of a case. */
class BadArray extends Error {}

function decodeAll(json: unknown, name: string): Result<CaseValue> {
  try {
    return ok(decodeArrays(json));
  } catch (error) {
    if (error instanceof BadArray) return failed(badCase(name, error.message));
    throw error;
  }
}

function decodeArrays(value: unknown): CaseValue {
  if (Array.isArray(value)) return value.map(decodeArrays);
  if (typeof value !== 'object' || value === null) return value as CaseValue;
  const entries = value as Record<string, unknown>;
  if (typeof entries['base64'] === 'string') return decodeArray(entries['base64'], entries['dtype'], entries['shape']);
  return Object.fromEntries(Object.entries(entries).map(([key, entry]) => [key, decodeArrays(entry)]));
}

function decodeArray(base64: string, dtype: unknown, shape: unknown): NumericArray {
  const format = formats[String(dtype)];
  if (format === undefined) throw new BadArray(`an array has the unknown type ${JSON.stringify(dtype)}`);
  if (!isShape(shape)) throw new BadArray(`an array has the shape ${JSON.stringify(shape)}`);
  const length = shape.reduce((product, extent) => product * extent, 1);
  const bytes = decodeBase64(base64);
  if (bytes?.length !== length * format.bytes) {
    throw new BadArray(
      `an array of shape [${shape.join(', ')}] does not have ${length * format.bytes} bytes of base64`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = tabulated(length, (place) => format.read(view, place * format.bytes));
  return dtype === 'bool' ? { ...{ booleans: true }, shape, values } : { shape, values };
}

function isShape(shape: unknown): shape is number[] {
  return Array.isArray(shape) && shape.every((extent) => Number.isSafeInteger(extent) && (extent as number) >= 0);
}

/** Types of numpy: bytes of an entry, and how it is read at a byte. */
const formats: Readonly<Record<string, { readonly bytes: number; read(view: DataView, at: number): number }>> = {
  float64: { bytes: 8, read: (view, at) => view.getFloat64(at, true) },
  float32: { bytes: 4, read: (view, at) => view.getFloat32(at, true) },
  int64: { bytes: 8, read: (view, at) => Number(view.getBigInt64(at, true)) },
  int32: { bytes: 4, read: (view, at) => view.getInt32(at, true) },
  int16: { bytes: 2, read: (view, at) => view.getInt16(at, true) },
  int8: { bytes: 1, read: (view, at) => view.getInt8(at) },
  uint8: { bytes: 1, read: (view, at) => view.getUint8(at) },
  bool: { bytes: 1, read: (view, at) => view.getUint8(at) },
};
