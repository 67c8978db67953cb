/** Draining: what a recording gathered in a chunk goes to its sink; the recording is empty afterwards. */
import type { Recording } from '../codegen/recording.ts';
import type { SignalMemory } from './signal-memory.ts';

/** Receives the records of one probe. Arrays are views that hold only during the call. */
export interface ProbeSink {
  /** `rows` rows of the recorded channels, for steps firstStep, firstStep + 1, … */
  samples?(firstStep: number, rows: number, values: Float64Array): void;
  /** The first `count` entries: step and cell of each event, step by step, cells ascending. */
  events?(steps: Int32Array, cells: Int32Array, count: number): void;
  /** The run went back: what was handed over of step `step` and later ones never happened. */
  truncate?(step: number): void;
}

/** Events that happened several times in a step are handed over as many times. */
function drainEvents(
  { buffer, cellBuffer, repeatBuffer }: Recording,
  signals: SignalMemory,
  count: number,
  sink: ProbeSink | undefined,
): void {
  const [steps, cells] = [buffer, cellBuffer].map((id) => signals.view(id) as Int32Array) as [Int32Array, Int32Array];
  if (repeatBuffer === undefined) return sink?.events?.(steps, cells, count);
  const repeats = (signals.view(repeatBuffer) as Int32Array).subarray(0, count);
  let total = 0;
  for (let index = 0; index < count; index += 1) total += repeats[index] as number;
  sink?.events?.(repeated(steps, repeats, total), repeated(cells, repeats, total), total);
}

/** Each entry as many times as is said. */
function repeated(entries: Int32Array, times: Int32Array, total: number): Int32Array {
  const all = new Int32Array(total);
  let end = 0;
  for (let index = 0; index < times.length; index += 1) {
    const entry = entries[index] as number;
    for (const last = end + (times[index] as number); end < last; end += 1) all[end] = entry;
  }
  return all;
}

/** Hands over and empties. */
export function drainRecording(
  recording: Recording,
  signals: SignalMemory,
  firstStep: number,
  sink: ProbeSink | undefined,
): void {
  const count = signals.readNumber(recording.count);
  if (count === 0) return;
  signals.writeNumber(recording.count, 0);
  if (recording.type === 'events') return drainEvents(recording, signals, count, sink);
  const rows = (signals.view(recording.buffer) as Float64Array).subarray(0, count * recording.channels);
  sink?.samples?.(Math.max(firstStep, recording.fromStep), count, rows);
}
