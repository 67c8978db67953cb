/** A caller over the bridge that Electron's preload script gives to the page. */
import { disposable } from '../base/disposable.ts';
import type { HostBridge, HostEvent, HostRequests } from '../protocol/host-requests.ts';
import type { Caller } from '../protocol/port.ts';
import { PortError, reasonOf } from '../protocol/port.ts';

/** Requests go through `call`; the bridge lasts as long as the page, so nothing is ever `gone`. */
export function createBridgeCaller(bridge: HostBridge): Caller<HostRequests, HostEvent> {
  return {
    async request(name, argument) {
      try {
        return (await bridge.call(name, argument)) as HostRequests[typeof name]['reply'];
      } catch (error) {
        throw new PortError('refused', reasonOf(error));
      }
    },
    listen: (handler) => disposable(bridge.listen((event) => handler(event as HostEvent))),
    onGone: () => undefined,
    dispose: () => undefined,
  };
}
