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
  if (recording.type === 'events') {
    sink?.events?.(
      signals.view(recording.buffer) as Int32Array,
      signals.view(recording.cellBuffer) as Int32Array,
      count,
    );
    return;
  }
  const rows = (signals.view(recording.buffer) as Float64Array).subarray(0, count * recording.channels);
  sink?.samples?.(Math.max(firstStep, recording.fromStep), count, rows);
}
