/** Tables of constants that algorithms look up, by rows. */

export interface Table {
  /** Unique name. */
  readonly id: string;
  readonly columns: number;
  /** Row after row. */
  readonly content: Float64Array;
}

/** Makes a table of its rows, one after the other. */
export function tableOf(id: string, columns: number, content: readonly number[]): Table {
  return { id, columns, content: new Float64Array(content) };
}
