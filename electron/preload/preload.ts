/** Preload script: gives the page the two functions of the host bridge, and nothing else. */
import { contextBridge, ipcRenderer } from 'electron';
import type { IpcRendererEvent } from 'electron';
import { hostBridgeName } from '../../engine/protocol/host-requests.ts';
import type { HostBridge } from '../../engine/protocol/host-requests.ts';
import { eventChannel, requestChannel } from '../ipc/channels.ts';

const bridge: HostBridge = {
  call: (name, argument) => ipcRenderer.invoke(requestChannel, String(name), argument),
  listen(handler) {
    // The page never sees the event object, which would give it the whole of ipcRenderer.
    const onEvent = (_event: IpcRendererEvent, message: unknown): void => handler(message);
    ipcRenderer.on(eventChannel, onEvent);
    return () => void ipcRenderer.removeListener(eventChannel, onEvent);
  },
};

contextBridge.exposeInMainWorld(hostBridgeName, bridge);
