/** The host of this page: the desktop window, `serve`, or the page alone. */
import type { Host } from '../../engine/platform/host.ts';
import { createBrowserHost } from './browser.ts';
import { createElectronHost, findBridge } from './electron.ts';
import { createPageHost } from './page.ts';
import { connectToServe } from './socket.ts';

export interface ChosenHost {
  readonly host: Host;
  /** No program answers behind this page: everything is kept in this browser. */
  readonly alone: boolean;
}

export async function chooseHost(): Promise<ChosenHost> {
  const bridge = findBridge();
  if (bridge !== undefined) return { host: createElectronHost(bridge), alone: false };
  const caller = await connectToServe();
  return caller === undefined
    ? { host: createPageHost(), alone: true }
    : { host: createBrowserHost(caller), alone: false };
}
