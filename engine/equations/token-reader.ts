/** Reading tokens one after the other, remembering the first problem. */
import { problem, type Problem, type Span } from '../base/problem.ts';
import { failed, ok, type Result } from '../base/result.ts';
import { noSpan, type Tree } from './tree.ts';
import { shown, type Token } from './lexer.ts';

/** After the first problem the reader stands at the end, so that every loop of a parser stops by itself. */
export interface TokenReader {
  readonly text: string;
  readonly tokens: readonly Token[];
  position: number;
  problem: Problem | undefined;
  /** Levels of nesting entered, bounded so that no text can exhaust the stack. */
  depth: number;
}

export function createReader(text: string, tokens: readonly Token[]): TokenReader {
  return { text, tokens, position: 0, problem: undefined, depth: 0 };
}

/** The token to be read next; at the end always the `end` token. */
export function peek(reader: TokenReader, ahead = 0): Token {
  const last = reader.tokens.length - 1;
  return reader.tokens[Math.min(reader.position + ahead, last)] as Token;
}

export function take(reader: TokenReader): Token {
  const token = peek(reader);
  reader.position = Math.min(reader.position + 1, reader.tokens.length - 1);
  return token;
}

/** Takes the next token if it is this symbol or word. */
export function accept(reader: TokenReader, text: string): Token | undefined {
  const token = peek(reader);
  return token.kind !== 'end' && token.text === text ? take(reader) : undefined;
}

/**
 * Notes a syntax problem, unless there is one, and moves to the end. The tree returned stands for what could not be read.
 * Where something is missing at the end of a line or text, the token before it is marked.
 */
export function fail(reader: TokenReader, message: string, place: Span, hint?: string): Tree {
  const span = visibleSpan(reader, place);
  reader.problem ??= problem('equations/syntax', message, { at: { span }, ...(hint === undefined ? {} : { hint }) });
  reader.position = reader.tokens.length - 1;
  return { kind: 'number', value: 0, integer: true, span: noSpan };
}

function visibleSpan({ text, tokens }: TokenReader, span: Span): Span {
  if (text.slice(span.start, span.end).trim() !== '') return span;
  const before = tokens.findLast(
    ({ kind, span: own }) => kind !== 'newline' && kind !== 'end' && own.end <= span.start,
  );
  return before?.span ?? span;
}

/** What was read, or the problem noted on the way. */
export function finish<T>(reader: TokenReader, value: T): Result<T> {
  return reader.problem === undefined ? ok(value) : failed(reader.problem);
}

/** A token as it is called in messages. */
export function describeToken(token: Token): string {
  if (token.kind === 'end' && token.text === '') return 'the end of the text';
  return token.text === '\n' ? 'the end of the line' : `"${shown(token.text)}"`;
}
