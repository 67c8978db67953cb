/** What a run recorded, as a NumPy archive. */
import type { NpzArray } from './npz.ts';
import { writeNpz } from './npz.ts';

/** Rows of samples of a probe: times in seconds, samples [rows, channels], of a batch [rows, members, channels]. */
export interface SampleRecording {
  readonly type: 'samples';
  /** Names the arrays; `element.target` is usual. */
  readonly name: string;
  readonly times: Float64Array;
  readonly samples: Float64Array;
  /** Of each member. */
  readonly channelCount: number;
  readonly members: number;
}

/** Events of a probe: times in seconds and the cell of each; in a batch cell c of member m is m · channelCount + c. */
export interface EventRecording {
  readonly type: 'events';
  readonly name: string;
  readonly times: Float64Array;
  readonly cells: Int32Array;
  /** Cells of each member. */
  readonly channelCount: number;
  readonly members: number;
}

export type Recording = SampleRecording | EventRecording;

/**
 * Arrays `NAME/times` and `NAME/samples` or `NAME/cells` for every recording; of a batch samples are
 * [rows, members, channels], and `NAME/members` has the member of each event, counted from 0. A name that occurs twice gets `-2`, `-3` …;
 * characters that paths cannot hold become `_`.
 */
export function writeRunNpz(recordings: readonly Recording[]): Uint8Array {
  const arrays = new Map<string, NpzArray>();
  for (const recording of recordings) {
    const name = freeName(recording.name, arrays);
    arrays.set(`${name}/times`, { values: recording.times });
    if (recording.type === 'samples') arrays.set(`${name}/samples`, samplesOf(recording));
    else for (const [column, values] of eventColumns(recording)) arrays.set(`${name}/${column}`, { values });
  }
  return writeNpz(arrays);
}

function samplesOf({ samples, times, members, channelCount }: SampleRecording): NpzArray {
  const shape = members === 1 ? [times.length, channelCount] : [times.length, members, channelCount];
  return { values: samples, shape };
}

function eventColumns({ cells, channelCount, members }: EventRecording): readonly (readonly [string, Int32Array])[] {
  if (members === 1) return [['cells', cells]];
  return [
    ['cells', cells.map((place) => place % channelCount)],
    ['members', cells.map((place) => Math.floor(place / channelCount))],
  ];
}

function freeName(wanted: string, taken: ReadonlyMap<string, NpzArray>): string {
  const plain = wanted.replace(/[^\p{L}\p{N}._ -]/gu, '_').replace(/^\.+/, '_') || 'probe';
  let name = plain;
  for (let count = 2; taken.has(`${name}/times`); count += 1) name = `${plain}-${count}`;
  return name;
}
