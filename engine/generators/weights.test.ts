import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createUniformSource } from '../base/random.ts';
import { expectOk } from '../base/result.ts';
import { isWritten, mostKept, writtenTo, type Written } from '../base/written.ts';
import { createMatrix } from '../math/matrix.ts';
import { spectralRadius } from '../math/spectral-radius.ts';
import { mean, standardDeviation } from '../math/statistics.ts';
import {
  connectAll,
  connectEqual,
  connectFixedInDegree,
  connectFixedOutDegree,
  connectWithProbability,
  type TargetRows,
} from './connect.ts';
import { bernoulliDraw, exponentialDraw, laplaceDraw, logisticDraw, normalDraw, uniformDraw } from './draws.ts';
import { negateColumns, scaleColumns, scaleToSpectralRadius } from './scale-matrix.ts';
import { sparseMatrix } from './sparse-matrix.ts';

describe('sparse matrices', () => {
  it('have exactly the number of entries asked for', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 0, max: 100 }),
        (rows, columns, percent) => {
          const drawn = expectOk(
            sparseMatrix(rows, columns, percent / 100, uniformDraw(0, 1), createUniformSource(percent)),
          );
          const entries = drawn.values.filter((value) => value !== 0).length;
          expect(Math.abs(entries - (percent / 100) * rows * columns)).toBeLessThanOrEqual(0.5 + 1e-9);
        },
      ),
    );
    expect(sparseMatrix(2, 2, 1.2, uniformDraw(), createUniformSource(1)).ok).toBe(false);
  });

  it('choose every place equally often', () => {
    const hits = new Float64Array(12);
    for (let seed = 0; seed < 2000; seed += 1) {
      expectOk(sparseMatrix(3, 4, 0.25, uniformDraw(1, 2), createUniformSource(seed))).values.forEach(
        (value, place) => {
          hits[place] = (hits[place] as number) + (value > 0 ? 1 : 0);
        },
      );
    }
    expect(Math.max(...hits)).toBeLessThan(590);
    expect(Math.min(...hits)).toBeGreaterThan(410);
  });

  it('are drawn from their distributions', () => {
    const source = createUniformSource(11);
    const normal = Array.from({ length: 20000 }, () => normalDraw(2, 3)(source));
    expect(Math.abs(mean(normal) - 2)).toBeLessThan(0.1);
    expect(Math.abs(standardDeviation(normal) - 3)).toBeLessThan(0.1);
    for (const [draw, centre, deviation] of [
      [exponentialDraw(1, 2), 3, 2],
      [laplaceDraw(1, 2), 1, 2 * Math.SQRT2],
      [logisticDraw(1, 2), 1, (2 * Math.PI) / Math.sqrt(3)],
    ] as const) {
      const drawn = Array.from({ length: 20000 }, () => draw(source));
      expect(Math.abs(mean(drawn) - centre)).toBeLessThan(0.12);
      expect(Math.abs(standardDeviation(drawn) - deviation)).toBeLessThan(0.15);
    }
    const signs = Array.from({ length: 4000 }, () => bernoulliDraw(0.5)(source));
    expect(new Set(signs)).toEqual(new Set([1, -1]));
    expect(Math.abs(mean(signs))).toBeLessThan(0.06);
  });

  it('are scaled to a spectral radius, by column and by sign', () => {
    const drawn = expectOk(sparseMatrix(30, 30, 0.2, normalDraw(), createUniformSource(2)));
    expect(spectralRadius(expectOk(scaleToSpectralRadius(drawn, 0.9)))).toBeCloseTo(0.9, 12);
    expect(scaleToSpectralRadius(createMatrix(3, 3), 0.9).ok).toBe(false);
    const small = createMatrix(2, 2, new Float64Array([1, 2, 3, 4]));
    expect([...scaleColumns(small, [10, 1]).values]).toEqual([10, 2, 30, 4]);
    expect([...negateColumns(small, 1).values]).toEqual([-1, 2, -3, 4]);
  });
});

/** Pairs "source target" of rows. */
function pairsOf({ starts, targets, blockCells }: TargetRows, blocks = 1): string[] {
  return Array.from(targets as Uint16Array, (target, synapse) => {
    const row = starts.findIndex((start) => start > synapse) - 1;
    return `${Math.floor(row / blocks)} ${target + blockCells * (row % blocks)}`;
  });
}

describe('synapses in rows', () => {
  const space = { sourceCount: 8, targetCount: 8, selfConnections: false, blockCells: 8 };
  const countsOf = (values: ArrayLike<number>, cells: number) =>
    Array.from({ length: cells }, (_, cell) => Array.from(values).filter((value) => value === cell).length);

  it('give every target its in-degree, without repetition or self connection, targets ascending', () => {
    for (let seed = 0; seed < 20; seed += 1) {
      const rows = expectOk(connectFixedInDegree(space, 3, () => createUniformSource(seed)));
      const pairs = pairsOf(rows);
      expect(countsOf(rows.targets as Uint16Array, 8)).toEqual(new Array(8).fill(3));
      expect(new Set(pairs).size).toBe(24);
      expect(pairs.some((pair) => pair.split(' ')[0] === pair.split(' ')[1])).toBe(false);
      expect([...pairs].sort()).toEqual(pairs);
    }
    expect(expectOk(connectFixedInDegree(space, 7, () => createUniformSource(7))).targets.length).toBe(56);
    expect(connectFixedInDegree(space, 8, () => createUniformSource(7)).ok).toBe(false);
  });

  it('give every source its out-degree in the same way', () => {
    for (let seed = 0; seed < 20; seed += 1) {
      const rows = expectOk(connectFixedOutDegree(space, 3, () => createUniformSource(seed)));
      const pairs = pairsOf(rows);
      expect(Array.from(rows.starts)).toEqual(Array.from({ length: 9 }, (_, row) => 3 * row));
      expect(new Set(pairs).size).toBe(24);
      expect(pairs.some((pair) => pair.split(' ')[0] === pair.split(' ')[1])).toBe(false);
      expect([...pairs].sort()).toEqual(pairs);
    }
    expect(connectFixedOutDegree(space, 8, () => createUniformSource(7)).ok).toBe(false);
  });

  it('choose every partner equally often', () => {
    const wide = { sourceCount: 12, targetCount: 4000, selfConnections: true, blockCells: 4000 };
    const { starts } = expectOk(connectFixedInDegree(wide, 3, () => createUniformSource(3)));
    const drawn = Array.from({ length: 12 }, (_, source) => (starts[source + 1] ?? 0) - (starts[source] ?? 0));
    // 1000 each; deviation of the hypergeometric draw below 28.
    for (const count of drawn) expect(Math.abs(count - 1000)).toBeLessThan(5 * 28);
  });

  it('connect pairs with the probability asked for', () => {
    const wide = { sourceCount: 200, targetCount: 300, selfConnections: true, blockCells: 300 };
    const rows = expectOk(connectWithProbability(wide, 0.1, () => createUniformSource(8)));
    const { starts, targets } = rows;
    expect(Math.abs(targets.length - 6000)).toBeLessThan(300);
    expect(starts.length).toBe(201);
    expect(starts[200]).toBe(targets.length);
    expect(Math.max(...(targets as Uint16Array))).toBeLessThan(300);
    expect(new Set(pairsOf(rows)).size).toBe(targets.length);
    const all = expectOk(connectWithProbability(space, 1, () => createUniformSource(8)));
    expect(all).toEqual(connectAll(space));
    expect(pairsOf(all).length).toBe(56);
    const none = expectOk(connectWithProbability(space, 0, () => createUniformSource(8)));
    expect([none.targets.length, Array.from(none.starts)]).toEqual([0, new Array(9).fill(0)]);
    expect(connectWithProbability(space, -0.1, () => createUniformSource(8)).ok).toBe(false);
  });

  it('are the same pairs for any size of blocks', () => {
    const rowsWith = (blockCells: number) => {
      const blocked = { sourceCount: 8, targetCount: 11, selfConnections: true, blockCells };
      return [
        expectOk(connectFixedInDegree(blocked, 3, () => createUniformSource(5))),
        expectOk(connectFixedOutDegree(blocked, 4, () => createUniformSource(5))),
        expectOk(connectWithProbability(blocked, 0.4, () => createUniformSource(5))),
        connectAll(blocked),
        connectEqual(8, blockCells),
      ];
    };
    const whole = rowsWith(11).map((rows) => pairsOf(rows));
    for (const blockCells of [1, 3, 5, 10]) {
      const blocks = (cells: number): number => Math.ceil(cells / blockCells);
      expect(rowsWith(blockCells).map((rows, made) => pairsOf(rows, blocks(made === 4 ? 8 : 11)))).toEqual(whole);
    }
  });

  it('are written where they are wanted when there are very many, the same ones each time', () => {
    const wide = { sourceCount: 40, targetCount: mostKept / 2, selfConnections: true, blockCells: 65_536 };
    const { starts, targets } = expectOk(connectFixedInDegree(wide, 3, () => createUniformSource(5)));
    expect(isWritten(targets)).toBe(true);
    expect([targets.length, starts.length, starts[starts.length - 1]]).toEqual([
      1.5 * mostKept,
      40 * 8 + 1,
      1.5 * mostKept,
    ]);
    const [once, again] = [0, 1].map(() => writtenTo(new Uint16Array(targets.length), targets as Written));
    expect(once?.every((target, synapse) => target === again?.[synapse])).toBe(true);
    // Ascending in every row: a target has a source once at most.
    let rising = true;
    for (let row = 0; row + 1 < starts.length; row += 1) {
      const own = once?.subarray(starts[row], starts[row + 1]) ?? [];
      rising &&= own.every((target, place) => place === 0 || target > (own[place - 1] as number));
    }
    expect(rising).toBe(true);
  });
});
