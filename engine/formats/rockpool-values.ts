/** Numbers of saved Rockpool layers: nested lists to arrays and back, SI quantities to parameters of a document and back. */
import { decodeArray, encodeArray } from '../model/arrays.ts';
import type { ArrayRecord } from '../model/document.ts';
import type { NumericArray, ResolvedValue } from '../model/validated.ts';
import type { ParameterValue } from '../model/value.ts';
import type { LayerValue } from './rockpool-network.ts';

/** Arrays of a document that is being made, by id. */
export type ArrayShelf = Record<string, ArrayRecord>;

/** Lists of so many numbers and more stand in an array. */
const listsBelow = 64;

/** Rows of equal length, or undefined for anything else. */
export function matrixFrom(value: LayerValue): NumericArray | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const rows = (value as readonly LayerValue[]).map(numbersFrom);
  const columns = rows[0]?.length ?? 0;
  if (columns === 0 || rows.some((row) => row?.length !== columns)) return undefined;
  return { shape: [rows.length, columns], values: Float64Array.from(rows.flatMap((row) => row ?? [])) };
}

/** A list of numbers, or undefined. */
export function numbersFrom(value: LayerValue): readonly number[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const entries = value as readonly LayerValue[];
  return entries.every((entry): entry is number => typeof entry === 'number') ? entries : undefined;
}

/** A reference to the array, which is put on the shelf. */
export function shelved({ shape, values }: NumericArray, unit: string, shelf: ArrayShelf): ParameterValue {
  const record = encodeArray(values, shape, { source: 'Rockpool' });
  shelf[record.id] = record;
  return { array: record.id, unit };
}

/** A number or list in `unit` as a document holds it; undefined for anything else. Lists keep every bit, −0 too. */
export function quantityFrom(value: LayerValue, unit: string, shelf: ArrayShelf): ParameterValue | undefined {
  if (typeof value === 'number') return { value, unit };
  const values = numbersFrom(value);
  if (values === undefined || values.length === 0) return undefined;
  const plain = values.length < listsBelow && !values.some((each) => Object.is(each, -0));
  if (plain) return { values: [...values], unit };
  return shelved({ shape: [values.length], values: Float64Array.from(values) }, unit, shelf);
}

/** The numbers of an array of the validated model; a number is a list of one, anything else undefined. */
export function numbersOf(value: ResolvedValue | undefined): readonly number[] | undefined {
  if (typeof value === 'number') return [value];
  return isArray(value) ? Array.from(value.values) : undefined;
}

/** The numbers that stand in a document in this very unit; undefined for anything else. */
export function givenNumbers(
  value: ParameterValue,
  unit: string,
  arrays: Readonly<Record<string, ArrayRecord>>,
): readonly number[] | undefined {
  if (typeof value !== 'object' || value === null || !('unit' in value) || value.unit !== unit) return undefined;
  if ('value' in value) return [value.value];
  if ('values' in value) return value.values;
  const record = arrays[value.array];
  const decoded = record && decodeArray(record);
  return decoded?.ok === true ? Array.from(decoded.value.values) : undefined;
}

/** Whether all numbers of an array are the same. */
export function equalRows({ values }: NumericArray): boolean {
  return values.every((value) => value === values[0]);
}

/** Rows of a matrix as nested lists; a vector is one row. Undefined where there is no matrix. */
export function rowsOf(value: ResolvedValue | undefined): readonly (readonly number[])[] | undefined {
  if (!isArray(value)) return undefined;
  const columns = value.shape.at(-1) ?? 1;
  const values = Array.from(value.values);
  return Array.from({ length: values.length / columns }, (_, row) => values.slice(row * columns, (row + 1) * columns));
}

function isArray(value: ResolvedValue | undefined): value is NumericArray {
  return typeof value === 'object' && value !== null && 'values' in value;
}

/** Whether two entries say the same; −0 and 0 do. */
export function equalValues(left: LayerValue | undefined, right: LayerValue | undefined): boolean {
  if (!Array.isArray(left) || !Array.isArray(right)) return left === right;
  const other = right as readonly LayerValue[];
  return (
    left.length === right.length && (left as readonly LayerValue[]).every((each, at) => equalValues(each, other[at]))
  );
}
