/** Values of favourites: as short text on the block, and back from what was typed. */
import type { Result } from '../../engine/base/result.ts';
import type { ParameterSpec } from '../../engine/model/kind.ts';
import type { ParameterValue } from '../../engine/model/value.ts';
import { printQuantity } from '../../engine/units/quantity.ts';
import { isQuantity, readInteger, readQuantity, unitOfField } from '../inspector/quantity-entry.ts';

/** "20 ms", "0.9", "monthly", or what a value that is not one number is made of. */
export function shownValue(spec: ParameterSpec, value: ParameterValue | undefined): string {
  if (value === undefined) return shownDefault(spec);
  if (typeof value === 'string') return spec.choices?.find((choice) => choice.value === value)?.title ?? value;
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'number') return String(value);
  return value === null ? 'none' : shownRecord(value);
}

function shownRecord(value: Exclude<ParameterValue, string | boolean | number | null>): string {
  if ('value' in value) return printQuantity(value);
  if ('values' in value) return `${value.values.length} values`;
  return 'distribution' in value ? value.distribution : 'from data';
}

function shownDefault(spec: ParameterSpec): string {
  if (typeof spec.default !== 'number') return shownValue(spec, spec.default);
  return spec.type === 'integer' ? String(spec.default) : printQuantity({ value: spec.default, unit: spec.unit ?? '' });
}

/** Whether the block lets it be typed; lists, files and distributions are for the inspector. */
export function editableInPlace(spec: ParameterSpec, value: ParameterValue | undefined): boolean {
  if (spec.type === 'quantity') return value === undefined || isQuantity(value);
  return spec.type === 'integer';
}

/** What was typed as a value of the parameter, read and checked as the inspector does. */
export function typedValue(
  spec: ParameterSpec,
  shown: ParameterValue | undefined,
  text: string,
): Result<ParameterValue> {
  return spec.type === 'integer' ? readInteger(text, spec) : readQuantity(text, spec, unitOfField(spec, shown));
}
