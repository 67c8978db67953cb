/** Keeps everything that a probe records in a run of known length. */
import type { Recording } from '../../engine/formats/run-npz.ts';
import type { ProbeSink } from '../../engine/runtime/drain.ts';

export interface ProbeRecorder {
  readonly sink: ProbeSink;
  recording(): Recording;
}

/** Rows of `channels` samples; room for `steps` rows is taken at once, so that running out of memory shows at the start. */
export function createSampleRecorder(
  name: string,
  channels: number,
  steps: number,
  timeStepSeconds: number,
): ProbeRecorder {
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
    },
    recording: () => ({
      type: 'samples',
      name,
      times: times.subarray(0, rows),
      samples: samples.subarray(0, rows * channels),
      channelCount: channels,
    }),
  };
}

/** Events with the cells they came from. */
export function createEventRecorder(name: string, timeStepSeconds: number): ProbeRecorder {
  const steps = createGrowingInts();
  const cells = createGrowingInts();
  return {
    sink: {
      events(newSteps, newCells, count) {
        steps.append(newSteps, count);
        cells.append(newCells, count);
      },
    },
    recording: () => ({
      type: 'events',
      name,
      times: Float64Array.from(steps.values(), (step) => step * timeStepSeconds),
      cells: cells.values(),
    }),
  };
}

interface GrowingInts {
  append(values: Int32Array, count: number): void;
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
    values: () => room.slice(0, length),
  };
}
