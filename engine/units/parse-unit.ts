/** Parsing unit texts: products, quotients and powers of symbols, such as "mV", "nS/cm^2", "1/ms", "A/m²". */
import { problem, type Span } from '../base/problem.ts';
import { failed, ok, type Result } from '../base/result.ts';
import { dimensionless, multiplyDimensions, powerDimension, type Dimension } from './dimension.ts';
import { findUnit, suggestUnit, type ScaledUnit } from './find-unit.ts';

/** One symbol of a unit text with its power (negative below the fraction line). */
export interface UnitFactor {
  readonly word: string;
  readonly found: ScaledUnit;
  readonly power: number;
  readonly span: Span;
}

/** A unit text understood: `factor × 10^exponent` SI units of `dimension`. */
export interface ParsedUnit {
  readonly dimension: Dimension;
  readonly exponent: number;
  readonly factor: number;
  readonly factors: readonly UnitFactor[];
}

/**
 * Reads a unit; "" and "1" are dimensionless. Fails with `units/unknown-unit` or `units/syntax`, whose spans count from
 * `offset` (where the unit starts in the text the user typed).
 */
export function parseUnit(text: string, offset = 0): Result<ParsedUnit> {
  const reader: Reader = { text, position: 0, offset };
  skipSpaces(reader);
  if (reader.position === text.length) return ok(combineFactors([]));
  const factors = readProduct(reader);
  if (!factors.ok) return factors;
  if (reader.position < text.length)
    return syntaxProblem(reader, `"${text.slice(reader.position).trim()}" cannot follow a unit`);
  return ok(combineFactors(factors.value));
}

interface Reader {
  readonly text: string;
  readonly offset: number;
  position: number;
}

function combineFactors(factors: readonly UnitFactor[]): ParsedUnit {
  let dimension = dimensionless;
  let exponent = 0;
  let factor = 1;
  for (const { found, power } of factors) {
    dimension = multiplyDimensions(dimension, powerDimension(found.dimension, power));
    const shifted = found.exponent * power;
    exponent += Math.floor(shifted);
    // Powers are multiples of a half, so what is left over is a square root of ten.
    if (!Number.isInteger(shifted)) factor *= Math.sqrt(10);
    if (found.factor !== 1) factor *= wholePower(found.factor, power);
  }
  return { dimension, exponent, factor, factors };
}

function wholePower(base: number, power: number): number {
  let result = Number.isInteger(power) ? 1 : Math.sqrt(base);
  for (let count = 0; count < Math.floor(Math.abs(power)); count += 1) result *= base;
  return power < 0 ? 1 / result : result;
}

function readProduct(reader: Reader): Result<UnitFactor[]> {
  const first = readPower(reader);
  if (!first.ok) return first;
  const factors = first.value;
  for (;;) {
    const operator = accept(reader, /^(?:\*(?!\*)|·|⋅|×|\/)/u);
    if (operator === undefined) return ok(factors);
    const next = readPower(reader);
    if (!next.ok) return next;
    factors.push(...(operator === '/' ? raise(next.value, -1) : next.value));
  }
}

function readPower(reader: Reader): Result<UnitFactor[]> {
  const base = readBase(reader);
  if (!base.ok) return base;
  const superscript = accept(reader, /^⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]/u);
  if (superscript !== undefined) return ok(raise(base.value, fromSuperscript(superscript)));
  if (accept(reader, /^(?:\*\*|\^)/u) === undefined) return base;
  const exponent = accept(reader, /^\(?[+-]?\d+(?:\.\d+)?\)?/u);
  if (exponent === undefined) return syntaxProblem(reader, 'after "^" a number must follow');
  const power = Number(exponent.replaceAll(/[()]/gu, ''));
  if (!Number.isInteger(power * 2)) return syntaxProblem(reader, `the power ${power} is not a whole or half number`);
  return ok(raise(base.value, power));
}

function readBase(reader: Reader): Result<UnitFactor[]> {
  if (accept(reader, /^\(/u) !== undefined) {
    const inner = readProduct(reader);
    if (inner.ok && accept(reader, /^\)/u) === undefined)
      return syntaxProblem(reader, 'a closing parenthesis is missing');
    return inner;
  }
  const start = reader.position;
  const word = accept(reader, /^(?:[A-Za-zµμ\u03a9\u2126]+|1(?![\d.])|%|°)/u);
  if (word === undefined) return syntaxProblem(reader, 'a unit is missing');
  const found = findUnit(word);
  const span = { start: reader.offset + start, end: reader.offset + start + word.length };
  return found === undefined ? unknownUnit(word, span) : ok([{ word, found, power: 1, span }]);
}

function raise(factors: readonly UnitFactor[], power: number): UnitFactor[] {
  return factors.map((factor) => ({ ...factor, power: factor.power * power }));
}

function fromSuperscript(text: string): number {
  const digit = '⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(text.slice(-1));
  return text.startsWith('⁻') ? -digit : digit;
}

function accept(reader: Reader, pattern: RegExp): string | undefined {
  const matched = pattern.exec(reader.text.slice(reader.position))?.[0];
  if (matched === undefined) return undefined;
  reader.position += matched.length;
  skipSpaces(reader);
  return matched;
}

function skipSpaces(reader: Reader): void {
  while (/\s/u.test(reader.text.charAt(reader.position))) reader.position += 1;
}

function unknownUnit(word: string, span: Span): Result<never> {
  const suggestion = suggestUnit(word);
  const hint = suggestion === undefined ? 'Units look like ms, mV, nA, pF, nS, MΩ, Hz.' : `Did you mean ${suggestion}?`;
  return failed(problem('units/unknown-unit', `"${word}" is not a known unit.`, { hint, at: { span } }));
}

function syntaxProblem(reader: Reader, reason: string): Result<never> {
  const start = reader.offset + Math.min(reader.position, Math.max(reader.text.length - 1, 0));
  const span = { start, end: reader.offset + reader.text.length };
  return failed(
    problem('units/syntax', `The unit "${reader.text.trim()}" cannot be read: ${reason}.`, { at: { span } }),
  );
}
