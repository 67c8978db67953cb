/** The effective spectral radius against eigenvalues that are known beforehand. */
import { describe, expect, it } from 'vitest';
import { createMatrix } from '../math/matrix.ts';
import { effectiveSpectralRadius } from './effective-spectral-radius.ts';

const matrix = (size: number, ...values: number[]) => createMatrix(size, size, Float64Array.from(values));

describe('effective spectral radius', () => {
  it('given a diagonal matrix, then it is the largest of |leak·d + 1 − leak|', () => {
    const diagonal = matrix(3, 0.5, 0, 0, 0, -1.5, 0, 0, 0, 0.9);
    expect(effectiveSpectralRadius(diagonal, 0.3)).toBeCloseTo(0.3 * 0.9 + 0.7, 12);
    expect(effectiveSpectralRadius(diagonal, 1)).toBeCloseTo(1.5, 12);
    expect(effectiveSpectralRadius(diagonal, 0.9)).toBeCloseTo(Math.abs(0.9 * -1.5 + 0.1), 12);
  });

  it('given a rotation by 90° with gain g, then it is √((1 − leak)² + (leak·g)²)', () => {
    const [gain, leak] = [0.8, 0.4];
    expect(effectiveSpectralRadius(matrix(2, 0, -gain, gain, 0), leak)).toBeCloseTo(Math.hypot(0.6, 0.32), 12);
  });

  it('given no leak at all, then nothing is forgotten, whatever the weights are', () => {
    expect(effectiveSpectralRadius(matrix(2, 7, 3, -2, 5), 0)).toBeCloseTo(1, 12);
  });
});
