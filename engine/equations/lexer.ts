/** Cutting an equation text into tokens. */
import { problem, type Problem, type Span } from '../base/problem.ts';
import { failed, ok, type Result } from '../base/result.ts';

export interface Token {
  readonly kind: 'number' | 'name' | 'symbol' | 'newline' | 'end';
  readonly text: string;
  readonly span: Span;
}

const patterns: readonly (readonly [Token['kind'] | 'blank', RegExp])[] = [
  ['blank', /[ \t\r\f]+|#[^\n]*/uy],
  ['newline', /\n/uy],
  ['number', /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/uy],
  ['name', /[A-Za-z_][A-Za-z0-9_]*/uy],
  ['symbol', /\*\*|\/\/|[+\-*/%]=|[<>=!]=|[+\-*/%<>=(),:;]/uy],
];

const hints: Readonly<Record<string, string>> = {
  '^': 'Powers are written with **, as in x**2.',
  '[': 'Indexing does not exist in equations.',
  '.': 'Parts of objects cannot be reached in equations.',
  '&': 'Write "and".',
  '|': 'Write "or".',
  '~': 'Write "not".',
  '!': 'Write "not".',
  '−': 'Write the minus sign of the keyboard: -.',
};

/** A word as messages show it: a long one by its beginning. */
export function shown(word: string): string {
  return word.length > 40 ? `${word.slice(0, 39)}…` : word;
}

/** Characters that a text may have. */
const longestText = 16_384;

/** The problem of a text that is too long to be read; undefined where it is not. */
export function lengthProblem(text: string): Problem | undefined {
  if (text.length <= longestText) return undefined;
  return problem('equations/syntax', `The text has ${text.length} characters; ${longestText} can be read.`, {
    hint: 'Split it over several elements.',
    at: { span: { start: longestText, end: text.length } },
  });
}

/**
 * The tokens of a text, ending with an `end` token. Line ends inside parentheses and comments are dropped. Fails with
 * `equations/syntax` at the first character that belongs to no token.
 */
export function tokenize(text: string): Result<readonly Token[]> {
  const tooLong = lengthProblem(text);
  return tooLong === undefined ? cutTokens(text) : failed(tooLong);
}

function cutTokens(text: string): Result<readonly Token[]> {
  const tokens: Token[] = [];
  let depth = 0;
  let position = 0;
  while (position < text.length) {
    const found = matchAt(text, position);
    if (found === undefined) return failed(strangeCharacter(text, position));
    const span = { start: position, end: position + found.text.length };
    position = span.end;
    if (found.kind === 'number' && /[A-Za-z_]/u.test(text.charAt(position))) return failed(gluedNumber(text, span));
    if (found.text === '(') depth += 1;
    if (found.text === ')') depth = Math.max(0, depth - 1);
    if (found.kind === 'blank' || (found.kind === 'newline' && depth > 0)) continue;
    tokens.push({ kind: found.kind, text: found.text, span });
  }
  tokens.push({ kind: 'end', text: '', span: { start: text.length, end: text.length } });
  return ok(tokens);
}

function matchAt(text: string, position: number): { kind: Token['kind'] | 'blank'; text: string } | undefined {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = position;
    const matched = pattern.exec(text)?.[0];
    if (matched !== undefined) return { kind, text: matched };
  }
  return undefined;
}

function strangeCharacter(text: string, position: number): Problem {
  const character = String.fromCodePoint(text.codePointAt(position) ?? 0);
  const hint = hints[character];
  return problem('equations/syntax', `"${character}" has no meaning in an equation.`, {
    at: { span: { start: position, end: position + character.length } },
    ...(hint === undefined ? {} : { hint }),
  });
}

function gluedNumber(text: string, span: Span): Problem {
  const word = /^[A-Za-z_0-9]+/u.exec(text.slice(span.end))?.[0] ?? '';
  const digits = text.slice(span.start, span.end);
  return problem('equations/syntax', `"${shown(digits + word)}" is a number glued to a name.`, {
    hint: `Write ${shown(`${digits}*${word}`)}.`,
    at: { span: { start: span.start, end: span.end + word.length } },
  });
}
