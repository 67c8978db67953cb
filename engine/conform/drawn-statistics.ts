/** Comparison of drawn matrices: the engine's own draws against statistics over the original's seeds. */
import { arrayOf, numberOf, recordOf } from './case-access.ts';
import { notes } from './compare.ts';
import type { CaseRecord, CaseValue, ReferenceCase } from './reference-case.ts';
import { isNumericArray, isRecord } from './reference-case.ts';
import type { Tally } from './statistical.ts';

/** Rounding that no bound is finer than. */
const rounding = 1e-9;

/** What is compared of such cases, and what is for reading. */
const known: ReadonlySet<string> = new Set([
  ...['shape', 'n_seeds', 'statistics', 'observed_values', 'exact_properties'],
  ...notes,
]);

/** True for cases whose statistics are named by matrix, each with mean, spread and extremes. */
export function isDrawn(expected: CaseRecord): boolean {
  return isRecord(expected['shape']) && isRecord(expected['statistics']);
}

/**
 * The mean over the own draws within 5 deviations of both means, every draw between the extremes widened by 3; shapes and
 * exact properties equal; all values whole multiples of the smallest, as those observed are.
 */
export function compareDrawn(expected: CaseRecord, produced: CaseRecord, tally: Tally): void {
  const seeds = numberOf(expected['n_seeds'], 'n_seeds');
  refuseOthers(expected, known, tally);
  for (const [name, shape] of Object.entries(recordOf(expected['shape'], 'shape'))) {
    const made = numbersAt(produced, ['shape', name], tally);
    arrayOf(shape, name).values.forEach((extent, axis) =>
      tally.check(`shape of ${name}`, made[axis] ?? Number.NaN, extent, 0),
    );
  }
  for (const [name, statistics] of Object.entries(recordOf(expected['statistics'], 'statistics'))) {
    for (const [statistic, wanted] of Object.entries(recordOf(statistics, name))) {
      const draws = numbersAt(produced, ['statistics', name, statistic], tally);
      compareDraws(`${statistic} of ${name}`, draws, recordOf(wanted, statistic), { seeds, tally });
    }
  }
  compareValues(expected, produced, tally);
  compareProperties(expected, produced, tally);
}

/** A key that nothing is compared for counts as missing. */
function refuseOthers(expected: CaseRecord, allowed: ReadonlySet<string>, tally: Tally): void {
  const unknown = Object.keys(expected).find((key) => !allowed.has(key));
  if (unknown !== undefined) tally.missing(unknown);
}

interface Draws {
  readonly seeds: number;
  readonly tally: Tally;
}

function compareDraws(what: string, draws: ArrayLike<number>, wanted: CaseRecord, { seeds, tally }: Draws): void {
  const own = Array.from(draws);
  if (own.length === 0) return tally.missing(what);
  const number = (key: string): number => numberOf(wanted[key], `${what}: ${key}`);
  const spread = number('std_over_seeds');
  const average = own.reduce((sum, value) => sum + value, 0) / own.length;
  const allowed = 5 * spread * Math.sqrt(1 / seeds + 1 / own.length) + rounding;
  tally.check(`mean ${what}`, average, number('mean'), allowed);
  const [low, high] = [number('min') - 3 * spread - rounding, number('max') + 3 * spread + rounding];
  for (const value of own) tally.check(`${what} of one draw`, value, (low + high) / 2, (high - low) / 2);
}

/** What was observed must itself be a lattice, and the own values lie in it. */
function compareValues(expected: CaseRecord, produced: CaseRecord, tally: Tally): void {
  if (expected['observed_values'] === undefined) return;
  for (const [name, listed] of Object.entries(recordOf(expected['observed_values'], 'observed_values'))) {
    const observed = Array.from(arrayOf(listed, name).values);
    const step = stepOf(observed);
    const own = Array.from(numbersAt(produced, ['observed_values', name], tally));
    for (const value of [...observed, ...own]) {
      tally.check(`a value of ${name}`, value, step === 0 ? 0 : Math.round(value / step) * step, rounding);
    }
  }
}

/** What all are multiples of: whole numbers of the largest such one, others of the smallest of them; 0 where all are 0. */
function stepOf(values: readonly number[]): number {
  const sizes = values.map(Math.abs).filter((size) => size > 0);
  if (sizes.every(Number.isInteger)) return sizes.reduce(commonDivisor, 0);
  return Math.min(...sizes);
}

function commonDivisor(left: number, right: number): number {
  return right === 0 ? left : commonDivisor(right, left % right);
}

function compareProperties(expected: CaseRecord, produced: CaseRecord, tally: Tally): void {
  if (expected['exact_properties'] === undefined) return;
  for (const [name, wanted] of Object.entries(recordOf(expected['exact_properties'], 'exact_properties'))) {
    if (wanted === null) continue;
    const value = numberOf(wanted, name);
    const own = Array.from(numbersAt(produced, ['exact_properties', name], tally));
    for (const found of own) tally.check(name, found, value, rounding * Math.max(1, Math.abs(value)));
  }
}

/** What is expected where bounds stand in the tolerance: those statistics are compared, further seeds are for reading. */
const bounded: ReadonlySet<string> = new Set(['statistics', 'statistics_other_seeds', ...notes]);

/** Compares with bounds that stand in the tolerance, and what is named there as exact. */
export function compareBounded({ expected, tolerance }: ReferenceCase, produced: CaseRecord, tally: Tally): void {
  refuseOthers(expected, bounded, tally);
  for (const [name, range] of Object.entries(recordOf(tolerance['bounds'], 'bounds'))) {
    const [low = Number.NaN, high = Number.NaN] = arrayOf(range, name).values;
    const own = Array.from(numbersAt(produced, ['statistics', name], tally));
    const average = own.reduce((sum, value) => sum + value, 0) / own.length;
    // A matrix without a circle has radius 0 whatever it is scaled to.
    const judged = name.endsWith('_each') ? own.filter((value) => value !== 0) : [average];
    for (const value of judged) tally.check(name, value, (low + high) / 2, (high - low) / 2);
  }
  const exact = Array.isArray(tolerance['exact']) ? (tolerance['exact'] as readonly CaseValue[]) : [];
  const [statistics, made] = [
    recordOf(expected['statistics'], 'statistics'),
    recordOf(produced['exact'] ?? {}, 'exact'),
  ];
  for (const name of exact.map(String)) {
    if (made[name] !== statistics[name])
      tally.differs(`${name} is ${JSON.stringify(made[name])} instead of ${JSON.stringify(statistics[name])}`);
  }
}

function numbersAt(produced: CaseRecord, path: readonly string[], tally: Tally): ArrayLike<number> {
  let found: CaseValue | undefined = produced;
  for (const key of path) found = isRecord(found) ? found[key] : undefined;
  if (isNumericArray(found) && found.values.length > 0) return found.values;
  tally.missing(path.join('.'));
  return [];
}
