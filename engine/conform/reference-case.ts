/** Reference cases: the form in which results of the original packages are kept (e2e/cases/README.md). */
import { problem } from '../base/problem.ts';
import type { Result } from '../base/result.ts';
import { failed, ok } from '../base/result.ts';
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
  const all = decodeArrays(json);
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
  return typeof value === 'object' && value !== null && !Array.isArray(value) && (value as NumericArray).values instanceof Float64Array;
}

function decodeArrays(value: unknown): CaseValue {
  if (Array.isArray(value)) return value.map(decodeArrays);
  if (typeof value !== 'object' || value === null) return value as CaseValue;
  const entries = value as Record<string, unknown>;
  if (typeof entries['base64'] === 'string') return decodeArray(entries);
  return Object.fromEntries(Object.entries(entries).map(([key, entry]) => [key, decodeArrays(entry)]));
}

function decodeArray(entries: Record<string, unknown>): NumericArray {
  const bytes = decodeBase64(entries['base64'] as string);
  const data = bytes ?? new Uint8Array();
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const shape = entries['shape'] as number[];
  const read = readers[entries['dtype'] as string];
  const length = shape.reduce((product, extent) => product * extent, 1);
  if (read === undefined) return { shape, values: new Float64Array(length).fill(Number.NaN) };
  return { shape, values: Float64Array.from({ length }, (_, index) => read(view, index)) };
}

const readers: Readonly<Record<string, (view: DataView, index: number) => number>> = {
  float64: (view, index) => view.getFloat64(index * 8, true),
  float32: (view, index) => view.getFloat32(index * 4, true),
  int64: (view, index) => Number(view.getBigInt64(index * 8, true)),
  int32: (view, index) => view.getInt32(index * 4, true),
  int16: (view, index) => view.getInt16(index * 2, true),
  int8: (view, index) => view.getInt8(index),
  uint8: (view, index) => view.getUint8(index),
  bool: (view, index) => view.getUint8(index),
};
