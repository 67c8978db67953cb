/** Limits on foreign input: what is refused before anything else looks at it. */
import { problem } from '../base/problem.ts';
import type { Problem } from '../base/problem.ts';

/** What a project file may contain at most. Rules L1–L5 of SPEC.md. */
export const foreignLimits = {
  /** Bytes of the file, and letters of its text. */
  fileBytes: 268_435_456,
  /** Lists and groups inside each other. */
  depth: 64,
  /** Values of any kind in the whole file. */
  values: 2_000_000,
  /** Elements, connections, probes, arrays and plots together. */
  records: 100_000,
  /** Parameters of one record, arguments of one distribution. */
  members: 1000,
  /** Letters of one text, except the bytes of arrays. */
  textLength: 1_048_576,
  /** Letters of one name of a value. */
  nameLength: 1024,
  /** Letters of one number. */
  numberLength: 1000,
  /** Bytes of one array: as many as `fileBytes` letters of base64 hold. */
  arrayBytes: 201_326_592,
} as const;

/** Keys that would reach the prototype of an object. */
const forbiddenKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** Whether a key may name a member of a record. */
export function isSafeKey(key: string): boolean {
  return !forbiddenKeys.has(key);
}

/** A list or group that is being gone through. */
interface Level {
  readonly holder: Readonly<Record<string, unknown>> | readonly unknown[];
  /** Undefined for a list. */
  readonly keys: readonly string[] | undefined;
  /** How many of its members have been looked at. */
  passed: number;
}

/**
 * The first thing in `json` that no project may contain: too deep, a key that reaches the prototype, a number that is
 * not finite, a text that is too long, too many records, or what is no JSON at all. Undefined when there is none.
 * Takes memory for one path only, however much there is.
 */
export function foreignDefect(json: unknown): Problem | undefined {
  const levels: Level[] = [];
  let reason = defectOf(json, '', 0);
  if (reason === undefined) enter(levels, json);
  // A value is met once, and a list or group once more when it is left.
  for (let steps = 1; levels.length > 0 && reason === undefined; steps += 1) {
    reason = steps > 2 * foreignLimits.values ? tooMany : nextDefect(levels);
  }
  return reason === undefined ? tooManyRecords(json) : atPath(levels, reason);
}

/** Looks at the next member of the innermost level, or leaves the level behind. */
function nextDefect(levels: Level[]): string | undefined {
  const level = levels.at(-1) as Level;
  const { keys, holder, passed } = level;
  if (passed === (keys ?? (holder as readonly unknown[])).length) {
    levels.pop();
    return undefined;
  }
  const key = keys?.[passed] ?? String(passed);
  const value = (holder as Readonly<Record<string, unknown>>)[key];
  level.passed += 1;
  const reason = defectOf(value, key, levels.length);
  if (reason === undefined) enter(levels, value);
  return reason;
}

const tooMany = `is one of more than ${foreignLimits.values} in the file`;

function enter(levels: Level[], value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) levels.push({ holder: value, keys: undefined, passed: 0 });
  else levels.push({ holder: value as Readonly<Record<string, unknown>>, keys: Object.keys(value), passed: 0 });
}

function defectOf(value: unknown, key: string, depth: number): string | undefined {
  if (depth > foreignLimits.depth) return `is nested more than ${foreignLimits.depth} levels deep`;
  if (key.length > foreignLimits.nameLength) return 'has too long a name';
  if (!isSafeKey(key)) return `has the name "${key}", which is not allowed`;
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value) ? undefined : 'is not a finite number';
    case 'string':
      return value.length > foreignLimits.textLength && key !== 'base64' ? 'is too long a text' : undefined;
    case 'boolean':
      return undefined;
    case 'object':
      return isJsonObject(value) ? undefined : 'is not plain data';
    default:
      return 'is not plain data';
  }
}

function isJsonObject(value: object | null): boolean {
  if (value === null || Array.isArray(value)) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** The problem at the member that each level looked at last. */
function atPath(levels: readonly Level[], reason: string): Problem {
  const keys = levels.map(({ keys: names, passed }) => (names?.[passed - 1] ?? String(passed - 1)).slice(0, 60));
  const path = keys.length > 8 ? `${keys.slice(0, 8).join('.')}…` : keys.join('.');
  const what = path === '' ? 'The project' : `The value at ${path}`;
  return problem('document/invalid', `${what} ${reason}.`, path === '' ? {} : { at: { path } });
}

function tooManyRecords(json: unknown): Problem | undefined {
  if (typeof json !== 'object' || json === null) return undefined;
  const groups: unknown[] = Object.values(json);
  const count = groups.reduce<number>(
    (sum, group) => sum + (typeof group === 'object' && group !== null ? Object.keys(group).length : 0),
    0,
  );
  if (count <= foreignLimits.records) return undefined;
  const most = foreignLimits.records;
  return problem('document/invalid', `The project has more than ${most} elements, connections and probes.`);
}
