/** Canonical JSON: equal values have equal text, whatever the order of their keys. */

/** JSON text with the keys of every object sorted by code unit, without spaces. The value must be plain JSON data. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (isPlainObject(part) ? sorted(part) : part));
}

function isPlainObject(part: unknown): part is Record<string, unknown> {
  return typeof part === 'object' && part !== null && !Array.isArray(part);
}

function sorted(part: Record<string, unknown>): Record<string, unknown> {
  const keys = Object.keys(part).sort();
  return Object.fromEntries(keys.map((key) => [key, part[key]]));
}
