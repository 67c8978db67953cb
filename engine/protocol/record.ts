/** Records: what a probe streams, one row of numbers per sample or event, and the two ends of the stream. */

/**
 * A record is `[step, value × channels]`, all f64: a `samples` record carries the recorded channels in order,
 * an `events` record (channels = 1) the index of the cell. Steps are integers and never fall within a stream.
 */
export interface RecordShape {
  readonly channels: number;
}

/** Numbers of a record: the step and the channels. */
export function recordLength(shape: RecordShape): number {
  return 1 + shape.channels;
}

/** The end that the run writes to. Nothing is visible to readers before `publish`. */
export interface RecordWriter {
  readonly shape: RecordShape;
  /** Records the stream holds while nobody reads. */
  readonly capacity: number;
  /** Records that can be written now without losing one that the first reader has not taken. */
  free(): number;
  /** Writes a record from `values[offset … offset + channels)`. */
  write(step: number, values: ArrayLike<number>, offset: number): void;
  /** Writes a record of one channel: an event. */
  writeOne(step: number, value: number): void;
  /** Makes everything written so far visible. */
  publish(): void;
  /** Records written since the start, lost ones included. */
  written(): number;
  /** Records the first reader has passed (read or lost); grows as long as it is alive. */
  taken(): number;
  /** Records the first reader has lost or will find lost, as far as known. */
  lost(): number;
}

/** Takes `count` whole records, laid one after the other from index 0. The array is reused: copy what you keep. */
export type RecordSink = (records: Float64Array, count: number) => void;

/** The end that takes records, each once and in order. */
export interface RecordReader {
  readonly shape: RecordShape;
  /** Hands over everything published since the last call, in blocks; returns the number of records. */
  read(sink: RecordSink): number;
  /** Records that were overwritten or dropped before this reader came to them. */
  lost(): number;
}
