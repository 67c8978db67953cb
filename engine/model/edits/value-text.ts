/** Parameter values as they stand in labels. */
import { arrayName, shapeSize } from '../arrays.ts';
import type { ArrayRecord } from '../document.ts';
import type { ParameterValue } from '../value.ts';
import { printQuantity } from '../../units/quantity.ts';

/** A short text for a value: `20 ms`, `3 values`, `off`, `a 100 × 100 array`, `weights.npy`. */
export function valueText(value: ParameterValue, arrays: readonly ArrayRecord[] = []): string {
  if (typeof value !== 'object' || value === null) return plainText(value);
  if ('value' in value) return printQuantity(value);
  if ('values' in value) return `${value.values.length} values`;
  if ('distribution' in value) return `values drawn from ${value.distribution}`;
  return arrayText(arrays.find((array) => array.id === value.array));
}

function plainText(value: string | number | boolean | null): string {
  if (value === null) return 'none';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'number') return String(value);
  return value.length > 40 ? `"${value.slice(0, 40)}…"` : `"${value}"`;
}

function arrayText(array: ArrayRecord | undefined): string {
  if (array === undefined) return 'an array';
  if (array.source !== undefined) return arrayName(array);
  return array.shape.length === 1 ? `${shapeSize(array.shape)} values` : `a ${array.shape.join(' × ')} array`;
}
