/** Entry of the history worker in the page. */
import { createPortEnd, type PortLike } from '../../engine/platform/port-end.ts';
import { isJoinMessage } from '../../engine/protocol/feed-messages.ts';
import { createHistorySession } from '../../engine/worker/history/history-session.ts';
import { createPulse } from '../../engine/worker/pulse.ts';
import { createPageClock } from './clock.ts';

const end = createPortEnd(globalThis as unknown as PortLike);
const pulse = createPulse(end);

const session = createHistorySession({
  end,
  clock: createPageClock(),
  pulse,
  onOther(message) {
    if (!pulse.receive(message) && isJoinMessage(message)) session.connectEngine(createPortEnd(message.join));
  },
  // Reaches the page as the worker's `error`, also from where an exception would only reject a promise.
  fail: (reason) => reportError(new Error(reason)),
});
