/** A Problem: what a user can get wrong, as data with its place, reason and way out. */
import type { ProblemCode } from './problem-codes.ts';

/** `error` stops the stage that reports it; `warning` and `info` accompany a result. */
export type Severity = 'error' | 'warning' | 'info';

/** A half-open range of characters [start, end) in a text the user wrote. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Where a Problem sits: an element or connection of the document, a path inside it or a file, a span in a text. */
export interface ProblemPlace {
  /** Id of the element, connection or probe concerned. */
  readonly element?: string;
  /** Path inside the element or the document (`parameters.tau_mem`), or a file with line and column. */
  readonly path?: string;
  /** Range of characters inside the text at `path`. */
  readonly span?: Span;
  /** One-based line of a text file. */
  readonly line?: number;
  /** One-based column (field) of a text file. */
  readonly column?: number;
}

/** A number that must not be, with what it was before: what a table can show of it. Values are in `unit`. */
export interface NumberFault {
  /** Name of the variable. */
  readonly variable: string;
  /** What the index counts. */
  readonly of: 'cell' | 'synapse';
  readonly index: number;
  /** The step in which it came about. */
  readonly step: number;
  readonly timeStepSeconds: number;
  readonly unit: string;
  /** Infinite or not a number. */
  readonly value: number;
  /** At the end of the steps right before, oldest first; a few at most. */
  readonly before: readonly number[];
}

/** A problem with its place, its reason (`message`) and a way out (`hint`). Plain data: crosses every boundary unchanged. */
export interface Problem {
  readonly code: ProblemCode;
  readonly severity: Severity;
  readonly message: string;
  readonly hint?: string;
  readonly at?: ProblemPlace;
  /** What an outside party (file system, network) said, word for word. */
  readonly cause?: string;
  /** Of a run that met a number that must not be. */
  readonly fault?: NumberFault;
}

/** The optional parts of a Problem. */
export interface ProblemDetails {
  readonly severity?: Severity;
  readonly hint?: string;
  readonly at?: ProblemPlace;
  readonly cause?: string;
  readonly fault?: NumberFault;
}

/** Makes a Problem; severity is `error` unless given. */
export function problem(code: ProblemCode, message: string, details: ProblemDetails = {}): Problem {
  return { code, severity: 'error', message, ...details };
}

/** The same problem seen from further out: fills in the parts of the place that are still open. */
export function placed(found: Problem, at: ProblemPlace): Problem {
  return { ...found, at: { ...at, ...found.at } };
}

/** One line for a log or terminal: code, place, reason and hint. */
export function formatProblem(found: Problem): string {
  const place = formatPlace(found.at);
  const hint = found.hint === undefined ? '' : ` → ${found.hint}`;
  return `${found.severity} ${found.code}${place === '' ? '' : ` at ${place}`}: ${found.message}${hint}`;
}

function formatPlace(at: ProblemPlace | undefined): string {
  if (at === undefined) return '';
  const parts = [at.element, at.path].filter((part) => part !== undefined);
  if (at.line !== undefined) parts.push(`line ${at.line}`);
  if (at.column !== undefined) parts.push(`column ${at.column}`);
  if (at.span !== undefined) parts.push(`characters ${at.span.start}–${at.span.end}`);
  return parts.join(', ');
}
