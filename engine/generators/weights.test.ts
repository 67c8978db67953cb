import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createUniformSource } from '../base/random.ts';
import { expectOk } from '../base/result.ts';
import { createMatrix } from '../math/matrix.ts';
import { spectralRadius } from '../math/spectral-radius.ts';
import { mean, standardDeviation } from '../math/statistics.ts';
import { connectFixedInDegree, connectWithProbability } from './connect.ts';
import { bernoulliDraw, normalDraw, uniformDraw } from './draws.ts';
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

describe('synapse lists', () => {
  const space = { sourceCount: 8, targetCount: 8, selfConnections: false };

  it('give every target its in-degree, without repetition or self connection', () => {
    const { sources, targets } = expectOk(connectFixedInDegree(space, 3, createUniformSource(7)));
    expect(targets.length).toBe(24);
    expect(new Set(Array.from(sources, (source, index) => `${source} ${targets[index]}`)).size).toBe(24);
    expect(sources.some((source, index) => source === targets[index])).toBe(false);
    expect(expectOk(connectFixedInDegree(space, 7, createUniformSource(7))).sources.length).toBe(56);
    expect(connectFixedInDegree(space, 8, createUniformSource(7)).ok).toBe(false);
  });

  it('connect pairs with the probability asked for', () => {
    const wide = { sourceCount: 200, targetCount: 300, selfConnections: true };
    const { sources, targets } = expectOk(connectWithProbability(wide, 0.1, createUniformSource(8)));
    expect(Math.abs(sources.length - 6000)).toBeLessThan(300);
    expect(Math.max(...sources)).toBeLessThan(200);
    expect(Math.max(...targets)).toBeLessThan(300);
    expect(expectOk(connectWithProbability(space, 1, createUniformSource(8))).sources.length).toBe(56);
    expect(expectOk(connectWithProbability(space, 0, createUniformSource(8))).sources.length).toBe(0);
    expect(connectWithProbability(space, -0.1, createUniformSource(8)).ok).toBe(false);
  });
});
