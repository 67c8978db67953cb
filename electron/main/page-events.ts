/** Events to a page: files to open wait until it listens; what else it missed concerns a page that is gone. */
import type { HostEvent } from '../../engine/protocol/host-requests.ts';

export interface PageEvents {
  emit(event: HostEvent): void;
  /** The page listens: it has asked for something, and listens before it asks. */
  heard(): void;
  /** Another page takes its place. */
  renewed(): void;
}

export function createPageEvents(send: (event: HostEvent) => void): PageEvents {
  let listening = false;
  let waiting: HostEvent[] = [];
  return {
    emit(event) {
      if (listening) send(event);
      else if (event.kind === 'openFile') waiting.push(event);
    },
    heard() {
      if (listening) return;
      listening = true;
      const late = waiting;
      waiting = [];
      for (const event of late) send(event);
    },
    renewed() {
      listening = false;
    },
  };
}
