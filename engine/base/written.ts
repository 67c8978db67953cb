/** Long arrays that are written where they are wanted, so that nothing as long stands beside them. */

export type NumericContents = Float64Array | Float32Array | Int32Array | Uint16Array | Int8Array | Uint8Array;

/** Numbers that are made when they are asked for; the same ones each time. */
export interface Written {
  readonly length: number;
  /** Writes all elements into an array of at least this length. */
  write(into: NumericContents): void;
}

/** Arrays of more elements than this are not kept, but written where they are wanted. */
export const mostKept = 2 ** 20;

/** Whether contents are made only where they are wanted. */
export function isWritten(contents: object): contents is Written {
  return 'write' in contents;
}

/** Puts contents into an array: a number fills it. */
export function setContents(into: NumericContents, contents: number | NumericContents | Written): void {
  if (typeof contents === 'number') into.fill(contents);
  else if (isWritten(contents)) contents.write(into);
  else into.set(contents);
}

/** The contents in `room` of their length. */
export function writtenTo<T extends NumericContents>(room: T, { write }: Written): T {
  write(room);
  return room;
}

/** The contents as an array where they are few enough to be kept. */
export function keptIfShort<T extends NumericContents>(contents: Written, room: (length: number) => T): T | Written {
  return contents.length > mostKept ? contents : writtenTo(room(contents.length), contents);
}
