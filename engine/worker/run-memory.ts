/** What a run in the page takes besides its program, and what is said when memory runs out all the same. */
import { problem } from '../base/problem.ts';
import { failed, type Result } from '../base/result.ts';
import type { Outline } from '../build/build-program.ts';
import { causeOf } from '../protocol/failure.ts';
import { reasonOf } from '../protocol/port.ts';
import { elementBytes, lengthOf } from '../codegen/layout.ts';
import { checkpointInterval } from '../runtime/checkpoint-history.ts';
import type { MemoryPart } from '../runtime/memory-need.ts';
import { threadMemory } from '../runtime/thread-memory.ts';
import { historyBudgetBytes } from './history/history-session.ts';
import { bytesOfStream, describeProbe } from './probe-feed.ts';

/** Bytes that the checkpoints of a run keep at most. */
export const checkpointBudgetBytes = 128e6;

/** Bytes that the history keeps of a number: the number itself and its share of the coarser levels. */
const historyBytesPerNumber = 12;

/** The streams of the probes, what the history keeps of them, checkpoints, and so many threads. */
export function surroundingsOf(outline: Outline, threads = 1): readonly MemoryPart[] {
  const { program } = outline;
  const probes = program.probes.map((probe) => describeProbe(program, probe));
  const streams = probes.map((probe) => ({ owner: probe.element, bytes: bytesOfStream(probe) }));
  const numbersPerStep = probes.reduce(
    (sum, { type, channels, members = 1 }) => sum + (type === 'samples' ? members * (channels + 1) : 0),
    0,
  );
  const whole =
    program.steps === undefined || numbersPerStep === 0
      ? Number.POSITIVE_INFINITY
      : program.steps * numbersPerStep * historyBytesPerNumber;
  const checkpoints = { owner: '', bytes: checkpointsBytes(program) };
  const history = { owner: '', bytes: probes.length === 0 ? 0 : Math.min(historyBudgetBytes, whole) };
  return [...streams, checkpoints, history, ...threadMemory(outline, threads)];
}

/** Checkpoints of a whole run, within their budget. */
function checkpointsBytes({ signals, steps, timeStepSeconds }: Outline['program']): number {
  const stateBytes = signals
    .filter(({ role }) => role === 'state')
    .reduce((sum, { shape, type }) => sum + lengthOf(shape) * elementBytes[type], 0);
  const count = steps === undefined ? Number.POSITIVE_INFINITY : 1 + steps / checkpointInterval(timeStepSeconds);
  return stateBytes === 0 ? 0 : Math.min(checkpointBudgetBytes, stateBytes * count);
}

/** The result of a build; a Problem when the computer gives less memory than the limit allows. */
export function unlessMemoryRunsOut<T>(build: () => Result<T>): Result<T> {
  try {
    return build();
  } catch (error) {
    const reason = reasonOf(error);
    if (causeOf(reason) !== 'memory') throw error;
    return failed(
      problem('run/memory', 'The computer has no memory left for building this network.', {
        hint: 'Close other programs, or use fewer cells or synapses.',
        cause: reason,
      }),
    );
  }
}
