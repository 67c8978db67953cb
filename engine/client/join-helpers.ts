/** Joins the engine worker and the threads that help it by channels of their own. */
import type { PortLike } from '../platform/port-end.ts';
import type { MessageChannelEnd } from '../platform/seams.ts';
import type { EngineMessage, HelpersMessage } from '../protocol/helper-messages.ts';

/** To be called once after all were started, before the first `load`. */
export function joinHelpers(engine: MessageChannelEnd, helpers: readonly MessageChannelEnd[]): void {
  if (helpers.length === 0) return;
  const ports = helpers.map((helper) => {
    const { port1, port2 } = new MessageChannel();
    const own = port2 as unknown as PortLike;
    helper.post({ engine: own } satisfies EngineMessage, [own]);
    return port1 as unknown as PortLike;
  });
  engine.post({ helpers: ports } satisfies HelpersMessage, ports);
}
