/** Keeps everything that a probe records in a run of known length. */
import type { Recording } from '../../engine/formats/run-npz.ts';
import type { ProbeSink } from '../../engine/runtime/drain.ts';
import type { Gathering } from './run-checkpoints.ts';

export interface ProbeRecorder extends Gathering {
  readonly sink: ProbeSink;
  recording(): Recording;
}

/** Whom a recorder is for: name, and the cells of each member of a batch. */
export interface RecordedProbe {
  readonly name: string;
  readonly channelCount: number;
  readonly members: number;
  readonly timeStepSeconds: number;
}

/** Rows of samples of all members; room for `steps` rows is taken at once, so that running out of memory shows at the start. */
export function createSampleRecorder(probe: RecordedProbe, steps: number): ProbeRecorder {
  const { name, channelCount, members, timeStepSeconds } = probe;
  const channels = members * channelCount;
  const samples = new Float64Array(steps * channels);
  const times = new Float64Array(steps);
  let rows = 0;
  return {
    sink: {
      samples(firstStep, count, values) {
        samples.set(values, rows * channels);
        for (let row = 0; row < count; row += 1) times[rows + row] = (firstStep + row) * timeStepSeconds;
        rows += count;
      },
      truncate(step) {
        while (rows > 0 && (times[rows - 1] as number) >= step * timeStepSeconds) rows -= 1;
      },
    },
    recording: () => ({
      type: 'samples',
      name,
      times: times.subarray(0, rows),
      samples: samples.subarray(0, rows * channels),
      channelCount,
      members,
    }),
    save() {
      const saved = new Float64Array(rows * (1 + channels));
      saved.set(times.subarray(0, rows));
      saved.set(samples.subarray(0, rows * channels), rows);
      return new Uint8Array(saved.buffer);
    },
    restore({ buffer }) {
      const saved = new Float64Array(buffer);
      rows = saved.length / (1 + channels);
      times.set(saved.subarray(0, rows));
      samples.set(saved.subarray(rows));
    },
  };
}

/** Events with the cells they came from. */
export function createEventRecorder({ name, channelCount, members, timeStepSeconds }: RecordedProbe): ProbeRecorder {
  const steps = createGrowingInts();
  const cells = createGrowingInts();
  return {
    sink: {
      events(newSteps, newCells, count) {
        steps.append(newSteps, count);
        cells.append(newCells, count);
      },
      truncate(step) {
        const all = steps.values();
        const kept = all.findIndex((each) => each >= step);
        if (kept < 0) return;
        steps.shorten(kept);
        cells.shorten(kept);
      },
    },
    recording: () => ({
      type: 'events',
      name,
      times: Float64Array.from(steps.values(), (step) => step * timeStepSeconds),
      cells: cells.values(),
      channelCount,
      members,
    }),
    save() {
      const [left, right] = [steps.values(), cells.values()];
      const saved = new Int32Array(left.length + right.length);
      saved.set(left);
      saved.set(right, left.length);
      return new Uint8Array(saved.buffer);
    },
    restore({ buffer }) {
      const saved = new Int32Array(buffer);
      const count = saved.length / 2;
      for (const [column, from] of [
        [steps, 0],
        [cells, count],
      ] as const) {
        column.shorten(0);
        column.append(saved.subarray(from, from + count), count);
      }
    },
  };
}

interface GrowingInts {
  append(values: Int32Array, count: number): void;
  shorten(count: number): void;
  values(): Int32Array;
}

function createGrowingInts(): GrowingInts {
  let room = new Int32Array(1024);
  let length = 0;
  return {
    append(values, count) {
      if (length + count > room.length) {
        const larger = new Int32Array(Math.max(room.length * 2, length + count));
        larger.set(room.subarray(0, length));
        room = larger;
      }
      room.set(values.subarray(0, count), length);
      length += count;
    },
    shorten(count) {
      length = count;
    },
    values: () => room.slice(0, length),
  };
}
