/** Showing numbers to people: three significant digits with the SI prefix that keeps them between 1 and 1000. */
import { expectOk } from '../base/result.ts';
import { shiftDecimal } from './convert.ts';
import { parseUnit, type ParsedUnit } from './parse-unit.ts';
import { shownPrefix } from './prefixes.ts';

/**
 * An SI number as text: `formatQuantity(-0.055, 'V')` is "-55 mV". The prefix of `unit` is replaced by the fitting one
 * where its first factor takes prefixes; seconds never get prefixes above 1. Units without prefix ("1", "%") show plain numbers.
 */
export function formatQuantity(si: number, unit: string): string {
  const parsed = expectOk(parseUnit(unit));
  const first = parsed.factors[0];
  if (first === undefined || !first.found.unit.prefixed || first.power !== 1 || first.found.unit.symbols[0] === 'rad') {
    return joined(significant(inUnit(si, parsed, 0)), unit);
  }
  const rest = unit.slice(unit.indexOf(first.word) + first.word.length);
  const symbol = first.found.unit.symbols[0] ?? first.word;
  const value = inUnit(si, parsed, first.found.prefixExponent);
  const exponent = prefixExponent(value, symbol === 's' && rest === '' ? 0 : 24);
  return joined(significant(shiftDecimal(rounded(value), -exponent)), `${shownPrefix(exponent) ?? ''}${symbol}${rest}`);
}

/** A number with three significant digits and no trailing zeros: "0.123", "1.2e+7". */
export function significant(value: number): string {
  if (Number.isNaN(value)) return 'not a number';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '-∞';
  return String(rounded(value));
}

function rounded(value: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(3)) + 0 : value;
}

/** The number in the unit, whose prefix of `withoutPrefix` powers of ten is taken off. */
function inUnit(si: number, unit: ParsedUnit, withoutPrefix: number): number {
  return shiftDecimal(si / unit.factor, withoutPrefix - unit.exponent);
}

function prefixExponent(value: number, largest: number): number {
  if (value === 0 || !Number.isFinite(value)) return 0;
  const decimal = Number(value.toExponential(2).split('e')[1]);
  return Math.max(-24, Math.min(largest, Math.floor(decimal / 3) * 3));
}

function joined(number: string, unit: string): string {
  const bare = unit === '' || unit === '1' || number === 'not a number';
  return bare ? number : `${number} ${unit}`;
}
