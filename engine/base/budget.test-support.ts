/** Budget: how many rounds a long test runs, and from which seed. `npm test` runs a share, `npm run soak` the whole (e2e/budget.json). */
import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    budget: Readonly<Record<string, { readonly rounds: number; readonly seed: number }>>;
  }
}

export interface Budget {
  readonly rounds: number;
  /** Seed of all randomness of the test (32 bits); to be named in every failure. */
  readonly seed: number;
  /** `fc.assert(property, budget.check)`: rounds and seed for fast-check, which prints the seed when it fails. */
  readonly check: { readonly numRuns: number; readonly seed: number };
  /** Says with which command this failure comes back; for messages of `expect`. */
  readonly again: string;
}

/** The budget called `name`. */
export function budgetOf(name: string): Budget {
  const found = inject('budget')[name];
  if (found === undefined) throw new Error(`e2e/budget.json has no budget "${name}"`);
  const { rounds, seed } = found;
  return { rounds, seed, check: { numRuns: rounds, seed }, again: `SPIKELOOM_SEED=${seed} SPIKELOOM_ROUNDS=${rounds}` };
}
