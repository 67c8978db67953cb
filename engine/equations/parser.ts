/** Parsing expressions: precedence as in Python (rules E1–E6 of SPEC.md). */
import { andThen, type Result } from '../base/result.ts';
import { extentOf, isTooLarge } from './extent.ts';
import { shown, tokenize, type Token } from './lexer.ts';
import { isKeyword } from './reserved-names.ts';
import { accept, createReader, describeToken, fail, finish, peek, take, type TokenReader } from './token-reader.ts';
import type { BinaryOperator, Tree } from './tree.ts';

/** How many levels parentheses may nest. */
const maximumDepth = 200;

/** The tree of one expression, which may run over several lines. Fails with `equations/syntax`. */
export function parseExpression(text: string): Result<Tree> {
  return andThen(tokenize(text), (tokens) => {
    const reader = createReader(
      text,
      tokens.filter((token) => token.kind !== 'newline'),
    );
    const tree = readExpression(reader);
    const left = peek(reader);
    if (left.kind !== 'end') failAt(reader, left);
    return finish(reader, tree);
  });
}

/** Reads one expression from the tokens, as far as it goes. Problems are noted in the reader. */
export function readExpression(reader: TokenReader): Tree {
  reader.depth += 1;
  const tree =
    reader.depth > maximumDepth
      ? fail(reader, 'The expression is nested too deeply.', peek(reader).span)
      : readOr(reader);
  reader.depth -= 1;
  const tooTall = reader.depth === 0 && reader.problem === undefined && isTooLarge(extentOf(tree));
  return tooTall ? fail(reader, 'The expression has too many parts within parts.', tree.span) : tree;
}

/** Notes that a token cannot stand where it stands. */
export function failAt(reader: TokenReader, token: Token): Tree {
  const before = reader.tokens[reader.position - 1];
  const after = before === undefined ? 'at the start' : `after ${describeToken(before)}`;
  if (token.text === 'if' || token.text === 'else') {
    return fail(
      reader,
      `"${token.text}" cannot stand in an expression.`,
      token.span,
      'Multiply by int(condition) instead.',
    );
  }
  if (token.text === '=')
    return fail(reader, 'A single "=" cannot stand in an expression.', token.span, 'Comparisons are written ==.');
  if (token.text === ')')
    return fail(reader, `")" ${after} has no opening parenthesis or closes too early.`, token.span);
  return fail(reader, `${capital(describeToken(token))} cannot stand ${after}.`, token.span, operandHint(token));
}

function operandHint(token: Token): string | undefined {
  if (token.kind === 'name' || token.kind === 'number') return 'An operator is missing between the two.';
  return token.kind === 'symbol' || token.kind === 'end'
    ? 'A number, a name or a parenthesis is missing here.'
    : undefined;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A chain of operators of one level, grouped from the left. */
function readChain(reader: TokenReader, operators: readonly string[], next: (reader: TokenReader) => Tree): Tree {
  let tree = next(reader);
  while (operators.includes(peek(reader).text)) {
    const token = take(reader);
    tree = joined(token.text as BinaryOperator, tree, next(reader));
  }
  return tree;
}

function joined(operator: BinaryOperator, left: Tree, right: Tree): Tree {
  return { kind: 'binary', operator, left, right, span: { start: left.span.start, end: right.span.end } };
}

function readOr(reader: TokenReader): Tree {
  return readChain(reader, ['or'], readAnd);
}

function readAnd(reader: TokenReader): Tree {
  return readChain(reader, ['and'], readNot);
}

function readNot(reader: TokenReader): Tree {
  return readPrefixed(reader, ['not'], readNot, readComparison);
}

function readComparison(reader: TokenReader): Tree {
  const left = readSum(reader);
  const operators = ['<', '<=', '>', '>=', '==', '!='];
  if (!operators.includes(peek(reader).text)) return left;
  const operator = take(reader).text as BinaryOperator;
  const tree = joined(operator, left, readSum(reader));
  const following = peek(reader);
  if (!operators.includes(following.text)) return tree;
  return fail(reader, 'Comparisons cannot be chained.', following.span, 'Write (a < b) and (b < c).');
}

function readSum(reader: TokenReader): Tree {
  return readChain(reader, ['+', '-'], readTerm);
}

function readTerm(reader: TokenReader): Tree {
  return readChain(reader, ['*', '/', '//', '%'], readUnary);
}

function readUnary(reader: TokenReader): Tree {
  return readPrefixed(reader, ['-', '+'], readUnary, readPower);
}

function readPrefixed(
  reader: TokenReader,
  operators: readonly string[],
  again: (reader: TokenReader) => Tree,
  next: (reader: TokenReader) => Tree,
): Tree {
  const token = peek(reader);
  if (!operators.includes(token.text)) return next(reader);
  take(reader);
  reader.depth += 1;
  const operand =
    reader.depth > maximumDepth ? fail(reader, 'The expression is nested too deeply.', token.span) : again(reader);
  reader.depth -= 1;
  return {
    kind: 'unary',
    operator: token.text as '-' | '+' | 'not',
    operand,
    span: { start: token.span.start, end: operand.span.end },
  };
}

function readPower(reader: TokenReader): Tree {
  const base = readPrimary(reader);
  const token = accept(reader, '**');
  if (token === undefined) return base;
  reader.depth += 1;
  const exponent =
    reader.depth > maximumDepth ? fail(reader, 'The expression is nested too deeply.', token.span) : readUnary(reader);
  reader.depth -= 1;
  return joined('**', base, exponent);
}

function readPrimary(reader: TokenReader): Tree {
  const token = peek(reader);
  if (token.kind === 'number') return readNumber(reader);
  if (token.kind === 'name' && (token.text === 'True' || token.text === 'False')) {
    take(reader);
    return { kind: 'boolean', value: token.text === 'True', span: token.span };
  }
  if (token.kind === 'name' && !isKeyword(token.text)) return readName(reader);
  return token.text === '(' ? readParenthesis(reader) : failAt(reader, token);
}

function readNumber(reader: TokenReader): Tree {
  const token = take(reader);
  const value = Number(token.text);
  if (!Number.isFinite(value)) return fail(reader, `"${shown(token.text)}" is too large a number.`, token.span);
  return { kind: 'number', value, integer: /^\d+$/u.test(token.text) && Number.isSafeInteger(value), span: token.span };
}

function readName(reader: TokenReader): Tree {
  const token = take(reader);
  if (accept(reader, '(') === undefined) return { kind: 'name', name: token.text, span: token.span };
  const parts: Tree[] = [];
  if (peek(reader).text !== ')') {
    do {
      parts.push(readExpression(reader));
      if (peek(reader).text === '=') return fail(reader, 'Arguments have no names in equations.', peek(reader).span);
    } while (accept(reader, ',') !== undefined);
  }
  const end = closeParenthesis(reader);
  return {
    kind: 'call',
    function: token.text,
    arguments: parts,
    span: { start: token.span.start, end },
    nameSpan: token.span,
  };
}

function readParenthesis(reader: TokenReader): Tree {
  const start = take(reader).span.start;
  const inner = readExpression(reader);
  if (peek(reader).text === ',')
    return fail(reader, 'A list of values cannot stand in an expression.', peek(reader).span);
  // The span takes in the parentheses, so that a problem marks all of the operand.
  return { ...inner, span: { start, end: closeParenthesis(reader) } };
}

function closeParenthesis(reader: TokenReader): number {
  const token = peek(reader);
  if (token.text === ')') return take(reader).span.end;
  if (token.kind === 'end') fail(reader, 'A closing parenthesis is missing.', token.span);
  else failAt(reader, token);
  return token.span.end;
}
