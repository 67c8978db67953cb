/** Numbers collected one by one, when their count is not known beforehand. */

export interface Numbers {
  push(value: number): void;
  /** All numbers so far, in order. */
  taken(): Float64Array;
}

/** An empty collection. */
export function createNumbers(): Numbers {
  let values = new Float64Array(1024);
  let count = 0;
  return {
    push(value) {
      if (count === values.length) {
        const larger = new Float64Array(2 * count);
        larger.set(values);
        values = larger;
      }
      values[count] = value;
      count += 1;
    },
    taken: () => values.slice(0, count),
  };
}
