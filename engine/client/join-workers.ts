/** Joins the engine worker and the history worker by a channel of their own, so that records never pass the page. */
import type { PortLike } from '../platform/port-end.ts';
import type { MessageChannelEnd } from '../platform/seams.ts';
import type { JoinMessage } from '../protocol/feed-messages.ts';

/** To be called once after both workers were started, before the first `load`. */
export function joinWorkers(engine: MessageChannelEnd, history: MessageChannelEnd): void {
  const { port1, port2 } = new MessageChannel();
  send(engine, port1 as unknown as PortLike);
  send(history, port2 as unknown as PortLike);
}

function send(end: MessageChannelEnd, join: PortLike): void {
  end.post({ join } satisfies JoinMessage, [join]);
}
