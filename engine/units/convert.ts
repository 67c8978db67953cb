/** Converting between typed quantities and SI numbers, exactly where decimals allow. */
import { problem } from '../base/problem.ts';
import { expectOk, failed, mapResult, ok, type Result } from '../base/result.ts';
import { describeDimension, equalDimensions, isDimensionless, type Dimension } from './dimension.ts';
import { parseUnit, type ParsedUnit, type UnitFactor } from './parse-unit.ts';
import { printQuantity, type Quantity } from './quantity.ts';

/** A number in SI units (without prefixes) and its dimension. */
export interface SiValue {
  readonly value: number;
  readonly dimension: Dimension;
}

/**
 * The quantity in SI units. Decimal units shift the decimal point of the number as written, so 20 ms is the double
 * 0.02 and -55 mV is -0.055. Fails when the unit is not known.
 */
export function toSi(quantity: Quantity): Result<SiValue> {
  return mapResult(parseUnit(quantity.unit), (unit) => ({
    value: scale(quantity.value, unit),
    dimension: unit.dimension,
  }));
}

/** A number in `unit` as an SI number. The unit is one of the program's own; an unknown one is a bug. */
export function siNumber(value: number, unit: string): number {
  return scale(value, expectOk(parseUnit(unit)));
}

/** An SI number in `unit`, the inverse of `siNumber`. The unit is one of the program's own; an unknown one is a bug. */
export function fromSi(value: number, unit: string): number {
  const parsed = expectOk(parseUnit(unit));
  return shiftDecimal(value / parsed.factor, -parsed.exponent);
}

/** The dimension of one of the program's own units; an unknown one is a bug. */
export function dimensionOfUnit(unit: string): Dimension {
  return expectOk(parseUnit(unit)).dimension;
}

/**
 * The SI number of a quantity that has to have the dimension of `expectedUnit`; `what` names the parameter in the
 * sentence. Fails with `model/parameter-dimension` naming both dimensions, or as `toSi` does.
 */
export function checkDimension(quantity: Quantity, expectedUnit: string, what: string): Result<number> {
  const found = toSi(quantity);
  if (!found.ok) return found;
  const expected = dimensionOfUnit(expectedUnit);
  if (equalDimensions(found.value.dimension, expected)) return ok(found.value.value);
  const message = `${printQuantity(quantity)} is ${describeDimension(found.value.dimension)}; ${what} is ${describeDimension(expected)}.`;
  return failed(
    problem('model/parameter-dimension', message, { hint: dimensionHint(quantity, expectedUnit, expected) }),
  );
}

/** `value × 10^exponent`, rounded once: the exponent of the shortest decimal of `value` is changed. */
export function shiftDecimal(value: number, exponent: number): number {
  if (exponent === 0 || !Number.isFinite(value)) return value;
  const [mantissa, power = '0'] = String(value).split('e');
  return Number(`${mantissa}e${Number(power) + exponent}`);
}

function scale(value: number, unit: ParsedUnit): number {
  return shiftDecimal(unit.factor === 1 ? value : value * unit.factor, unit.exponent);
}

function dimensionHint(quantity: Quantity, expectedUnit: string, expected: Dimension): string {
  if (isDimensionless(expected)) return `Write the number without a unit: ${quantity.value}.`;
  const typed = expectOk(parseUnit(quantity.unit));
  const wanted = expectOk(parseUnit(expectedUnit));
  const unit = keepPrefix(typed, wanted) ?? expectedUnit;
  return `Did you mean ${printQuantity({ value: quantity.value, unit })}?`;
}

/** The expected unit with the prefix that was typed ("mV" where amperes are wanted gives "mA"), if both are single units. */
function keepPrefix(typed: ParsedUnit, wanted: ParsedUnit): string | undefined {
  const [from, to] = [singleFactor(typed), singleFactor(wanted)];
  if (from === undefined || to?.found.unit.prefixed !== true || from.found.prefixExponent === 0) return undefined;
  const prefix = prefixText(from.word, from.found.unit.symbols) ?? prefixText(from.word, from.found.unit.names);
  const symbol = to.found.unit.symbols[0];
  return prefix === undefined || symbol === undefined ? undefined : prefix + symbol;
}

function singleFactor(unit: ParsedUnit): UnitFactor | undefined {
  return unit.factors.length === 1 && unit.factors[0]?.power === 1 ? unit.factors[0] : undefined;
}

/** The prefix symbol before one of the unit's words; undefined for prefixes written out. */
function prefixText(word: string, endings: readonly string[]): string | undefined {
  const ending = endings.find((candidate) => word.endsWith(candidate));
  const prefix = ending === undefined ? undefined : word.slice(0, word.length - ending.length);
  return prefix !== undefined && prefix.length <= 2 ? prefix : undefined;
}
