/** Scan of JSON text before it is parsed: depth and names given twice, which JSON.parse accepts without a word. */
import { problem } from '../base/problem.ts';
import type { Problem } from '../base/problem.ts';
import { foreignLimits } from './foreign-limits.ts';

/** Names of the group that is open; null inside a list. */
type Names = Set<string> | null;

/**
 * The first defect of the text that parsing would hide; undefined when there is none. Text that is not JSON may pass:
 * JSON.parse tells it afterwards.
 */
export function scanJson(text: string): Problem | undefined {
  if (text.length > foreignLimits.fileLength)
    return problem('document/invalid', 'The file is too large for a project.');
  const open: Names[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at] as string;
    if (letter === '"') {
      const end = endOfText(text, at);
      if (end === undefined) return undefined;
      const repeated = repeatedName(text, at, end, open.at(-1));
      if (repeated !== undefined) return problem('document/invalid', `The file gives ${repeated} twice in one group.`);
      at = end;
    } else if (brackets.includes(letter)) {
      follow(open, letter);
      if (open.length > foreignLimits.depth) return tooDeep();
    }
  }
  return undefined;
}

const brackets = '{[]}';

function follow(open: Names[], bracket: string): void {
  if (bracket === '{') open.push(new Set());
  else if (bracket === '[') open.push(null);
  else open.pop();
}

function tooDeep(): Problem {
  return problem('document/invalid', `The file nests lists or groups more than ${foreignLimits.depth} levels deep.`);
}

/** Position of the quote that closes the text opened at `start`. */
function endOfText(text: string, start: number): number | undefined {
  let end = text.indexOf('"', start + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end === -1 ? undefined : end;
}

function isEscaped(text: string, quote: number): boolean {
  let before = quote - 1;
  while (text[before] === '\\') before -= 1;
  return (quote - before) % 2 === 0;
}

/** The name, as written, if these letters are a name that its group already has; else they are kept. */
function repeatedName(text: string, start: number, end: number, names: Names | undefined): string | undefined {
  if (names === null || names === undefined) return undefined;
  let next = end + 1;
  while (/\s/.test(text[next] ?? '')) next += 1;
  if (text[next] !== ':') return undefined;
  const written = text.slice(start, end + 1);
  const name = unescaped(written);
  if (names.has(name)) return written;
  names.add(name);
  return undefined;
}

function unescaped(written: string): string {
  try {
    return JSON.parse(written) as string;
  } catch {
    return written;
  }
}
