/** Parsing statement blocks (resets, discrete updates): assignments on lines or between semicolons. */
import { andThen, type Result } from '../base/result.ts';
import { tokenize } from './lexer.ts';
import { failAt, readExpression } from './parser.ts';
import { isKeyword } from './reserved-names.ts';
import { accept, createReader, describeToken, fail, finish, peek, take, type TokenReader } from './token-reader.ts';
import type { AssignmentOperator, StatementTree } from './tree.ts';

const assignments: readonly string[] = ['=', '+=', '-=', '*=', '/=', '%='];

/** The statements of a block in order; an empty block has none. Fails with `equations/syntax`. */
export function parseStatements(text: string): Result<readonly StatementTree[]> {
  return andThen(tokenize(text), (tokens) => {
    const reader = createReader(text, tokens);
    const statements: StatementTree[] = [];
    skipSeparators(reader);
    while (peek(reader).kind !== 'end') {
      const statement = readStatement(reader);
      if (statement !== undefined) statements.push(statement);
      const following = peek(reader);
      if (!isSeparator(reader) && following.kind !== 'end') failAt(reader, following);
      skipSeparators(reader);
    }
    return finish(reader, statements);
  });
}

function readStatement(reader: TokenReader): StatementTree | undefined {
  const target = take(reader);
  if (target.kind !== 'name' || isKeyword(target.text)) {
    fail(reader, `A statement starts with the name it writes to, not with ${describeToken(target)}.`, target.span);
    return undefined;
  }
  const operator = peek(reader);
  if (!assignments.includes(operator.text)) {
    fail(
      reader,
      `After "${target.text}" an assignment must follow, not ${describeToken(operator)}.`,
      operator.span,
      'Assignments are =, +=, -=, *=, /= and %=.',
    );
    return undefined;
  }
  take(reader);
  const expression = readExpression(reader);
  return {
    target: target.text,
    targetSpan: target.span,
    operator: operator.text as AssignmentOperator,
    expression,
    span: { start: target.span.start, end: expression.span.end },
  };
}

function isSeparator(reader: TokenReader): boolean {
  return peek(reader).kind === 'newline' || peek(reader).text === ';';
}

function skipSeparators(reader: TokenReader): void {
  while (peek(reader).kind === 'newline' || accept(reader, ';') !== undefined) {
    if (peek(reader).kind === 'newline') take(reader);
  }
}
