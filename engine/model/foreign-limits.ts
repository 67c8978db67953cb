/** Limits on foreign input: what is refused before anything else looks at it. */
import { problem } from '../base/problem.ts';
import type { Problem } from '../base/problem.ts';

/** What a project file may contain at most. */
export const foreignLimits = {
  /** Lists and groups inside each other. */
  depth: 64,
  /** Elements, connections, probes, arrays and plots together. */
  records: 100_000,
  /** Letters of one text, except the bytes of arrays. */
  textLength: 1_048_576,
  /** Letters of the whole file. */
  fileLength: 268_435_456,
} as const;

/** Keys that would reach the prototype of an object. */
const forbiddenKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** Whether a key may name a member of a record. */
export function isSafeKey(key: string): boolean {
  return !forbiddenKeys.has(key);
}

interface Place {
  readonly value: unknown;
  readonly key: string;
  readonly depth: number;
  readonly parent: Place | undefined;
}

/**
 * The first thing in `json` that no project may contain: too deep, a key that reaches the prototype, a number that is
 * not finite, a text that is too long, too many records, or what is no JSON at all. Undefined when there is none.
 */
export function foreignDefect(json: unknown): Problem | undefined {
  const open: Place[] = [{ value: json, key: '', depth: 0, parent: undefined }];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const reason = defectOf(place);
    if (reason !== undefined) return atPlace(place, reason);
    if (typeof place.value !== 'object' || place.value === null) continue;
    for (const [key, value] of Object.entries(place.value)) {
      open.push({ value, key, depth: place.depth + 1, parent: place });
    }
  }
  return countRecords(json) > foreignLimits.records
    ? problem(
        'document/invalid',
        `The project has more than ${foreignLimits.records} elements, connections and probes.`,
      )
    : undefined;
}

function defectOf(place: Place): string | undefined {
  const { value, key, depth } = place;
  if (depth > foreignLimits.depth) return `is nested more than ${foreignLimits.depth} levels deep`;
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

function atPlace(place: Place, reason: string): Problem {
  const keys: string[] = [];
  for (let at: Place | undefined = place; at?.parent !== undefined; at = at.parent) keys.unshift(at.key);
  const path = keys.length > 8 ? `${keys.slice(0, 8).join('.')}…` : keys.join('.');
  const what = path === '' ? 'The project' : `The value at ${path}`;
  return problem('document/invalid', `${what} ${reason}.`, path === '' ? {} : { at: { path } });
}

function countRecords(json: unknown): number {
  if (typeof json !== 'object' || json === null) return 0;
  const groups: unknown[] = Object.values(json);
  return groups.reduce<number>(
    (sum, group) => sum + (typeof group === 'object' && group !== null ? Object.keys(group).length : 0),
    0,
  );
}
