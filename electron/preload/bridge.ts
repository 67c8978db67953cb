/** The host bridge of the page: one function to ask, one to listen; nothing of Electron gets through. */
import type { HostBridge } from '../../engine/protocol/host-requests.ts';
import { eventChannel, requestChannel } from '../ipc/channels.ts';

/** What the bridge uses of `ipcRenderer`. */
export interface RendererPart {
  invoke(channel: string, name: string, argument: unknown): Promise<unknown>;
  on(channel: string, listener: (event: unknown, message: unknown) => void): unknown;
  removeListener(channel: string, listener: (event: unknown, message: unknown) => void): unknown;
}

export function createBridge(renderer: RendererPart): HostBridge {
  return {
    call: (name, argument) => renderer.invoke(requestChannel, String(name), argument),
    listen(handler) {
      // The page never sees the event object, which would give it the whole of ipcRenderer.
      const onEvent = (_event: unknown, message: unknown): void => handler(message);
      renderer.on(eventChannel, onEvent);
      return () => void renderer.removeListener(eventChannel, onEvent);
    },
  };
}
