import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createUniformSource } from '../base/random.ts';
import { solveCholesky } from './cholesky.ts';
import { solveLu } from './lu.ts';
import {
  addToDiagonal,
  createMatrix,
  gram,
  identityMatrix,
  multiplyMatrices,
  transpose,
  type Matrix,
} from './matrix.ts';
import { spectralRadius } from './spectral-radius.ts';
import { mean, median, quantile, standardDeviation } from './statistics.ts';

const matrix = (rows: readonly (readonly number[])[]): Matrix =>
  createMatrix(rows.length, rows[0]?.length ?? 0, Float64Array.from(rows.flat()));

function randomMatrix(rows: number, columns: number, seed: number): Matrix {
  const source = createUniformSource(seed);
  return createMatrix(
    rows,
    columns,
    Float64Array.from({ length: rows * columns }, () => 2 * source.next() - 1),
  );
}

function expectSame(found: Matrix | undefined, wanted: Matrix, tolerance: number): void {
  expect(found?.rows).toBe(wanted.rows);
  expect(found?.columns).toBe(wanted.columns);
  const distances = wanted.values.map((value, index) => Math.abs(value - (found?.values[index] ?? NaN)));
  expect(Math.max(...distances)).toBeLessThan(tolerance);
}

describe('matrices', () => {
  it('multiply, transpose and gram agree with the definition', () => {
    const left = matrix([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    const right = matrix([
      [1, 0],
      [2, 1],
      [0, -1],
    ]);
    expect(multiplyMatrices(left, right)).toEqual(
      matrix([
        [5, -1],
        [14, -1],
      ]),
    );
    expect(transpose(left)).toEqual(
      matrix([
        [1, 4],
        [2, 5],
        [3, 6],
      ]),
    );
    expect(gram(right, right)).toEqual(multiplyMatrices(transpose(right), right));
    expect(addToDiagonal(left, 1)).toEqual(
      matrix([
        [2, 2, 3],
        [4, 6, 6],
      ]),
    );
  });

  it('solving gives back what was multiplied, for any size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 1e6 }), (size, seed) => {
        const features = randomMatrix(size + 3, size, seed);
        const normal = addToDiagonal(gram(features, features), 0.1);
        const wanted = randomMatrix(size, 2, seed + 1);
        expectSame(solveCholesky(normal, multiplyMatrices(normal, wanted)), wanted, 1e-9);
        expectSame(solveLu(normal, multiplyMatrices(normal, wanted)), wanted, 1e-9);
      }),
      { numRuns: 50 },
    );
  });

  it('elimination exchanges rows where a pivot is zero', () => {
    expect(
      solveLu(
        matrix([
          [0, 1],
          [1, 0],
        ]),
        identityMatrix(2),
      ),
    ).toEqual(
      matrix([
        [0, 1],
        [1, 0],
      ]),
    );
  });

  it('what is singular or indefinite has no solution', () => {
    expect(
      solveCholesky(
        matrix([
          [1, 1],
          [1, 1],
        ]),
        identityMatrix(2),
      ),
    ).toBeUndefined();
    expect(
      solveCholesky(
        matrix([
          [1, 2],
          [2, 1],
        ]),
        identityMatrix(2),
      ),
    ).toBeUndefined();
    expect(
      solveLu(
        matrix([
          [1, 2],
          [2, 4],
        ]),
        identityMatrix(2),
      ),
    ).toBeUndefined();
    expect(solveLu(matrix([[NaN]]), identityMatrix(1))).toBeUndefined();
  });

  it('the spectral radius counts complex pairs', () => {
    expect(
      spectralRadius(
        matrix([
          [0, -2],
          [2, 0],
        ]),
      ),
    ).toBeCloseTo(2, 14);
    expect(
      spectralRadius(
        matrix([
          [3, 1],
          [0, -5],
        ]),
      ),
    ).toBeCloseTo(5, 14);
    expect(
      spectralRadius(
        matrix([
          [0, 1],
          [0, 0],
        ]),
      ),
    ).toBeCloseTo(0, 7);
    expect(
      spectralRadius(
        matrix([
          [NaN, 1],
          [0, 0],
        ]),
      ),
    ).toBeNaN();
    expect(spectralRadius(createMatrix(0, 0))).toBe(0);
  });
});

describe('statistics', () => {
  it('use divisor n, and interpolate quantiles', () => {
    expect(mean([1, 2, 3, 6])).toBe(3);
    expect(standardDeviation([1, 2, 3, 6])).toBeCloseTo(Math.sqrt(3.5), 15);
    expect(quantile([4, 1, 3, 2], 0.25)).toBe(1.75);
    expect(median([3, 1, 2])).toBe(2);
    expect(mean([])).toBeNaN();
    expect(quantile([], 0.5)).toBeNaN();
  });
});
