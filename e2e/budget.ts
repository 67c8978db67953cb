/** Rounds and seed of the long tests: the share of `npm test`, or what `npm run soak` asks for by environment variables. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface BudgetRow {
  /** Promise that the test keeps: `P9`. */
  readonly promise: string;
  /** What is counted: `kills`. */
  readonly unit: string;
  /** Rounds within `npm test`. */
  readonly test: number;
  /** Rounds of `npm run soak`. */
  readonly soak: number;
  readonly file: string;
}

/** The rows of e2e/budget.json by name. */
export function budgetRows(): Readonly<Record<string, BudgetRow>> {
  return JSON.parse(readFileSync(join(import.meta.dirname, 'budget.json'), 'utf8')) as Record<string, BudgetRow>;
}

/** `npm test` takes the same seed each time, so that it fails only for what was changed; soak takes a new one each time. */
const usualSeed = 20_260_418;

/** Rounds and seed of every budget, as the environment says. */
export function budgets(): Readonly<Record<string, { readonly rounds: number; readonly seed: number }>> {
  const { SPIKELOOM_SEED, SPIKELOOM_ROUNDS } = process.env;
  const seed = Number(SPIKELOOM_SEED ?? usualSeed);
  return Object.fromEntries(
    Object.entries(budgetRows()).map(([name, { test }]) => [name, { rounds: Number(SPIKELOOM_ROUNDS ?? test), seed }]),
  );
}
