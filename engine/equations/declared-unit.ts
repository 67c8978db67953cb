/** Reading the declared unit of a definition: products, quotients and powers of unscaled units (rule E9 of SPEC.md). */
import { nearestName } from '../base/nearest-name.ts';
import { problem, type Problem, type Span } from '../base/problem.ts';
import {
  dimensionless,
  divideDimensions,
  multiplyDimensions,
  powerDimension,
  type Dimension,
} from '../units/dimension.ts';
import { equationUnitNames, findEquationUnit } from '../units/equation-units.ts';
import { accept, describeToken, fail, peek, take, type TokenReader } from './token-reader.ts';
import type { ValueType } from './model-equations.ts';
import type { Token } from './lexer.ts';

export interface DeclaredUnit {
  readonly dimension: Dimension;
  readonly type: ValueType;
  readonly text: string;
  readonly span: Span;
}

/**
 * Reads the unit after a colon, up to the flags or the end of the line. Wrong grammar is noted in the reader; unknown
 * and scaled units (`mV`) go to `problems` under `equations/unit`.
 */
export function readDeclaredUnit(reader: TokenReader, problems: Problem[]): DeclaredUnit {
  const first = peek(reader);
  const isType = first.text === 'boolean' || first.text === 'integer';
  const dimension = isType ? dimensionless : readProduct(reader, problems);
  if (isType) take(reader);
  const end =
    reader.problem === undefined ? (reader.tokens[reader.position - 1]?.span.end ?? first.span.end) : first.span.end;
  const span = { start: first.span.start, end };
  return {
    dimension,
    type: isType ? (first.text as ValueType) : 'float',
    text: reader.text.slice(span.start, span.end),
    span,
  };
}

function readProduct(reader: TokenReader, problems: Problem[]): Dimension {
  let dimension = readPower(reader, problems);
  for (;;) {
    if (accept(reader, '*') !== undefined) dimension = multiplyDimensions(dimension, readPower(reader, problems));
    else if (accept(reader, '/') !== undefined) dimension = divideDimensions(dimension, readPower(reader, problems));
    else return dimension;
  }
}

function readPower(reader: TokenReader, problems: Problem[]): Dimension {
  const base = readBase(reader, problems);
  return accept(reader, '**') === undefined ? base : powerDimension(base, readExponent(reader));
}

function readBase(reader: TokenReader, problems: Problem[]): Dimension {
  const token = take(reader);
  if (token.text === '(' && reader.depth < 50) {
    reader.depth += 1;
    const inner = readProduct(reader, problems);
    reader.depth -= 1;
    if (accept(reader, ')') === undefined)
      fail(reader, 'A closing parenthesis is missing in the unit.', peek(reader).span);
    return inner;
  }
  if (token.text === '1') return dimensionless;
  if (token.kind === 'name') return namedUnit(token, problems);
  fail(reader, `A unit is missing before ${describeToken(token)}.`, token.span, 'Write 1 for a plain number.');
  return dimensionless;
}

function readExponent(reader: TokenReader): number {
  const parenthesis = accept(reader, '(');
  const sign = accept(reader, '-') === undefined ? 1 : -1;
  let exponent = sign * readNumber(reader);
  if (parenthesis !== undefined) {
    if (accept(reader, '/') !== undefined) exponent /= readNumber(reader);
    if (accept(reader, ')') === undefined)
      fail(reader, 'A closing parenthesis is missing in the unit.', peek(reader).span);
  }
  if (!Number.isFinite(exponent)) fail(reader, 'The power of a unit is a finite number.', peek(reader).span);
  return exponent;
}

function readNumber(reader: TokenReader): number {
  const token = take(reader);
  if (token.kind !== 'number')
    fail(reader, `The power of a unit is a number, not ${describeToken(token)}.`, token.span);
  return Number(token.text);
}

function namedUnit(token: Token, problems: Problem[]): Dimension {
  const unit = findEquationUnit(token.text);
  const at = { span: token.span };
  if (unit === undefined) {
    const hint = unitHint(token.text);
    problems.push(problem('equations/unit', `"${token.text}" is not a unit that can be declared.`, { at, hint }));
  } else if (unit.unscaled !== undefined) {
    const hint = `Declare ${unit.unscaled}; values may still be written in ${token.text}.`;
    problems.push(
      problem('equations/unit', `"${token.text}" is a scaled unit; only unscaled units can be declared.`, { at, hint }),
    );
  }
  return unit?.dimension ?? dimensionless;
}

const spokenTypes: Readonly<Record<string, string>> = {
  bool: 'boolean',
  int: 'integer',
  float: '1',
  dimensionless: '1',
  V: 'volt',
  A: 'amp',
  S: 'siemens',
  F: 'farad',
  s: 'second',
};

function unitHint(word: string): string {
  const spoken = Object.hasOwn(spokenTypes, word) ? spokenTypes[word] : undefined;
  const unscaled = [...equationUnitNames()].filter((name) => findEquationUnit(name)?.unscaled === undefined);
  const suggestion = spoken ?? nearestName(word, unscaled);
  return suggestion === undefined
    ? 'Units are written like volt, amp/metre**2, Hz, 1/second or 1.'
    : `Did you mean ${suggestion}?`;
}
