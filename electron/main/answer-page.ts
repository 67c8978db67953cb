/** Answers the Host requests of the window's page, and of no other frame. */
import { ipcMain } from 'electron';
import type { IpcMainInvokeEvent } from 'electron';
import { assert } from '../../engine/base/assert.ts';
import type { HostServices } from '../ipc/host-handlers.ts';
import { createHostHandlers } from '../ipc/host-handlers.ts';
import { requestChannel } from '../ipc/channels.ts';
import { isPageAddress } from './lock-down.ts';

/** Registers the one channel; requests are checked for sender, name and argument. */
export function answerPage(services: HostServices): void {
  const handlers = createHostHandlers(services);
  ipcMain.handle(requestChannel, (event: IpcMainInvokeEvent, name: unknown, argument: unknown) => {
    const frame = event.senderFrame;
    assert(frame !== null && frame.parent === null && isPageAddress(frame.url), 'a request from a foreign frame');
    assert(typeof name === 'string' && Object.hasOwn(handlers, name), 'a request of an unknown name');
    const handler = handlers[name as keyof typeof handlers] as (argument: unknown, signal: AbortSignal) => unknown;
    return handler(argument, new AbortController().signal);
  });
}
