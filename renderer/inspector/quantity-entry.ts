/** What a typed quantity means for a parameter: the value to store, or the sentence that says why not. */
import type { Problem } from '../../engine/base/problem.ts';
import { problem } from '../../engine/base/problem.ts';
import { failed, ok, type Result } from '../../engine/base/result.ts';
import type { ParameterSpec } from '../../engine/model/kind.ts';
import type { ParameterValue, Quantity } from '../../engine/model/value.ts';
import { checkDimension, fromSi, siNumber } from '../../engine/units/convert.ts';
import { parseQuantity } from '../../engine/units/parse-quantity.ts';
import { significant } from '../../engine/units/format-quantity.ts';

/** The unit a field adds to a bare number: that of the value it shows, else that of the parameter. */
export function unitOfField(spec: ParameterSpec, shown: ParameterValue | undefined): string {
  if (isQuantity(shown) && shown.unit !== '') return shown.unit;
  return spec.unit ?? '1';
}

export function isQuantity(value: ParameterValue | undefined): value is Quantity {
  return typeof value === 'object' && value !== null && 'value' in value;
}

/** The value of a parameter that is not set in the document. */
export function defaultValue(spec: ParameterSpec): ParameterValue {
  if (spec.type === 'quantity' && typeof spec.default === 'number')
    return { value: spec.default, unit: spec.unit ?? '1' };
  return spec.default;
}

/**
 * The text as a quantity of the parameter's dimension and range. A bare number takes `unit`. Fails with the problem
 * whose message and hint are shown at the field.
 */
export function readQuantity(text: string, spec: ParameterSpec, unit: string): Result<Quantity> {
  const typed = parseQuantity(text);
  if (!typed.ok) return typed;
  const bare = typed.value.unit === '' && /[\d.]$/.test(text.trim());
  const quantity = bare ? { value: typed.value.value, unit } : typed.value;
  const si = checkDimension(quantity, spec.unit ?? '1', spec.title);
  if (!si.ok) return si;
  const outside = outsideRange(si.value, spec);
  return outside === undefined ? ok(quantity) : failed(outside);
}

/** The text as a whole number inside the parameter's range. */
export function readInteger(text: string, spec: ParameterSpec): Result<number> {
  const value = Number(text.trim().replaceAll(/[\s_]/g, ''));
  if (text.trim() === '' || !Number.isSafeInteger(value)) {
    return failed(
      problem('model/parameter-type', `"${text.trim()}" is not a whole number.`, {
        hint: 'Write a whole number, such as 100.',
      }),
    );
  }
  const outside = outsideRange(value, spec, true);
  return outside === undefined ? ok(value) : failed(outside);
}

function outsideRange(value: number, spec: ParameterSpec, plain = false): Problem | undefined {
  const unit = spec.unit ?? '1';
  const limit = (bound: number): number => (plain ? bound : siNumber(bound, unit));
  const print = (bound: number): string =>
    plain || unit === '1' || unit === '' ? String(bound) : `${significant(bound)} ${unit}`;
  const refuse = (what: string): Problem => problem('model/parameter-range', `${spec.title} must be ${what}.`);
  if (spec.minimum !== undefined && value < limit(spec.minimum)) return refuse(`at least ${print(spec.minimum)}`);
  if (spec.maximum !== undefined && value > limit(spec.maximum)) return refuse(`at most ${print(spec.maximum)}`);
  if (spec.exclusiveMinimum !== undefined && value <= limit(spec.exclusiveMinimum))
    return refuse(`greater than ${print(spec.exclusiveMinimum)}`);
  return undefined;
}

/** The entry that a hint such as "Did you mean 10 mA?" offers; undefined when it offers none. */
export function offeredEntry(found: Problem): string | undefined {
  return /^Did you mean (.+)\?$/.exec(found.hint ?? '')?.[1];
}

/** A slider needs both ends; it moves in the parameter's own unit. */
export function sliderRange(
  spec: ParameterSpec,
): { readonly minimum: number; readonly maximum: number; readonly step: number } | undefined {
  const minimum = spec.minimum ?? spec.exclusiveMinimum;
  const { maximum } = spec;
  if (minimum === undefined || maximum === undefined || !(maximum > minimum) || maximum - minimum > 1e6)
    return undefined;
  const step = spec.type === 'integer' ? 1 : niceStep((maximum - minimum) / 200);
  return { minimum: spec.minimum ?? step, maximum, step };
}

/** Where the kind tells no range: from nothing to twice the number, or as far on both sides of 0, within what limits there are. */
export function rangeAround(
  number: number,
  spec: ParameterSpec,
): { readonly minimum: number; readonly maximum: number; readonly step: number } {
  const usual = typeof spec.default === 'number' ? Math.abs(spec.default) : 0;
  const reach = Math.abs(number) || usual || 1;
  const step = niceStep(reach / 100);
  const least = spec.minimum ?? (spec.exclusiveMinimum === undefined ? -Infinity : spec.exclusiveMinimum + step);
  return {
    minimum: Math.max(number - reach, least),
    maximum: Math.min(number + reach, spec.maximum ?? Infinity),
    step,
  };
}

function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const found = [1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10;
  return Number((found * power).toPrecision(1));
}

/** A number moved by a slider as a quantity in the unit that is shown, free of binary noise. */
export function quantityFromSlider(value: number, spec: ParameterSpec, shownUnit: string): Quantity {
  const own = spec.unit ?? '1';
  const clean = Number(value.toPrecision(6));
  return own === shownUnit
    ? { value: clean, unit: own }
    : { value: Number(fromSi(siNumber(clean, own), shownUnit).toPrecision(6)), unit: shownUnit };
}

/** The quantity in the parameter's own unit, for the slider's thumb. */
export function inOwnUnit(quantity: Quantity, spec: ParameterSpec): number | undefined {
  const si = checkDimension(quantity, spec.unit ?? '1', spec.title);
  return si.ok ? fromSi(si.value, spec.unit ?? '1') : undefined;
}
