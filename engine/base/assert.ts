/** Assertions: what only a bug can violate. */

/** Throws when the condition does not hold: a bug in Spikeloom, never a user's mistake. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`Bug: ${message}`);
}

/** The value, which must be there. */
export function defined<T>(value: T | undefined | null, message: string): T {
  if (value === undefined || value === null) throw new Error(`Bug: ${message}`);
  return value;
}

/** For the default branch of a switch over a union that is complete. */
export function unreachable(value: never): never {
  throw new Error(`Bug: unexpected ${JSON.stringify(value)}`);
}
