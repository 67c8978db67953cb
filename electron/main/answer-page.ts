/** Answers the Host requests of the pages that have a window, and of no other frame. */
import { assert } from '../../engine/base/assert.ts';
import type { Disposable } from '../../engine/base/disposable.ts';
import { disposable } from '../../engine/base/disposable.ts';
import { requestChannel } from '../ipc/channels.ts';
import type { HostServices } from '../ipc/host-handlers.ts';
import { createHostHandlers } from '../ipc/host-handlers.ts';
import { isPageAddress } from './lock-down.ts';

/** Where a request comes from. */
export interface RequestEvent {
  /** null when the frame is gone by now. */
  readonly senderFrame: { readonly parent: unknown; readonly url: string } | null;
  readonly sender: { readonly id: number };
}

/** What is used of `ipcMain`. */
export interface RequestDoor {
  handle(channel: string, listener: (event: RequestEvent, name: unknown, argument: unknown) => unknown): void;
}

export interface PageDesk {
  /** From now on the requests of the page with this id are answered; `onHeard` is called before each. */
  admit(pageId: number, services: HostServices, onHeard: () => void): Disposable;
}

interface Admitted {
  readonly handlers: Readonly<Record<string, (argument: unknown, signal: AbortSignal) => unknown>>;
  onHeard(): void;
}

/** Registers the one channel; every request is checked for sender, name and argument before anything happens. */
export function answerPages(door: RequestDoor): PageDesk {
  const pages = new Map<number, Admitted>();
  door.handle(requestChannel, (event, name, argument) => {
    const frame = event.senderFrame;
    assert(frame !== null && frame.parent === null && isPageAddress(frame.url), 'a request from a foreign frame');
    const page = pages.get(event.sender.id);
    assert(page !== undefined, 'a request from a window without rights');
    assert(typeof name === 'string' && Object.hasOwn(page.handlers, name), 'a request of an unknown name');
    page.onHeard();
    return page.handlers[name]?.(argument, new AbortController().signal);
  });
  return {
    admit(pageId, services, onHeard) {
      pages.set(pageId, { handlers: createHostHandlers(services) as unknown as Admitted['handlers'], onHeard });
      return disposable(() => pages.delete(pageId));
    },
  };
}
