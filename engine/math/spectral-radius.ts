/** The largest absolute value of the eigenvalues of a square matrix. */
import { assert } from '../base/assert.ts';
import { largestOfHessenberg } from './francis.ts';
import { balance, reduceToHessenberg } from './hessenberg.ts';
import { irreducibleBlocks } from './irreducible-blocks.ts';
import type { Matrix } from './matrix.ts';

/**
 * max |λ|, complex pairs included (blocks of rows that depend on each other, Hessenberg form, QR steps; power iteration
 * would not settle on a complex pair). Takes about two seconds for 1,000 rows. Exactly 0 where no row depends on itself, by
 * whatever way. NaN if an entry is not finite; 0 for an empty matrix.
 */
export function spectralRadius(matrix: Matrix): number {
  assert(matrix.rows === matrix.columns, 'only a square matrix has a spectral radius');
  const { values, rows } = matrix;
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  if (largest === 0 || !(largest < Infinity)) return largest === 0 ? 0 : NaN;
  // Squares of numbers near 1 neither vanish nor overflow. A power of two rounds nothing that counts.
  const unit = 2 ** Math.min(1000, Math.max(-1000, Math.floor(Math.log2(largest))));
  const radii = irreducibleBlocks(values, rows).map((block) =>
    radiusOf(blockOf(values, rows, block, unit), block.length),
  );
  return unit * radii.reduce((found, radius) => Math.max(found, radius), 0);
}

function blockOf(values: Float64Array, size: number, block: readonly number[], unit: number): Float64Array {
  const rows = block.toSorted((left, right) => left - right);
  const entries = new Float64Array(rows.length * rows.length);
  rows.forEach((row, to) => {
    rows.forEach((column, from) => {
      entries[to * rows.length + from] = (values[row * size + column] as number) / unit;
    });
  });
  return entries;
}

function radiusOf(block: Float64Array, size: number): number {
  if (size === 1) return Math.abs(block[0] as number);
  balance(block, size);
  reduceToHessenberg(block, size);
  return largestOfHessenberg(block, size);
}
