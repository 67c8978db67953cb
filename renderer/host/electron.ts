/** The host of the desktop window: the two functions that the preload script gives the page. */
import { disposable } from '../../engine/base/disposable.ts';
import { createRemoteHost } from '../../engine/client/remote-host.ts';
import type { Host } from '../../engine/platform/host.ts';
import {
  hostBridgeName,
  type HostBridge,
  type HostEvent,
  type HostRequests,
} from '../../engine/protocol/host-requests.ts';
import { PortError, reasonOf, type Caller } from '../../engine/protocol/port.ts';

/** The bridge, when this page stands in the desktop window. */
export function findBridge(): HostBridge | undefined {
  return (globalThis as unknown as Record<string, HostBridge | undefined>)[hostBridgeName];
}

/** The host over the bridge. It listens from now on, so that nothing said after the first request is missed. */
export function createElectronHost(bridge: HostBridge): Host {
  const handlers = new Set<(event: HostEvent) => void>();
  /** Files that came before the workbench was put together. */
  let early: HostEvent[] = [];
  let opens = false;
  bridge.listen((message) => {
    const event = message as HostEvent;
    if (event.kind === 'openFile' && !opens) early.push(event);
    else for (const handler of [...handlers]) handler(event);
  });
  const caller: Caller<HostRequests, HostEvent> = {
    request: (name, argument) =>
      bridge.call(name, argument).catch((error: unknown) => {
        throw new PortError('gone', reasonOf(error));
      }) as Promise<never>,
    listen(handler) {
      handlers.add(handler);
      return disposable(() => handlers.delete(handler));
    },
    onGone: () => undefined,
    dispose: () => handlers.clear(),
  };
  const remote = createRemoteHost('electron', caller);
  return {
    ...remote,
    window: {
      ...remote.window,
      onOpenFile(handler) {
        const listening = remote.window.onOpenFile(handler);
        opens = true;
        const late = early;
        early = [];
        for (const event of late) if (event.kind === 'openFile') handler(event.opened);
        return listening;
      },
    },
  };
}
