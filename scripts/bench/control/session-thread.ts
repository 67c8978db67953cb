/** Thread with an engine session, as the page's engine worker has it. */
import { ownThread } from '../../../electron/platform/node-threads.ts';
import { nodeMemory } from '../../../electron/platform/node-memory.ts';
import { nodeClock } from '../../../electron/platform/node-seams.ts';
import { prepareRun } from '../../../engine/library/prepare-run.ts';
import { createLiveRidge } from '../../../engine/training/live-ridge.ts';
import { EngineSession } from '../../../engine/worker/engine-session.ts';

const { post, onMessage } = ownThread();
const end = {
  post: (message: unknown, transfer: readonly unknown[] = []) => post(message, transfer as ArrayBuffer[]),
  onMessage,
  onFailure: () => undefined,
  close: () => undefined,
};
new EngineSession({
  end,
  clock: nodeClock,
  memory: nodeMemory,
  shared: true,
  prepare: prepareRun,
  trainerFor: createLiveRidge,
});
