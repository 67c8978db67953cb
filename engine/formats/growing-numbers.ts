/** Numbers collected one by one, when their count is not known beforehand. */

export interface Numbers {
  push(value: number): void;
  /** All numbers so far, in order. */
  taken(): Float64Array;
}

/** Numbers of one piece; pieces are joined at the end, so that nothing is copied while it grows. */
const pieceLength = 65_536;

/** An empty collection. */
export function createNumbers(): Numbers {
  const full: Float64Array[] = [];
  let piece = new Float64Array(pieceLength);
  let count = 0;
  return {
    push(value) {
      if (count === pieceLength) {
        full.push(piece);
        piece = new Float64Array(pieceLength);
        count = 0;
      }
      piece[count] = value;
      count += 1;
    },
    taken() {
      const values = new Float64Array(full.length * pieceLength + count);
      full.forEach((each, index) => values.set(each, index * pieceLength));
      values.set(piece.subarray(0, count), full.length * pieceLength);
      return values;
    },
  };
}
