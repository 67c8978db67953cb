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
  return (window as unknown as Record<string, HostBridge | undefined>)[hostBridgeName];
}

export function createElectronHost(bridge: HostBridge): Host {
  const caller: Caller<HostRequests, HostEvent> = {
    request: (name, argument) =>
      bridge.call(name, argument).catch((error: unknown) => {
        throw new PortError('gone', reasonOf(error));
      }) as Promise<never>,
    listen: (handler) => disposable(bridge.listen((message) => handler(message as HostEvent))),
    onGone: () => undefined,
    dispose: () => undefined,
  };
  return createRemoteHost('electron', caller);
}
