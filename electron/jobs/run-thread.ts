/** Script of the thread in which a detached run works. */
import { nodeMemory } from '../platform/node-memory.ts';
import { nodeClock } from '../platform/node-seams.ts';
import { ownThread } from '../platform/node-threads.ts';
import { runDetached } from './detached-run.ts';
import { startHelpers } from './helper-threads.ts';
import type { RunThreadData, RunThreadMessage } from './run-messages.ts';

const thread = ownThread();
const { request, stop } = thread.data as RunThreadData;
const flag = new Int32Array(stop);

// The interpreter has one thread.
const helpers = startHelpers(request.target === 'wasm' ? (request.threads ?? 1) : 1);
const outcome = runDetached(request, {
  clock: nodeClock,
  memory: nodeMemory,
  stopRequested: () => Atomics.load(flag, 0) !== 0,
  ...(helpers.help === undefined ? {} : { help: helpers.help }),
  onCheckpoint: (file) => thread.post({ kind: 'checkpoint', file } satisfies RunThreadMessage, [file.buffer]),
  onProgress: (progress) => thread.post({ kind: 'progress', progress } satisfies RunThreadMessage),
});
helpers.close();
const transfer = [outcome.archive, outcome.checkpoint].flatMap((bytes) => (bytes === undefined ? [] : [bytes.buffer]));
thread.post({ kind: 'finished', outcome } satisfies RunThreadMessage, transfer);
