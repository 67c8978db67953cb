import fc from 'fast-check';
import { EigenvalueDecomposition, Matrix as LibraryMatrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { createUniformSource } from '../base/random.ts';
import { createMatrix, identityMatrix, multiplyMatrices, transpose, type Matrix } from './matrix.ts';
import { irreducibleBlocks } from './irreducible-blocks.ts';
import { spectralRadius } from './spectral-radius.ts';

function filled(size: number, entry: (row: number, column: number) => number): Matrix {
  return createMatrix(
    size,
    size,
    Float64Array.from({ length: size * size }, (_, place) => entry(Math.floor(place / size), place % size)),
  );
}

function randomMatrix(size: number, seed: number, share = 1): Matrix {
  const source = createUniformSource(seed);
  return filled(size, () => (source.next() < share ? 2 * source.next() - 1 : 0));
}

/** By an independent implementation. */
function expected({ rows, values }: Matrix): number {
  const copy = LibraryMatrix.from1DArray(rows, rows, Array.from(values));
  const { realEigenvalues, imaginaryEigenvalues } = new EigenvalueDecomposition(copy);
  return Math.max(...realEigenvalues.map((real, index) => Math.hypot(real, imaginaryEigenvalues[index] as number)));
}

function relativeDistance(found: number, wanted: number): number {
  return Math.abs(found - wanted) / wanted;
}

/** Rows and columns in another order. */
function shuffled(matrix: Matrix, seed: number): Matrix {
  const source = createUniformSource(seed);
  const order = Array.from({ length: matrix.rows }, (_, row) => ({ row, key: source.next() }))
    .sort((left, right) => left.key - right.key)
    .map(({ row }) => row);
  return filled(
    matrix.rows,
    (row, column) => matrix.values[(order[row] as number) * matrix.rows + (order[column] as number)] as number,
  );
}

/** An orthogonal matrix from reflections. */
function orthogonal(size: number, seed: number): Matrix {
  const source = createUniformSource(seed);
  let product = identityMatrix(size);
  for (let turn = 0; turn < 3; turn += 1) {
    const v = Float64Array.from({ length: size }, () => source.next() - 0.5);
    const squares = v.reduce((sum, value) => sum + value * value, 0);
    const reflection = filled(
      size,
      (row, column) => (row === column ? 1 : 0) - (2 * (v[row] as number) * (v[column] as number)) / squares,
    );
    product = multiplyMatrices(product, reflection);
  }
  return product;
}

const seeds = fc.nat(1e6);

describe('the spectral radius', () => {
  it('is that of another implementation, for full and sparse matrices of any scale', () => {
    const sizes = fc.integer({ min: 1, max: 40 });
    const scales = fc.constantFrom(1, 1e-300, 1e300, 2 ** -1060, 1e-9);
    fc.assert(
      fc.property(sizes, seeds, fc.constantFrom(1, 0.5), scales, (size, seed, share, scale) => {
        const matrix = randomMatrix(size, seed, share);
        const wanted = expected(matrix);
        const scaled = createMatrix(
          size,
          size,
          matrix.values.map((value) => value * scale),
        );
        // Numbers below 2^−1022 have fewer digits.
        const limit = scale < 1e-307 ? 1e-2 : 1e-12;
        if (wanted > 1e-3) expect(relativeDistance(spectralRadius(scaled) / scale, wanted)).toBeLessThan(limit);
      }),
      { numRuns: 200 },
    );
  });

  it('is found for larger matrices, whose steps go in batches', () => {
    for (const [size, share] of [
      [150, 1],
      [220, 0.05],
    ] as const) {
      const matrix = randomMatrix(size, size, share);
      expect(relativeDistance(spectralRadius(matrix), expected(matrix))).toBeLessThan(1e-12);
    }
  });

  it('is what was built in: real ones, complex pairs, several of one size', () => {
    fc.assert(
      fc.property(
        seeds,
        fc.array(fc.double({ min: 0.1, max: 3, noNaN: true }), { minLength: 1, maxLength: 8 }),
        (seed, sizes) => {
          const source = createUniformSource(seed);
          const rotations = sizes.map((radius) => ({ radius, angle: 7 * source.next() }));
          const blocks = filled(2 * sizes.length + 1, (row, column) => {
            const rotation = rotations[Math.floor(row / 2)];
            if (rotation === undefined) return row === column ? -Math.max(...sizes) : 0;
            if (Math.floor(column / 2) !== Math.floor(row / 2)) return 0;
            const { radius, angle } = rotation;
            if (row === column) return radius * Math.cos(angle);
            return row < column ? -radius * Math.sin(angle) : radius * Math.sin(angle);
          });
          const turn = orthogonal(blocks.rows, seed);
          const matrix = multiplyMatrices(multiplyMatrices(turn, blocks), transpose(turn));
          expect(relativeDistance(spectralRadius(matrix), Math.max(...sizes))).toBeLessThan(1e-12);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('is unchanged by scaling rows against columns', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 20 }), seeds, (size, seed) => {
        const matrix = randomMatrix(size, seed);
        const uneven = filled(
          size,
          (row, column) => (matrix.values[row * size + column] as number) * 10 ** (row - column),
        );
        const wanted = expected(matrix);
        if (wanted > 1e-3) expect(relativeDistance(spectralRadius(uneven), wanted)).toBeLessThan(1e-11);
      }),
      { numRuns: 60 },
    );
  });

  it('is exactly 0 where no row leads back to itself, in any order of rows, and for zeros', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), seeds, (size, seed) => {
        const source = createUniformSource(seed);
        const upper = filled(size, (row, column) => (row < column && source.next() < 0.7 ? source.next() - 0.5 : 0));
        expect(spectralRadius(shuffled(upper, seed + 1))).toBe(0);
        const closed = shuffled(
          filled(size, (row, column) =>
            row === column && row === size - 1 ? -3 : (upper.values[row * size + column] as number),
          ),
          seed,
        );
        expect(spectralRadius(closed)).toBe(3);
      }),
      { numRuns: 60 },
    );
    expect(spectralRadius(createMatrix(4, 4))).toBe(0);
    expect(spectralRadius(createMatrix(0, 0))).toBe(0);
  });

  it('is near for defective matrices, as near as their eigenvalues are known', () => {
    for (const size of [2, 3, 4]) {
      const jordan = filled(size, (row, column) => (row === column ? 2 : Number(column === row + 1)));
      expect(spectralRadius(jordan)).toBe(2);
      const turn = orthogonal(size, size);
      const turned = multiplyMatrices(multiplyMatrices(turn, jordan), transpose(turn));
      expect(Math.abs(spectralRadius(turned) - 2)).toBeLessThan(20 * Number.EPSILON ** (1 / size));
    }
  });

  it('is that of a cycle, of equal eigenvalues, of one number, of pairs without a sum', () => {
    for (const size of [3, 4, 17]) {
      const cycle = filled(size, (row, column) => (column === (row + 1) % size ? 5 : 0));
      expect(relativeDistance(spectralRadius(cycle), 5)).toBeLessThan(1e-13);
    }
    expect(spectralRadius(filled(1, () => -7))).toBe(7);
    expect(spectralRadius(identityMatrix(9))).toBe(1);
    expect(relativeDistance(spectralRadius(filled(12, () => 1)), 12)).toBeLessThan(1e-14);
  });

  it('is NaN where an entry is no number or infinite', () => {
    for (const entry of [NaN, Infinity, -Infinity])
      expect(spectralRadius(filled(3, (row) => (row === 1 ? entry : 1)))).toBeNaN();
  });
});

describe('irreducible blocks', () => {
  it('are the rows that reach each other', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), seeds, fc.constantFrom(0.1, 0.2, 0.4), (size, seed, share) => {
        const { values } = randomMatrix(size, seed, share);
        const reaches = Array.from({ length: size }, (_, row) =>
          Array.from({ length: size }, (_column, column) => row === column || values[row * size + column] !== 0),
        );
        for (let by = 0; by < size; by += 1) {
          for (const row of reaches)
            if (row[by] === true) reaches[by]?.forEach((yes, column) => void (yes && (row[column] = true)));
        }
        const blocks = irreducibleBlocks(values, size);
        expect(blocks.flat().sort((left, right) => left - right)).toEqual(
          Array.from({ length: size }, (_, row) => row),
        );
        const blockOf = (row: number) => blocks.findIndex((block) => block.includes(row));
        for (let row = 0; row < size; row += 1) {
          for (let column = 0; column < size; column += 1) {
            const together = reaches[row]?.[column] === true && reaches[column]?.[row] === true;
            expect(blockOf(row) === blockOf(column)).toBe(together);
          }
        }
      }),
      { numRuns: 150 },
    );
  });
});
