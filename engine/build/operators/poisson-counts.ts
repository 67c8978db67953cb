/** Poisson numbers of a constant mean for many cells in every step, by the alias method. */
import { exp } from '../../math/elementary.ts';
import type { Expression, Statement } from '../ir/types.ts';
import type { ElementBuilder } from '../library-kind.ts';
import { kernel } from '../ir/kernels.ts';
import type { SignalId } from '../program.ts';

/** Means above it would need too many columns. */
export const largestThresholdMean = 32;

const two32 = 0x100000000;
const two48 = 0x1000000000000;

/** Numbers of columns to choose from, and the share of the counts that may lie beyond them. */
const possibleColumns = [16, 32, 64];
const mostBeyond = 1 / 4096;

/**
 * A Poisson distribution for the alias method, in units of 2⁻⁴⁸: a column is chosen, then the count is its number or its
 * alias. The last column stands for all counts from its number on; how far on, further 32 bits tell.
 */
export interface PoissonColumns {
  /**
   * i32. First as bytes, each for all columns: the upper eight bits of the threshold less 128; the next bits of it,
   * the topmost flipped, above the number of the column; number and alias as exclusive or. Then as whole numbers: these
   * upper bits together, as many as a word of 16 has besides the column; the lower 32 bits; the aliases. Last the thresholds
   * of the tail.
   */
  readonly table: Int32Array;
  readonly columns: number;
  readonly tailLevels: number;
}

/** Columns for a mean between 0 and `largestThresholdMean`. */
export function poissonColumns(mean: number): PoissonColumns {
  const probabilities = probabilitiesOf(mean);
  const beyond = (columns: number): number => sumOf(probabilities.slice(columns - 1));
  const columns = possibleColumns.find((count) => beyond(count) <= mostBeyond) ?? 64;
  const drawn = aliasColumns(weightsOf(probabilities, columns));
  const tail = tailThresholds(probabilities.slice(columns - 1));
  const table = new Int32Array((3 * columns) / 4 + 3 * columns + tail.length);
  writeColumns(table, drawn, 8 - Math.log2(columns));
  table.set(
    tail.map((threshold) => threshold | 0),
    table.length - tail.length,
  );
  return { table, columns, tailLevels: tail.length };
}

/** P(X = k) for all k that are not vanishingly rare (2⁻⁸⁰). */
function probabilitiesOf(mean: number): number[] {
  const probabilities: number[] = [];
  let term = exp(-mean);
  for (let k = 1; k <= mean || term > 2 ** -80; k += 1) {
    probabilities.push(term);
    term *= mean / k;
  }
  return probabilities;
}

function sumOf(values: readonly number[]): number {
  return values.reduceRight((sum, value) => sum + value, 0);
}

/** Whole weights of the columns, 2⁴⁸ together; the last one has what is left. */
function weightsOf(probabilities: readonly number[], columns: number): number[] {
  const weights: number[] = [];
  let [sum, given] = [0, 0];
  for (let k = 0; k < columns - 1; k += 1) {
    sum += probabilities[k] ?? 0;
    const reached = Math.min(two48, Math.floor(sum * two48 + 0.5));
    weights.push(reached - given);
    given = reached;
  }
  return [...weights, two48 - given];
}

/** A column: its number below the threshold, its alias from it on. */
interface Column {
  readonly threshold: number;
  readonly alias: number;
}

/** Walker's alias method with whole numbers: every column holds as much. */
function aliasColumns(weights: readonly number[]): Column[] {
  const height = two48 / weights.length;
  const left = [...weights];
  const columns: Column[] = weights.map((_, number) => ({ threshold: 0, alias: number }));
  const low = left.flatMap((weight, number) => (weight < height ? [number] : []));
  const high = left.flatMap((weight, number) => (weight > height ? [number] : []));
  for (let number = low.pop(); number !== undefined; number = low.pop()) {
    const giver = high.at(-1) as number;
    const own = left[number] as number;
    columns[number] = { threshold: own, alias: giver };
    const rest = (left[giver] as number) - (height - own);
    left[giver] = rest;
    if (rest > height) continue;
    high.pop();
    if (rest < height) low.push(giver);
  }
  return columns;
}

function writeColumns(table: Int32Array, columns: readonly Column[], restBits: number): void {
  const bytes = new Uint8Array(table.buffer);
  const { length } = columns;
  const whole = (3 * length) / 4;
  columns.forEach(({ threshold, alias }, number) => {
    const upper = Math.floor(threshold / two32);
    bytes[number] = (upper >> restBits) ^ 0x80;
    bytes[length + number] = (((upper << (8 - restBits)) & 0xff) ^ 0x80) | number;
    bytes[2 * length + number] = number ^ alias;
    table[whole + number] = upper;
    table[whole + length + number] = (threshold % two32) | 0;
    table[whole + 2 * length + number] = alias;
  });
}

/** Thresholds of 32 bits: as many as a random word reaches, so far beyond the first is the count. */
function tailThresholds(probabilities: readonly number[]): number[] {
  const total = sumOf(probabilities);
  const thresholds = probabilities.map((_, last) =>
    Math.floor((1 - sumOf(probabilities.slice(last + 1)) / total) * two32 + 0.5),
  );
  return thresholds.filter((threshold) => threshold < two32);
}

/** Sets `counts` (u16) to Poisson numbers of stream `key`; `table` is a constant i32 signal. */
function poissonCounts(
  request: { readonly counts: SignalId; readonly table: SignalId; readonly cells: number; readonly key: number },
  { columns, tailLevels }: PoissonColumns,
): Statement {
  const { counts, table, cells, key } = request;
  return kernel('poisson-counts', { counts, table }, { cells, key: key | 0, columns, tailLevels });
}

/**
 * A transient u16 vector of Poisson numbers of one mean, set in slot `start` of every step; undefined where the mean is not
 * a constant between 0 and 32, for which the caller has to draw in another way.
 */
export function steadyCounts(
  builder: ElementBuilder,
  request: { readonly name: string; readonly cells: number; readonly key: number; readonly mean: Expression },
): SignalId | undefined {
  const { name, cells, key, mean } = request;
  if (mean.kind !== 'f64' || !(mean.value >= 0 && mean.value <= largestThresholdMean)) return undefined;
  const made = poissonColumns(mean.value);
  const base = { name: `${name}/columns`, shape: [made.table.length], initial: made.table, type: 'i32' } as const;
  const table = builder.signal({ ...base, role: 'constant' });
  const drawn = { name: `${name}/counts`, shape: [Math.max(1, cells)], initial: 0, type: 'u16' } as const;
  const counts = builder.signal({ ...drawn, role: 'transient' });
  builder.operator({
    name: `${name}/draw`,
    slot: 'start',
    reads: [table],
    sets: [counts],
    body: [poissonCounts({ counts, table, cells, key }, made)],
  });
  return counts;
}
