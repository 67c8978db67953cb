/** Blocks of target cells: a cell is told by 16 bits within its block of consecutive cells. */

/** Most cells of a block. */
export const mostBlockCells = 0x10000;

/** Blocks of `blockCells` that so many cells need; at least one. */
export function blockCount(cells: number, blockCells: number): number {
  return Math.max(1, Math.ceil(cells / blockCells));
}
