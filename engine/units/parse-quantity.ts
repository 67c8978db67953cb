/** Parsing what people type into a field: "20 ms", "0.3nA", "-55mV", "1e-4", "0,5 V". */
import { problem, type Span } from '../base/problem.ts';
import { failed, mapResult, ok, type Result } from '../base/result.ts';
import { parseUnit } from './parse-unit.ts';
import type { Quantity } from './quantity.ts';

const numberPattern = /^[+\-−]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+\-−]?\d+)?/u;

/**
 * Reads a number followed by an optional unit; a decimal comma is accepted where it cannot be a thousands separator.
 * The unit is kept as typed. Fails with `units/syntax` or `units/unknown-unit`; spans count characters of `text`.
 */
export function parseQuantity(text: string): Result<Quantity> {
  const start = text.length - text.trimStart().length;
  const digits = numberPattern.exec(text.slice(start))?.[0];
  if (digits === undefined) return noNumber(text, start);
  const end = start + digits.length;
  const value = readNumber(digits, { start, end });
  if (!value.ok) return value;
  const unit = text.slice(end).trim();
  const unitStart = end + (text.slice(end).length - text.slice(end).trimStart().length);
  if (/^[\d.,]/u.test(unit) && !/^1(?=$|\s|\/)/u.test(unit)) {
    return syntax(
      `"${text.trim()}" holds two numbers.`,
      { start: unitStart, end: unitStart + unit.length },
      'Write one number and one unit, such as 20 ms.',
    );
  }
  return mapResult(parseUnit(unit, unitStart), () => ({ value: value.value, unit }));
}

function readNumber(digits: string, span: Span): Result<number> {
  if (/^[+\-−]?[1-9]\d{0,2},\d{3}$/u.test(digits)) {
    const without = digits.replace(',', '');
    return syntax(`"${digits}" can be read in two ways.`, span, `Write ${without} or ${digits.replace(',', '.')}.`);
  }
  const value = Number(digits.replaceAll('−', '-').replace(',', '.'));
  return Number.isFinite(value) ? ok(value) : syntax(`${digits} is too large a number.`, span);
}

function noNumber(text: string, start: number): Result<never> {
  const typed = text.trim();
  const span = { start, end: Math.max(start, text.trimEnd().length) };
  const message = typed === '' ? 'The field is empty.' : `"${typed}" does not start with a number.`;
  return syntax(message, span, 'Write a number and a unit, such as 20 ms.');
}

function syntax(message: string, span: Span, hint?: string): Result<never> {
  return failed(problem('units/syntax', message, { at: { span }, ...(hint === undefined ? {} : { hint }) }));
}
