/** Starts a detached run in a thread of its own. */
import { problem } from '../../engine/base/problem.ts';
import type { WorkerFactory } from '../../engine/platform/seams.ts';
import { nodeThreads } from '../platform/node-threads.ts';
import type { RunThreadData, RunThreadMessage } from './run-messages.ts';
import { runThreadName } from './run-messages.ts';
import type { RunOutcome, RunProgress, RunRequest } from './run-request.ts';

export interface StartedRun {
  readonly outcome: Promise<RunOutcome>;
  /** Asks the run to end with what it has. */
  stop(): void;
}

export type RunStarter = (
  request: RunRequest,
  onProgress: (progress: RunProgress) => void,
  onCheckpoint?: (file: Uint8Array<ArrayBuffer>) => void,
) => StartedRun;

export const startRunInThread: RunStarter = (request, onProgress, onCheckpoint) =>
  startRun(nodeThreads, request, onProgress, onCheckpoint);

/** A worker that dies is a Problem of its run (`run/crashed`) and of nothing else. */
function startRun(
  workers: WorkerFactory,
  request: RunRequest,
  onProgress: (progress: RunProgress) => void,
  onCheckpoint: (file: Uint8Array<ArrayBuffer>) => void = () => undefined,
): StartedRun {
  const stop = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const thread = workers.start(runThreadName, { request, stop } satisfies RunThreadData);
  const outcome = new Promise<RunOutcome>((resolve) => {
    thread.onMessage((message) => {
      const received = message as RunThreadMessage;
      if (received.kind === 'progress') onProgress(received.progress);
      else if (received.kind === 'checkpoint') onCheckpoint(received.file);
      else resolve(received.outcome);
    });
    thread.onEnd((reason) => {
      const cause = reason ?? 'it ended without a result';
      const crashed = problem('run/crashed', 'The engine stopped unexpectedly.', { cause });
      resolve({ report: undefined, problems: [crashed], archive: undefined });
    });
  });
  return { outcome, stop: () => void Atomics.store(new Int32Array(stop), 0, 1) };
}
