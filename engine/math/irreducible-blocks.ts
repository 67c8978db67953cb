/** Groups of rows of a square matrix that depend on each other: its eigenvalues are those of the groups' blocks. */

/**
 * The strongly connected components of the graph with an edge i → j for every entry that is not zero, as lists of rows
 * (Tarjan 1972, without recursion).
 */
export function irreducibleBlocks(matrix: Float64Array, size: number): number[][] {
  const search: Search = {
    ...{ matrix, size, blocks: [], open: [], met: 0 },
    number: new Int32Array(size).fill(-1),
    lowest: new Int32Array(size),
    isOpen: new Uint8Array(size),
    next: new Int32Array(size),
  };
  for (let row = 0; row < size; row += 1) {
    if (search.number[row] === -1) searchFrom(row, search);
  }
  return search.blocks;
}

interface Search {
  readonly matrix: Float64Array;
  readonly size: number;
  readonly blocks: number[][];
  /** Rows met whose block is not known, in the order met. */
  readonly open: number[];
  met: number;
  /** Order in which a row was met; −1 = not yet. */
  readonly number: Int32Array;
  /** Smallest number of an open row that a row leads to. */
  readonly lowest: Int32Array;
  readonly isOpen: Uint8Array;
  /** The column to look at next. */
  readonly next: Int32Array;
}

function searchFrom(root: number, search: Search): void {
  const { matrix, size, number, lowest, isOpen, next } = search;
  const path = [root];
  meet(root, search);
  while (path.length > 0) {
    const row = path.at(-1) as number;
    const column = next[row] as number;
    if (column === size) {
      path.pop();
      const from = path.at(-1);
      if (from !== undefined) lowest[from] = Math.min(lowest[from] as number, lowest[row] as number);
      if (lowest[row] === number[row]) close(row, search);
      continue;
    }
    next[row] = column + 1;
    if (matrix[row * size + column] === 0) continue;
    if (number[column] === -1) {
      meet(column, search);
      path.push(column);
    } else if (isOpen[column] === 1) lowest[row] = Math.min(lowest[row] as number, number[column] as number);
  }
}

function meet(row: number, search: Search): void {
  search.number[row] = search.met;
  search.lowest[row] = search.met;
  search.isOpen[row] = 1;
  search.open.push(row);
  search.met += 1;
}

/** All rows met since belong to the block of this one. */
function close(row: number, { open, isOpen, blocks }: Search): void {
  const block = open.splice(open.indexOf(row));
  for (const member of block) isOpen[member] = 0;
  blocks.push(block);
}
