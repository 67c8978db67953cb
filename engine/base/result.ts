/** Result: the value of a stage with the problems that accompany it, or the problems that stopped it. */
import type { Problem } from './problem.ts';

export interface Ok<T> {
  readonly ok: true;
  readonly value: T;
  /** Warnings and infos; never errors. */
  readonly problems: readonly Problem[];
}

export interface Failed {
  readonly ok: false;
  /** At least one error. */
  readonly problems: readonly Problem[];
}

export type Result<T> = Ok<T> | Failed;

/** A value, with the warnings that came up on the way. */
export function ok<T>(value: T, problems: readonly Problem[] = []): Ok<T> {
  return { ok: true, value, problems };
}

/** A failure with the problems that caused it. */
export function failed(...problems: readonly Problem[]): Failed {
  return { ok: false, problems };
}

/** The next stage on a value, keeping the problems of both. */
export function andThen<T, U>(result: Result<T>, next: (value: T) => Result<U>): Result<U> {
  if (!result.ok) return result;
  const following = next(result.value);
  return { ...following, problems: [...result.problems, ...following.problems] };
}

/** The value changed, the problems kept. */
export function mapResult<T, U>(result: Result<T>, change: (value: T) => U): Result<U> {
  return result.ok ? ok(change(result.value), result.problems) : result;
}

/** All values, or all problems of those that failed. */
export function collect<T>(results: readonly Result<T>[]): Result<T[]> {
  const problems = results.flatMap((result) => result.problems);
  const values: T[] = [];
  for (const result of results) {
    if (!result.ok) return { ok: false, problems };
    values.push(result.value);
  }
  return ok(values, problems);
}

/** The value; throws when there is none. For tests and for results that only a bug can make fail. */
export function expectOk<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(result.problems.map((found) => `${found.code}: ${found.message}`).join('\n'));
}
