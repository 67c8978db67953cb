/** Row counts: events per row of one bin, cheap to empty because it knows the rows touched. */

export interface RowCounts {
  add(row: number, count: number): void;
  empty(): boolean;
  /** Hands over every row with events and forgets them. */
  drain(take: (row: number, count: number) => void): void;
}

export function createRowCounts(rows: number): RowCounts {
  const counts = new Float64Array(rows);
  const touched = new Int32Array(rows);
  let used = 0;
  return {
    add(row, count) {
      if (counts[row] === 0) touched[used++] = row;
      counts[row] = (counts[row] as number) + count;
    },
    empty: () => used === 0,
    drain(take) {
      const rowsTouched = used;
      used = 0;
      for (let index = 0; index < rowsTouched; index += 1) {
        const row = touched[index] as number;
        const count = counts[row] as number;
        counts[row] = 0;
        take(row, count);
      }
    },
  };
}
