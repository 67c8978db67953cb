/** A MessageChannelEnd over a MessagePort, or over a worker's own global scope, which has the same two verbs. */
import type { MessageChannelEnd } from './seams.ts';

/** What a MessagePort, a DedicatedWorkerGlobalScope and the port of a Node worker have in common. */
export interface PortLike {
  onmessage: ((event: never) => void) | null;
  onmessageerror?: ((event: never) => void) | null;
  postMessage(message: unknown, transfer?: readonly unknown[]): void;
  close?(): void;
}

/** Wraps a port. A message that cannot be read is a failure; that the other side died a port cannot see. */
export function createPortEnd(port: PortLike): MessageChannelEnd {
  return {
    post: (message, transfer = []) => port.postMessage(message, [...transfer]),
    onMessage(handler) {
      port.onmessage = (event: { readonly data: unknown }) => handler(event.data);
    },
    onFailure(handler) {
      port.onmessageerror = () => handler('a message could not be read');
    },
    close() {
      port.onmessage = null;
      port.close?.();
    },
  };
}
