/** Loopback: a message channel inside one thread, for tests, the command line and hosts without workers. */
import type { MessageChannelEnd } from './seams.ts';

/** Two joined ends, and a way to break them as a dying worker would. */
export interface Loopback {
  readonly ends: readonly [MessageChannelEnd, MessageChannelEnd];
  /** Both sides hear that the other one failed; nothing is delivered any more. */
  fail(reason: string): void;
}

interface Side {
  onMessage: ((message: unknown) => void) | undefined;
  onFailure: ((reason: string) => void) | undefined;
  /** Arrived before anybody listened. */
  waiting: unknown[];
}

/**
 * Makes two joined ends. Messages are cloned (and listed buffers moved) as between threads and are delivered one by one,
 * in order, after the present task; those that arrive before the handler wait for it.
 */
export function createLoopback(): Loopback {
  const sides: readonly [Side, Side] = [newSide(), newSide()];
  let open = true;

  function deliver(side: Side, message: unknown): void {
    if (!open) return;
    if (side.onMessage === undefined) side.waiting.push(message);
    else side.onMessage(message);
  }

  function createEnd(own: Side, other: Side): MessageChannelEnd {
    return {
      post(message, transfer = []) {
        if (!open) return;
        const copy = structuredClone(message, { transfer: [...transfer] } as Parameters<typeof structuredClone>[1]);
        void Promise.resolve().then(() => deliver(other, copy));
      },
      onMessage(handler) {
        own.onMessage = handler;
        for (const message of own.waiting.splice(0)) handler(message);
      },
      onFailure(handler) {
        own.onFailure = handler;
      },
      close() {
        open = false;
      },
    };
  }

  return {
    ends: [createEnd(sides[0], sides[1]), createEnd(sides[1], sides[0])],
    fail(reason) {
      if (!open) return;
      open = false;
      for (const side of sides) side.onFailure?.(reason);
    },
  };
}

function newSide(): Side {
  return { onMessage: undefined, onFailure: undefined, waiting: [] };
}
