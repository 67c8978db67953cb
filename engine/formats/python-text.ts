/** Python source cut into statements and the arguments of calls: enough to read model descriptions, never to run them. */

/** A piece of Python source. Strings carry what stands between their quotes. */
export interface PythonToken {
  readonly kind: 'string' | 'number' | 'name' | 'symbol' | 'newline';
  readonly text: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

const blank = /(?:[ \t\r\f]|\\\r?\n|#[^\n]*)+/uy;
const patterns: readonly (readonly [PythonToken['kind'], RegExp])[] = [
  ['string', /[rRuU]?("""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')/uy],
  ['number', /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/uy],
  ['name', /[A-Za-z_]\w*/uy],
  ['newline', /\n/uy],
  ['symbol', /\*\*|[^\s\w]/uy],
];

/** The tokens of a source, comments and blanks left out; what no pattern knows is skipped. */
export function pythonTokens(source: string): readonly PythonToken[] {
  const tokens: PythonToken[] = [];
  let position = 0;
  while (position < source.length) {
    blank.lastIndex = position;
    position += blank.exec(source)?.[0].length ?? 0;
    const found = tokenAt(source, position);
    position = found?.end ?? position + 1;
    if (found !== undefined) tokens.push(found);
  }
  return tokens;
}

function tokenAt(source: string, start: number): PythonToken | undefined {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = start;
    const match = pattern.exec(source);
    if (match === null) continue;
    const [text, quoted] = match;
    const quotes = quoted === undefined ? 0 : /^("""|''')/u.test(quoted) ? 3 : 1;
    const value = quoted === undefined ? text : quoted.slice(quotes, -quotes);
    return { kind, text, value, start, end: start + text.length };
  }
  return undefined;
}

/** Statements: token runs between line ends and semicolons outside brackets. */
export function pythonStatements(source: string): readonly (readonly PythonToken[])[] {
  return splitOutside(pythonTokens(source), (token) => token.kind === 'newline' || token.text === ';').map((tokens) =>
    tokens.filter(({ kind }) => kind !== 'newline'),
  );
}

/** The tokens between separators that stand in no bracket; empty runs are left out. */
export function splitOutside(
  tokens: readonly PythonToken[],
  separates: (token: PythonToken) => boolean,
): readonly (readonly PythonToken[])[] {
  const runs: PythonToken[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === 'symbol' && '([{'.includes(token.text)) depth += 1;
    if (token.kind === 'symbol' && ')]}'.includes(token.text)) depth = Math.max(0, depth - 1);
    if (depth === 0 && separates(token)) runs.push([]);
    else runs.at(-1)?.push(token);
  }
  return runs.filter((run) => run.length > 0);
}

/** An argument of a call; `name` is undefined for positional ones. */
export interface PythonArgument {
  readonly name: string | undefined;
  readonly tokens: readonly PythonToken[];
}

/** The arguments between the brackets of a call, `tokens` being what stands inside them. */
export function pythonArguments(tokens: readonly PythonToken[]): readonly PythonArgument[] {
  const parts = splitOutside(
    tokens.filter(({ kind }) => kind !== 'newline'),
    ({ text, kind }) => kind === 'symbol' && text === ',',
  );
  return parts.map((part) => {
    const [first, second] = part;
    const named = first?.kind === 'name' && second?.text === '=' && part[2]?.text !== '=';
    return named ? { name: first.text, tokens: part.slice(2) } : { name: undefined, tokens: part };
  });
}

/** The one string that the tokens are; strings side by side are one, as in Python. */
export function pythonString(tokens: readonly PythonToken[]): string | undefined {
  if (tokens.length === 0 || tokens.some(({ kind }) => kind !== 'string')) return undefined;
  return tokens.map(({ value }) => value).join('');
}

/** The entries of a dict `{'name': …}` with string keys; undefined when it is something else. */
export function pythonEntries(
  tokens: readonly PythonToken[],
): readonly (readonly [string, readonly PythonToken[]])[] | undefined {
  if (tokens[0]?.text !== '{' || tokens.at(-1)?.text !== '}') return undefined;
  const entries = splitOutside(tokens.slice(1, -1), ({ text, kind }) => kind === 'symbol' && text === ',');
  const read = entries.map((entry) => {
    const [key, colon] = entry;
    return key?.kind === 'string' && colon?.text === ':' ? ([key.value, entry.slice(2)] as const) : undefined;
  });
  return read.every((entry) => entry !== undefined) ? read : undefined;
}

/** What the tokens are in the source, blanks at line ends taken out. */
export function sourceOf(source: string, tokens: readonly PythonToken[]): string {
  const [first] = tokens;
  const last = tokens.at(-1);
  return first === undefined || last === undefined
    ? ''
    : source.slice(first.start, last.end).replaceAll(/\s*\n\s*/gu, ' ');
}
