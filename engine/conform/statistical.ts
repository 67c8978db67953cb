/** Comparison of noise cases: statistics of the engine's own draws against mean and spread over seeds of the original. */
import type { Comparison } from './compare.ts';
import { arrayOf, numberOf, recordOf } from './case-access.ts';
import { compareBounded, compareDrawn, isDrawn } from './drawn-statistics.ts';
import type { CaseRecord, CaseValue, ReferenceCase } from './reference-case.ts';
import { isRecord } from './reference-case.ts';

/**
 * `produced` has, per statistic, one value for each seed. Cases of drawn matrices have forms of their own
 * (`drawn-statistics.ts`); three more forms of bounds exist in the cases: every run within a range that stands in the case, every run within mean ± (6·sd + 0.2 %), or the mean over seeds within max(5 %, 4·sd) of the deviation, 0.005 of an
 * autocorrelation, 0.3 deviations of the mean. The case's text says which.
 */
export function compareStatistics(reference: ReferenceCase, produced: CaseRecord): Comparison {
  const { statistics, n_seeds: seeds, ...others } = reference.expected;
  const tally = createTally();
  if (isRecord(reference.tolerance['bounds'])) {
    compareBounded(reference, produced, tally);
    return tally.result();
  }
  if (isDrawn(reference.expected)) {
    compareDrawn(reference.expected, produced, tally);
    return tally.result();
  }
  if (Array.isArray(statistics)) return compareRanges(statistics as readonly CaseValue[], produced);
  if (!isRecord(statistics)) return compareRuns(reference, produced);
  const unknown = Object.keys(others).find((key) => key !== 'note');
  if (unknown !== undefined) return missing(unknown);
  return compareMeans(statistics, produced, numberOf(seeds, 'n_seeds'));
}

/** Each statistic of one run within its range. */
function compareRanges(expected: readonly CaseValue[], produced: CaseRecord): Comparison {
  const tally = createTally();
  const values = valuesOf(produced, 'statistics', tally);
  expected.forEach((entry, index) => {
    const wanted = recordOf(entry, `statistics[${index}]`);
    const [low, high] = [numberOf(wanted['low'], 'low'), numberOf(wanted['high'], 'high')];
    tally.check(`statistics[${index}]`, values[index] ?? Number.NaN, (low + high) / 2, (high - low) / 2);
  });
  return tally.result();
}

function compareRuns({ expected, tolerance }: ReferenceCase, produced: CaseRecord): Comparison {
  const tally = createTally();
  const [, factor] = /within (\d+) sd_over_seeds/u.exec(String(tolerance['statistic'])) ?? [];
  for (const [name, entry] of Object.entries(expected)) {
    if (name === 'note') continue;
    if (name.startsWith('theory_')) {
      compareTheory(name.slice('theory_'.length), numberOf(entry, name), expected, { produced, tally });
      continue;
    }
    const { mean, allowed } = boundsOfEntry(entry, name, factor);
    const values = valuesOf(produced, name, tally);
    if (values.length === 0) tally.missing(name);
    values.forEach((value, seed) => tally.check(`${name} of seed ${seed + 1}`, value, mean, allowed));
  }
  return tally.result();
}

/** What is no statistic is the same in every run; the case may say how many deviations are allowed. */
function boundsOfEntry(entry: CaseValue, name: string, factor: string | undefined) {
  if (typeof entry === 'number') return { mean: entry, allowed: 1e-12 };
  const wanted = recordOf(entry, name);
  if (factor === undefined) return runBounds(wanted, name);
  const deviation = numberOf(wanted['sd_over_seeds'], `${name}.sd_over_seeds`);
  return { mean: numberOf(wanted['mean'], `${name}.mean`), allowed: Number(factor) * deviation };
}

function runBounds(wanted: CaseRecord, name: string): { readonly mean: number; readonly allowed: number } {
  const mean = numberOf(wanted['mean'], `${name}.mean`);
  return { mean, allowed: 6 * numberOf(wanted['sd_over_seeds'], `${name}.sd_over_seeds`) + 0.002 * Math.abs(mean) };
}

interface Drawn {
  readonly produced: CaseRecord;
  readonly tally: Tally;
}

/** What theory says of a statistic: the mean over the runs lies within the bounds of one run. */
function compareTheory(name: string, theory: number, expected: CaseRecord, { produced, tally }: Drawn): void {
  const { allowed } = runBounds(recordOf(expected[name], name), name);
  const values = valuesOf(produced, name, tally);
  const average = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  tally.check(`mean of ${name}`, average, theory, allowed);
}

/** A comparison that fails because something expected is not there. */
function missing(what: string): Comparison {
  const tally = createTally();
  tally.missing(what);
  return tally.result();
}

function compareMeans(expected: CaseRecord, produced: CaseRecord, seeds: number): Comparison {
  const tally = createTally();
  const deviation = recordOf(expected['std'], 'std');
  const spread = numberOf(deviation['mean'], 'std.mean');
  const allowed: Readonly<Record<string, number>> = {
    std: Math.max(0.05 * spread, 4 * numberOf(deviation['std_over_seeds'], 'std.std_over_seeds')),
    lag1_autocorrelation: 0.005,
    mean: 0.3 * spread,
  };
  for (const [name, entry] of Object.entries(expected)) {
    const values = valuesOf(produced, name, tally);
    if (values.length !== seeds) tally.missing(`${name} of ${seeds} seeds`);
    const average = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
    tally.check(name, average, numberOf(recordOf(entry, name)['mean'], `${name}.mean`), allowed[name] ?? 0);
  }
  return tally.result();
}

/** Gathers differences; the first one is told. */
export interface Tally {
  check(what: string, value: number, wanted: number, allowed: number): void;
  differs(message: string): void;
  missing(what: string): void;
  result(): Comparison;
}

function createTally(): Tally {
  let [maxAbs, maxRel, message] = [0, 0, ''];
  return {
    check(what, value, wanted, allowed) {
      const difference = Math.abs(value - wanted);
      maxAbs = Math.max(maxAbs, difference);
      if (wanted !== 0) maxRel = Math.max(maxRel, difference / Math.abs(wanted));
      if (!(difference <= allowed) && message === '') message = `${what} is ${value} instead of ${wanted} ± ${allowed}`;
    },
    differs(found) {
      if (message === '') message = found;
    },
    missing(what) {
      if (message === '') message = `${what} was not produced`;
    },
    result: () => ({ passed: message === '', maxAbs, maxRel, message }),
  };
}

function valuesOf(produced: CaseRecord, name: string, tally: Tally): readonly number[] {
  const found = produced[name];
  if (found !== undefined) return Array.from(arrayOf(found, name).values);
  tally.missing(name);
  return [];
}
