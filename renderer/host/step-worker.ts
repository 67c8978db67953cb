/** Entry of a thread that helps the engine with its steps. */
import { createPortEnd, type PortLike } from '../../engine/platform/port-end.ts';
import { isEngineMessage } from '../../engine/protocol/helper-messages.ts';
import { joinRun, type JoinMessage } from '../../engine/runtime/step-helper.ts';

createPortEnd(globalThis as unknown as PortLike).onMessage((message) => {
  if (isEngineMessage(message)) createPortEnd(message.engine).onMessage((run) => joinRun(run as JoinMessage));
});
