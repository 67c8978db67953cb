/** Values of favourites: as short text on the block, and back from what was typed. */
import { failed, ok, type Result } from '../../engine/base/result.ts';
import { problem } from '../../engine/base/problem.ts';
import type { ParameterSpec } from '../../engine/model/kind.ts';
import type { ParameterValue } from '../../engine/model/value.ts';
import { parseQuantity } from '../../engine/units/parse-quantity.ts';
import { printQuantity } from '../../engine/units/quantity.ts';

/** "20 ms", "0.9", "monthly", "N(0, 1)"-like names for what is not one number. */
export function shownValue(spec: ParameterSpec, value: ParameterValue | undefined): string {
  if (value === undefined) return shownDefault(spec);
  if (value === null) return 'none';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'string') return spec.choices?.find((choice) => choice.value === value)?.title ?? value;
  if (typeof value === 'number') return String(value);
  if ('value' in value) return printQuantity(value);
  if ('values' in value) return `${value.values.length} values`;
  if ('distribution' in value) return value.distribution;
  return 'from data';
}

function shownDefault(spec: ParameterSpec): string {
  if (typeof spec.default !== 'number') return shownValue(spec, spec.default);
  return spec.type === 'integer' ? String(spec.default) : printQuantity({ value: spec.default, unit: spec.unit ?? '' });
}

/** Whether the block lets it be typed; lists, files and distributions are for the inspector. */
export function editableInPlace(spec: ParameterSpec, value: ParameterValue | undefined): boolean {
  if (spec.type === 'quantity') return value === undefined || (typeof value === 'object' && value !== null && 'value' in value);
  return spec.type === 'integer';
}

/** What was typed as a value of the parameter; a bare number takes the parameter's own unit. */
export function typedValue(spec: ParameterSpec, text: string): Result<ParameterValue> {
  const parsed = parseQuantity(text);
  if (!parsed.ok) return parsed;
  const { value, unit } = parsed.value;
  if (spec.type !== 'integer') return ok({ value, unit: unit === '' ? (spec.unit ?? '') : unit });
  if (unit === '' && Number.isInteger(value)) return ok(value);
  return failed(problem('model/parameter-type', `${spec.title} is a whole number.`, { hint: 'Write digits only, such as 500.' }));
}
