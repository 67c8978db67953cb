import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { poissonColumns } from '../../build/operators/poisson-counts.ts';
import { instantiateKernel, runKernel } from './kernels.test-support.ts';

const means = [0, 1e-6, 0.01, 0.4, 2, 4.9, 7.3, 20, 32];

interface Drawing {
  readonly steps?: number;
  readonly key?: number;
  readonly from?: number;
  readonly to?: number;
}

function preparation(mean: number, cells: number, { key = 77, from = 0, to = cells }: Drawing) {
  const { table, columns, tailLevels } = poissonColumns(mean);
  const contents = {
    table: { type: 'i32' as const, values: table },
    counts: { type: 'u16' as const, values: new Uint16Array(cells).fill(999) },
  };
  return [contents, { cells, key, columns, tailLevels, from, to }] as const;
}

function draw(mean: number, cells: number, drawing: Drawing = {}) {
  return runKernel('poisson-counts', ...preparation(mean, cells, drawing), drawing.steps ?? 1);
}

/** The counts of the last step by the WebAssembly version. */
function drawn(mean: number, cells: number, drawing: Drawing = {}): number[] {
  const { views, run } = instantiateKernel('poisson-counts', ...preparation(mean, cells, drawing));
  run((drawing.steps ?? 1) - 1);
  return Array.from(views['counts'] ?? []);
}

/** P(X = k), from logarithms. */
function probability(mean: number, k: number): number {
  let logarithm = -mean;
  for (let factor = 1; factor <= k; factor += 1) logarithm += Math.log(mean / factor);
  return Math.exp(logarithm);
}

/** What the columns and the tail say of a count, in units of 2⁻⁴⁸ where columns decide. */
function shareOf(mean: number): number[] {
  const { table, columns, tailLevels } = poissonColumns(mean);
  const whole = (3 * columns) / 4;
  const height = 2 ** 48 / columns;
  const shares = new Array<number>(columns + tailLevels).fill(0);
  for (let column = 0; column < columns; column += 1) {
    const lower = (table[whole + columns + column] as number) >>> 0;
    const threshold = (table[whole + column] as number) * 2 ** 32 + lower;
    const alias = table[whole + 2 * columns + column] as number;
    shares[column] = (shares[column] as number) + threshold;
    shares[alias] = (shares[alias] as number) + height - threshold;
  }
  const beyond = shares[columns - 1] as number;
  const levels = Array.from(table.slice(table.length - tailLevels), (level) => level >>> 0);
  [0, ...levels].forEach((level, place) => {
    shares[columns - 1 + place] = (beyond * ((levels[place] ?? 2 ** 32) - level)) / 2 ** 32;
  });
  return shares.map((share) => share / 2 ** 48);
}

describe('columns', () => {
  it('share out the probabilities exactly, to 2⁻⁴⁷, beyond the columns to 2⁻³¹ of what lies there', () => {
    for (const mean of means) {
      const shares = shareOf(mean);
      const { columns } = poissonColumns(mean);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 14);
      const beyond = shares.slice(columns - 1).reduce((sum, share) => sum + share, 0);
      shares.forEach((share, count) => {
        const finest = count < columns - 1 ? 2 ** -47 : 2 ** -47 + beyond * 2 ** -31;
        expect(Math.abs(share - probability(mean, count))).toBeLessThan(finest + 1e-14);
      });
    }
  });

  it('keep the bytes that lanes compare and the whole numbers together', () => {
    for (const mean of means) {
      const { table, columns } = poissonColumns(mean);
      const bytes = new Uint8Array(table.buffer);
      const restBits = 8 - Math.log2(columns);
      for (let column = 0; column < columns; column += 1) {
        const upper = table[(3 * columns) / 4 + column] as number;
        const low = bytes[columns + column] as number;
        expect(low & (columns - 1)).toBe(column);
        const high = ((bytes[column] as number) ^ 0x80) << restBits;
        expect(high | ((low ^ 0x80) >> (8 - restBits))).toBe(upper);
      }
    }
  });
});

describe('poisson-counts', () => {
  it('draws the same on both ways, for any number of cells', () => {
    fc.assert(
      fc.property(fc.constantFrom(...means), fc.nat(70), fc.integer(), (mean, cells, key) => {
        const { wasm, plain } = draw(mean, cells, { key, steps: 3 });
        expect(wasm['counts']).toEqual(plain['counts']);
      }),
      { numRuns: 100 },
    );
    // Enough cells for what 16 bits do not decide, and for counts beyond the columns.
    for (const mean of [0.4, 7.3, 12, 32]) {
      const { wasm, plain } = draw(mean, 20_000, { key: 5 });
      expect(wasm['counts']).toEqual(plain['counts']);
    }
  });

  it('draws any slice from a multiple of 16 on as the whole', () => {
    const whole = drawn(4.9, 203);
    for (const [from, to] of [
      [0, 64],
      [64, 100],
      [176, 203],
      [32, 32],
    ] as const) {
      const { wasm, plain } = draw(4.9, 203, { from, to });
      for (const counts of [wasm['counts'], plain['counts']]) {
        expect(Array.from(counts?.slice(from, to) ?? [])).toEqual(whole.slice(from, to));
        expect(Array.from(counts?.slice(0, from) ?? [])).toEqual(new Array(from).fill(999));
      }
    }
  });

  it('follows the distribution, with its mean and variance', () => {
    const cells = 200_000;
    for (const mean of means.slice(2)) {
      const counts = drawn(mean, cells);
      const average = counts.reduce((sum, count) => sum + count, 0) / cells;
      const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / cells;
      expect(Math.abs(average - mean)).toBeLessThan(5 * Math.sqrt(mean / cells));
      expect(Math.abs(variance - mean)).toBeLessThan(5 * Math.sqrt((mean + 2 * mean * mean) / cells));
      const found = new Map<number, number>();
      for (const count of counts) found.set(count, (found.get(count) ?? 0) + 1);
      let [distance, classes, rest, restFound] = [0, 0, cells, cells];
      for (let k = 0; k < 90; k += 1) {
        const expected = probability(mean, k) * cells;
        if (expected < 20) continue;
        distance += ((found.get(k) ?? 0) - expected) ** 2 / expected;
        classes += 1;
        rest -= expected;
        restFound -= found.get(k) ?? 0;
      }
      if (rest > 5) distance += (restFound - rest) ** 2 / rest;
      // Five deviations of the chi-squared distribution.
      expect(distance).toBeLessThan(classes + 5 * Math.sqrt(2 * classes) + 5);
    }
  });

  it('reaches counts beyond the columns as often as they should be', () => {
    const [mean, cells, steps] = [4.9, 200_000, 20];
    const beyond = poissonColumns(mean).columns - 1;
    const expected = Array.from({ length: 20 }, (_, more) => probability(mean, beyond + more) * cells * steps);
    const found = new Array<number>(20).fill(0);
    for (let key = 0; key < steps; key += 1) {
      for (const count of drawn(mean, cells, { key })) {
        if (count >= beyond) found[count - beyond] = (found[count - beyond] as number) + 1;
      }
    }
    expected.forEach((wanted, more) => {
      if (wanted > 5) expect(Math.abs((found[more] as number) - wanted)).toBeLessThan(5 * Math.sqrt(wanted));
    });
    expect(found[0]).toBeGreaterThan(100);
  });

  it('is independent from cell to cell and from step to step', () => {
    const cells = 20_000;
    const one = drawn(2, cells, { key: 9 });
    const other = drawn(2, cells, { key: 9, steps: 2 });
    const correlation = (left: readonly number[], right: readonly number[]) =>
      left.reduce((sum, value, index) => sum + (value - 2) * ((right[index] ?? 2) - 2), 0) / (2 * left.length);
    const limit = 5 / Math.sqrt(cells);
    expect(Math.abs(correlation(one, other))).toBeLessThan(limit);
    for (const shift of [1, 2, 3, 4, 8, 16]) expect(Math.abs(correlation(one, one.slice(shift)))).toBeLessThan(limit);
    expect(
      Math.abs(
        correlation(
          one,
          one.map((_, cell) => one[cell ^ 1] ?? 2),
        ),
      ),
    ).toBeLessThan(limit);
    expect(correlation(one, one)).toBeGreaterThan(0.9);
  });
});
