/** Poisson numbers of a constant mean for many cells in every step: by comparing random words with the cumulative distribution. */
import { exp } from '../../math/elementary.ts';
import type { Expression, Statement } from '../ir/types.ts';
import type { ElementBuilder } from '../library-kind.ts';
import { kernel } from '../ir/kernels.ts';
import type { SignalId } from '../program.ts';

/** Means above it would need too many comparisons. */
export const largestThresholdMean = 32;

/** Lanes of 16 bits in a vector. */
const lanes = 8;
const two16 = 0x10000;
const two32 = 0x100000000;
const two48 = two16 * two32;

/**
 * The cumulative distribution of a Poisson number in units of 2⁻⁴⁸: a number of 48 random bits reaches `levels` of the
 * thresholds with the probabilities of the distribution. The upper 16 bits nearly always decide.
 */
export interface PoissonThresholds {
  /**
   * i32: for each of the `compared` levels its upper 16 bits less 2¹⁵ (so that they compare with a sign), in eight lanes;
   * then the same of all levels as numbers 0…65,535; then their lower 32 bits.
   */
  readonly table: Int32Array;
  readonly levels: number;
  /** Levels that do not lie in the topmost 2⁻¹⁶. */
  readonly compared: number;
}

/** Thresholds for a mean between 0 and `largestThresholdMean`. */
export function poissonThresholds(mean: number): PoissonThresholds {
  const thresholds = cumulative(mean);
  const uppers = thresholds.map((threshold) => Math.floor(threshold / two32));
  const compared = uppers.filter((upper) => upper < two16 - 1).length;
  const table = new Int32Array(compared * (lanes / 2) + 2 * thresholds.length);
  const wide = new Int16Array(table.buffer);
  uppers.slice(0, compared).forEach((upper, level) => {
    wide.fill(upper - two16 / 2, level * lanes, (level + 1) * lanes);
  });
  table.set(uppers, compared * (lanes / 2));
  table.set(
    thresholds.map((threshold) => (threshold % two32) | 0),
    compared * (lanes / 2) + uppers.length,
  );
  return { table, levels: thresholds.length, compared };
}

/** P(X ≤ k)·2⁴⁸, rounded down, as long as it stays below 2⁴⁸ − 1. */
function cumulative(mean: number): number[] {
  const thresholds: number[] = [];
  let term = exp(-mean);
  let sum = term;
  for (let k = 1; ; k += 1) {
    const threshold = Math.floor(sum * two48);
    if (threshold >= two48 - 1 || (k > mean && term * two48 < 0.25)) return thresholds;
    thresholds.push(threshold);
    term *= mean / k;
    sum += term;
  }
}

/** Sets `counts` (f64) to Poisson numbers of stream `key`; `thresholds` is a constant i32 signal with the table. */
function poissonCounts(
  request: { readonly counts: SignalId; readonly thresholds: SignalId; readonly cells: number; readonly key: number },
  { levels, compared }: PoissonThresholds,
): Statement {
  const { counts, thresholds, cells, key } = request;
  return kernel('poisson-counts', { counts, thresholds }, { cells, key: key | 0, levels, compared });
}

/**
 * A transient vector of Poisson numbers of one mean, set in slot `start` of every step; undefined where the mean is not a
 * constant between 0 and 32, for which the caller has to draw in another way.
 */
export function steadyCounts(
  builder: ElementBuilder,
  request: { readonly name: string; readonly cells: number; readonly key: number; readonly mean: Expression },
): SignalId | undefined {
  const { name, cells, key, mean } = request;
  if (mean.kind !== 'f64' || !(mean.value >= 0 && mean.value <= largestThresholdMean)) return undefined;
  const made = poissonThresholds(mean.value);
  const { length } = made.table;
  const initial = length === 0 ? 0 : made.table;
  const base = { name: `${name}/thresholds`, shape: [Math.max(1, length)], initial, type: 'i32' } as const;
  const thresholds = builder.signal({ ...base, role: 'constant' });
  const counts = builder.signal({ name: `${name}/counts`, shape: [Math.max(1, cells)], initial: 0, role: 'transient' });
  builder.operator({
    name: `${name}/draw`,
    slot: 'start',
    reads: [thresholds],
    sets: [counts],
    body: [poissonCounts({ counts, thresholds, cells, key }, made)],
  });
  return counts;
}
