/** What arguments of generators may be, and the Problem where one is not. */
import { problem, type Problem } from '../base/problem.ts';

/** What a number must be, in words and as a test. */
export interface ArgumentRule {
  /** Completes "it must be …". */
  readonly allowed: string;
  holds(value: number): boolean;
}

/** A whole number of at least `least`. */
export function whole(least: number, most = Number.MAX_SAFE_INTEGER): ArgumentRule {
  const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `between ${least} and ${most}`;
  return {
    allowed: `a whole number ${range}`,
    holds: (value) => Number.isInteger(value) && value >= least && value <= most,
  };
}

/** A number from `low` to `high`. */
export function between(low: number, high: number): ArgumentRule {
  return { allowed: `between ${low} and ${high}`, holds: (value) => value >= low && value <= high };
}

/** A finite number that is not negative. */
export const notNegative: ArgumentRule = {
  allowed: 'a finite number that is not negative',
  holds: (value) => value >= 0 && value < Infinity,
};

/** A finite number greater than 0. */
export const positive: ArgumentRule = {
  allowed: 'a finite number greater than 0',
  holds: (value) => value > 0 && value < Infinity,
};

/** Any finite number. */
export const finite: ArgumentRule = { allowed: 'a finite number', holds: Number.isFinite };

/** A share: from 0 to 1. */
export const share: ArgumentRule = between(0, 1);

/** Names of arguments with their values and rules; a value that is undefined was left out, which is allowed. */
export type ArgumentList = Readonly<Record<string, readonly [value: number | undefined, rule: ArgumentRule]>>;

/** The `generator/invalid` of the first argument that breaks its rule; undefined when all hold. */
export function refusedArgument(given: ArgumentList): Problem | undefined {
  for (const [name, [value, rule]] of Object.entries(given)) {
    if (value !== undefined && !rule.holds(value)) return badArgument(name, value, rule.allowed);
  }
  return undefined;
}

/** A `generator/invalid` that names the argument, what was given and what is allowed. */
export function badArgument(name: string, given: number | string, allowed: string): Problem {
  return problem('generator/invalid', `${name} is ${given}; it must be ${allowed}.`, {
    at: { path: `arguments.${name}` },
  });
}
