/** Entry of the engine worker in the page: the engine's parts put together. */
import type { MessageChannelEnd } from '../../engine/platform/seams.ts';
import { createPortEnd, type PortLike } from '../../engine/platform/port-end.ts';
import { isJoinMessage } from '../../engine/protocol/feed-messages.ts';
import { prepareRun } from '../../engine/library/prepare-run.ts';
import { createLiveRidge } from '../../engine/training/live-ridge.ts';
import { EngineSession } from '../../engine/worker/engine-session.ts';
import { createPageClock } from './clock.ts';

const end: MessageChannelEnd = createPortEnd(globalThis as unknown as PortLike);

const session = new EngineSession({
  end,
  clock: createPageClock(),
  memory: { allocate: (bytes) => new WebAssembly.Memory({ initial: Math.ceil(bytes / 65_536) }) },
  shared: globalThis.crossOriginIsolated === true,
  prepare: prepareRun,
  trainerFor: createLiveRidge,
  onOther(message) {
    if (isJoinMessage(message)) session.connectHistory(createPortEnd(message.join));
  },
});
