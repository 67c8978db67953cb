/** The host of this page: the desktop window, `serve`, or the page alone. */
import type { Host } from '../../engine/platform/host.ts';
import { createBrowserHost } from './browser.ts';
import { createElectronHost, findBridge } from './electron.ts';
import { createPageHost } from './page.ts';
import { connectToServe } from './socket.ts';

export async function chooseHost(): Promise<Host> {
  const bridge = findBridge();
  if (bridge !== undefined) return createElectronHost(bridge);
  const caller = await connectToServe();
  return caller === undefined ? createPageHost() : createBrowserHost(caller);
}
