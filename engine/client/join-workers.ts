/** Joins the engine worker and the history worker by a channel of their own, so that records never pass the page. */
import type { MessageChannelEnd } from '../platform/seams.ts';
import type { JoinMessage } from '../protocol/feed-messages.ts';

/** To be called once after both workers were started, before the first `load`. */
export function joinWorkers(engine: MessageChannelEnd, history: MessageChannelEnd): void {
  const channel = new MessageChannel();
  engine.post({ join: channel.port1 } satisfies JoinMessage, [channel.port1]);
  history.post({ join: channel.port2 } satisfies JoinMessage, [channel.port2]);
}
