/** Parsing model strings: differential equations, subexpressions and parameters with units and flags (rules E7–E13 of SPEC.md). */
import { problem, type Problem } from '../base/problem.ts';
import { andThen, failed, ok, type Result } from '../base/result.ts';
import { readDeclaredUnit } from './declared-unit.ts';
import { readFlags } from './flags.ts';
import { tokenize } from './lexer.ts';
import type { Definition, DefinitionKind, ModelEquations, ModelUse } from './model-equations.ts';
import { failAt, readExpression } from './parser.ts';
import { reservedReason } from './reserved-names.ts';
import { accept, createReader, describeToken, fail, peek, take, type TokenReader } from './token-reader.ts';
import type { Token } from './lexer.ts';
import type { Tree } from './tree.ts';

/**
 * The definitions of a model string, in the order written. Fails with `equations/syntax` at the first place that cannot be
 * read, else with all of `equations/unit`, `equations/flag`, `equations/reserved-name` and `equations/duplicate-name`.
 */
export function parseModel(text: string, use: ModelUse = 'cells'): Result<ModelEquations> {
  return andThen(tokenize(text), (tokens) => {
    const reader = createReader(text, tokens);
    const problems: Problem[] = [];
    const definitions: Definition[] = [];
    skipLineEnds(reader);
    while (peek(reader).kind !== 'end') {
      const definition = readDefinition(reader, use, problems);
      if (definition !== undefined) definitions.push(definition);
      skipLineEnds(reader);
    }
    if (reader.problem !== undefined) return failed(reader.problem);
    problems.push(...nameProblems(definitions));
    return problems.length > 0 ? failed(...problems) : ok({ text, definitions });
  });
}

interface Heading {
  readonly kind: DefinitionKind;
  readonly name: string;
  readonly token: Token;
}

function readDefinition(reader: TokenReader, use: ModelUse, problems: Problem[]): Definition | undefined {
  const start = peek(reader).span.start;
  const heading = readHeading(reader);
  if (heading === undefined) return undefined;
  const expression = heading.kind === 'parameter' ? undefined : readRightSide(reader);
  expectColon(reader, heading);
  const unit = readDeclaredUnit(reader, problems);
  const found = readFlags(reader, heading.kind, use, problems);
  const following = peek(reader);
  if (following.kind !== 'newline' && following.kind !== 'end') failAt(reader, following);
  if (heading.kind === 'differential' && unit.type !== 'float') {
    const message = `${heading.name} has a differential equation and cannot be declared ${unit.type}.`;
    problems.push(
      problem('equations/unit', message, { at: { span: unit.span }, hint: 'Declare a unit, or 1 for a plain number.' }),
    );
  }
  const nameStart = heading.kind === 'differential' ? heading.token.span.start + 1 : heading.token.span.start;
  return {
    kind: heading.kind,
    name: heading.name,
    nameSpan: { start: nameStart, end: heading.token.span.end },
    expression,
    unit: unit.dimension,
    type: unit.type,
    unitText: unit.text,
    unitSpan: unit.span,
    flags: found,
    span: { start, end: reader.tokens[reader.position - 1]?.span.end ?? unit.span.end },
  };
}

function readHeading(reader: TokenReader): Heading | undefined {
  const token = take(reader);
  if (token.kind !== 'name') {
    fail(
      reader,
      `A definition starts with a name, not with ${describeToken(token)}.`,
      token.span,
      'Write dX/dt = … : unit, X = … : unit or X : unit.',
    );
    return undefined;
  }
  if (accept(reader, '/') !== undefined) return readDerivative(reader, token);
  const kind = accept(reader, '=') === undefined ? 'parameter' : 'subexpression';
  return { kind, name: token.text, token };
}

function readDerivative(reader: TokenReader, token: Token): Heading | undefined {
  const below = take(reader);
  if (below.text !== 'dt' || token.text.length < 2 || !token.text.startsWith('d')) {
    const span = { start: token.span.start, end: below.span.end };
    fail(
      reader,
      `"${reader.text.slice(span.start, span.end)}" is not a derivative.`,
      span,
      'Derivatives are written dX/dt.',
    );
    return undefined;
  }
  const equals = peek(reader);
  if (accept(reader, '=') === undefined) {
    fail(reader, `After "${token.text}/dt" a "=" must follow, not ${describeToken(equals)}.`, equals.span);
    return undefined;
  }
  return { kind: 'differential', name: token.text.slice(1), token };
}

/** The expression up to the colon, over line ends. */
function readRightSide(reader: TokenReader): Tree {
  const from = reader.position;
  const end = rightSideEnd(reader);
  const inner = createReader(reader.text, [
    ...reader.tokens.slice(from, end).filter((token) => token.kind !== 'newline'),
    { ...(reader.tokens[end] as Token), kind: 'end' },
  ]);
  const tree = readExpression(inner);
  if (peek(inner).kind !== 'end') failAt(inner, peek(inner));
  reader.position = end;
  if (inner.problem !== undefined && peek(reader).text === ':') {
    reader.problem ??= inner.problem;
    reader.position = reader.tokens.length - 1;
  }
  return tree;
}

/** Position of the colon that ends the right-hand side, or of where the next definition starts without one. */
function rightSideEnd(reader: TokenReader): number {
  for (let position = reader.position; ; position += 1) {
    const token = reader.tokens[position] as Token;
    if (token.text === ':' || token.kind === 'end') return position;
    if (token.text === '=') return lineStart(reader, position);
  }
}

/** Where the line of a stray "=" starts: the definition before it has no unit. A "=" in the first line is part of it. */
function lineStart(reader: TokenReader, position: number): number {
  for (let before = position; before > reader.position; before -= 1) {
    if (reader.tokens[before]?.kind === 'newline') return before;
  }
  return reader.tokens.findIndex((token, index) => index >= position && (token.text === ':' || token.kind === 'end'));
}

function expectColon(reader: TokenReader, heading: Heading): void {
  if (reader.problem !== undefined || accept(reader, ':') !== undefined) return;
  const token = peek(reader);
  const span = {
    start: heading.token.span.start,
    end: token.kind === 'newline' || token.kind === 'end' ? token.span.start : token.span.end,
  };
  if (heading.kind === 'parameter' && token.kind !== 'newline' && token.kind !== 'end') {
    fail(reader, `After "${heading.name}" a "=" or ":" must follow, not ${describeToken(token)}.`, token.span);
    return;
  }
  fail(
    reader,
    `The definition of ${heading.name} ends without a unit.`,
    span,
    'Add ": volt" or another unit, ": 1" for a plain number.',
  );
}

function nameProblems(definitions: readonly Definition[]): Problem[] {
  const problems: Problem[] = [];
  const seen = new Set<string>();
  for (const { name, nameSpan } of definitions) {
    const at = { span: nameSpan };
    const reason = reservedReason(name);
    if (reason !== undefined) {
      problems.push(
        problem('equations/reserved-name', `"${name}" ${reason} and cannot be defined.`, {
          at,
          hint: 'Choose another name.',
        }),
      );
    } else if (seen.has(name)) {
      problems.push(
        problem('equations/duplicate-name', `"${name}" is defined twice.`, {
          at,
          hint: 'Remove or rename one of the two.',
        }),
      );
    }
    seen.add(name);
  }
  return problems;
}

function skipLineEnds(reader: TokenReader): void {
  while (peek(reader).kind === 'newline') take(reader);
}
