/** Scan of JSON text before it is parsed: depth, number of values, names given twice and numbers that would change, all of which JSON.parse accepts without a word. */
import { problem } from '../base/problem.ts';
import type { Problem } from '../base/problem.ts';
import { foreignLimits } from './foreign-limits.ts';

/** Names of the group that is open; null inside a list. */
type Names = Set<string> | null;

/** How far the scan has come. */
interface Scan {
  readonly text: string;
  at: number;
  readonly open: Names[];
  /** Values so far, counted by what opens or separates them. */
  values: number;
}

/**
 * The first defect of the text that parsing would hide; undefined when there is none. Text that is not JSON may pass:
 * JSON.parse tells it afterwards.
 */
export function scanJson(text: string): Problem | undefined {
  if (text.length > foreignLimits.fileBytes) return invalid('The file is too large for a project.');
  const scan: Scan = { text, at: 0, open: [], values: 0 };
  while (scan.at < text.length) {
    const defect = step(scan, text.charCodeAt(scan.at));
    if (defect !== undefined) return invalid(`The file ${defect}.`);
  }
  return undefined;
}

function invalid(message: string): Problem {
  return problem('document/invalid', message);
}

/** 1 for the letters that open, close and separate values. */
const isMark = new Uint8Array(128);
for (const mark of '{[]},') isMark[mark.charCodeAt(0)] = 1;

const quote = 0x22;
const comma = 0x2c;
const minus = 0x2d;
const backslash = 0x5c;

/** Goes over one letter, text or number; tells what is wrong with it. */
function step(scan: Scan, letter: number): string | undefined {
  if (letter === quote) return overText(scan);
  if (letter === minus || (letter >= 0x30 && letter <= 0x39)) return overNumber(scan);
  scan.at += 1;
  return isMark[letter] === 1 ? overMark(scan, letter) : undefined;
}

function overMark(scan: Scan, mark: number): string | undefined {
  const { open } = scan;
  if (mark === 0x5d || mark === 0x7d) open.pop();
  else scan.values += 1;
  if (mark === 0x7b) open.push(new Set());
  else if (mark === 0x5b) open.push(null);
  if (open.length > foreignLimits.depth) return `nests lists or groups more than ${foreignLimits.depth} levels deep`;
  return scan.values > foreignLimits.values ? `has more than ${foreignLimits.values} values` : undefined;
}

/** A number whose whole digits would come back as others, or that is absurdly long. */
function overNumber(scan: Scan): string | undefined {
  const start = scan.at;
  while (isNumberLetter(scan.text.charCodeAt(scan.at))) scan.at += 1;
  const length = scan.at - start;
  if (length < 16) return undefined;
  if (length > foreignLimits.numberLength) return `has a number of more than ${foreignLimits.numberLength} letters`;
  const written = scan.text.slice(start, scan.at);
  return /^-?\d+$/.test(written) && String(Number(written)) !== written
    ? `has the whole number ${written.slice(0, 40)}, which has more digits than a number keeps`
    : undefined;
}

/** Digits, signs, point, e and E. */
function isNumberLetter(letter: number): boolean {
  return (letter >= 0x2b && letter <= 0x39 && letter !== comma && letter !== 0x2f) || (letter | 0x20) === 0x65;
}

function overText(scan: Scan): string | undefined {
  const { text, at: start, open } = scan;
  const end = endOfText(text, start);
  if (end === undefined) {
    scan.at = text.length;
    return undefined;
  }
  scan.at = end + 1;
  const repeated = repeatedName(text, start, end, open.at(-1));
  return repeated === undefined ? undefined : `gives ${repeated} twice in one group`;
}

/** Position of the quote that closes the text opened at `start`. */
function endOfText(text: string, start: number): number | undefined {
  let end = text.indexOf('"', start + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end === -1 ? undefined : end;
}

function isEscaped(text: string, end: number): boolean {
  let before = end - 1;
  while (text.charCodeAt(before) === backslash) before -= 1;
  return (end - before) % 2 === 0;
}

/** The name, as written, if these letters are a name that its group already has; else they are kept. */
function repeatedName(text: string, start: number, end: number, names: Names | undefined): string | undefined {
  if (names === null || names === undefined) return undefined;
  let next = end + 1;
  while (text.charCodeAt(next) <= 0x20) next += 1;
  if (text[next] !== ':') return undefined;
  const written = text.slice(start, end + 1);
  const name = unescaped(written);
  if (names.has(name)) return written.slice(0, 60);
  names.add(name);
  return undefined;
}

function unescaped(written: string): string {
  if (!written.includes('\\')) return written.slice(1, -1);
  try {
    return JSON.parse(written) as string;
  } catch {
    return written;
  }
}
