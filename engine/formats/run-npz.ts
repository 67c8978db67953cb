/** What a run recorded, as a NumPy archive. */
import type { NpzArray } from './npz.ts';
import { writeNpz } from './npz.ts';

/** Rows of samples of a probe: times in seconds, samples [rows, channels]. */
export interface SampleRecording {
  readonly type: 'samples';
  /** Names the arrays; `element.target` is usual. */
  readonly name: string;
  readonly times: Float64Array;
  readonly samples: Float64Array;
  readonly channelCount: number;
}

/** Events of a probe: times in seconds and the cell of each. */
export interface EventRecording {
  readonly type: 'events';
  readonly name: string;
  readonly times: Float64Array;
  readonly cells: Int32Array;
}

export type Recording = SampleRecording | EventRecording;

/**
 * Arrays `NAME/times` and `NAME/samples` or `NAME/cells` for every recording. A name that occurs twice gets `-2`, `-3` …;
 * characters that paths cannot hold become `_`.
 */
export function writeRunNpz(recordings: readonly Recording[]): Uint8Array {
  const arrays = new Map<string, NpzArray>();
  for (const recording of recordings) {
    const name = freeName(recording.name, arrays);
    arrays.set(`${name}/times`, { values: recording.times });
    if (recording.type === 'events') arrays.set(`${name}/cells`, { values: recording.cells });
    else
      arrays.set(`${name}/samples`, {
        values: recording.samples,
        shape: [recording.times.length, recording.channelCount],
      });
  }
  return writeNpz(arrays);
}

function freeName(wanted: string, taken: ReadonlyMap<string, NpzArray>): string {
  const plain = wanted.replace(/[^\p{L}\p{N}._ -]/gu, '_').replace(/^\.+/, '_') || 'probe';
  let name = plain;
  for (let count = 2; taken.has(`${name}/times`); count += 1) name = `${plain}-${count}`;
  return name;
}
