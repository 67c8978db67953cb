/** Entry of the engine worker in the page: the engine's parts put together. */
import type { MessageChannelEnd } from '../../engine/platform/seams.ts';
import { createPortEnd, type PortLike } from '../../engine/platform/port-end.ts';
import { isJoinMessage } from '../../engine/protocol/feed-messages.ts';
import { isHelpersMessage } from '../../engine/protocol/helper-messages.ts';
import { prepareRun, prepareTraining } from '../../engine/library/prepare-run.ts';
import { createLiveRidge } from '../../engine/training/live-ridge.ts';
import { EngineSession } from '../../engine/worker/engine-session.ts';
import { createPulse } from '../../engine/worker/pulse.ts';
import { createPageClock } from './clock.ts';

const end: MessageChannelEnd = createPortEnd(globalThis as unknown as PortLike);

const pulse = createPulse(end);

/** Memory that never grows: what a run needs is known before it starts. */
function allocateFixed(bytes: number, shared: boolean): WebAssembly.Memory {
  const pages = Math.max(1, Math.ceil(bytes / 65_536));
  return new WebAssembly.Memory({ initial: pages, maximum: pages, shared });
}

const session = new EngineSession({
  end,
  clock: createPageClock(),
  memory: { allocate: allocateFixed },
  shared: globalThis.crossOriginIsolated === true,
  prepare: prepareRun,
  trainerFor: createLiveRidge,
  builds: { prepareRun, prepareTraining },
  pulse,
  onOther(message) {
    if (pulse.receive(message)) return;
    if (isJoinMessage(message)) session.connectHistory(createPortEnd(message.join));
    if (isHelpersMessage(message)) session.connectHelpers(message.helpers.map(createPortEnd));
  },
});
