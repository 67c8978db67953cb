/** A page as tests play it: the link used, the cookie kept, the Host over a WebSocket of `ws`. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { createRemoteHost } from '../../engine/client/remote-host.ts';
import type { Host } from '../../engine/platform/host.ts';
import type { HostEvent, HostRequests } from '../../engine/protocol/host-requests.ts';
import { connectLasting } from '../../engine/protocol/lasting-caller.ts';
import type { BinarySocket, Dial, LastingCaller } from '../../engine/protocol/lasting-caller.ts';
import { nodeClock } from '../platform/node-seams.ts';
import type { ServeLimits } from './limits.ts';
import { serve } from './serve.ts';
import type { Serving } from './serve.ts';

export type PageCaller = LastingCaller<HostRequests, HostEvent>;

export interface ClientPage {
  readonly host: Host;
  readonly caller: PageCaller;
  /** Key of the present session. */
  session(): string;
  /** The present socket. */
  socket(): WebSocket;
}

/** A folder with a page in it, for servers. */
export async function pageHome(): Promise<{ readonly folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'spikeloom-'));
  await mkdir(join(folder, 'page', 'workers'), { recursive: true });
  await writeFile(join(folder, 'page', 'index.html'), '<script nonce="SPIKELOOM_CSP_NONCE"></script>');
  await writeFile(join(folder, 'page', 'workers', 'engine-worker-abcd1234.js'), '1');
  await writeFile(join(folder, 'page', 'workers', 'history-worker-abcd1234.js'), '1');
  await writeFile(join(folder, 'secret.txt'), 'secret');
  return { folder, remove: () => rm(folder, { recursive: true }) };
}

/** A server on a free port; `name` tells its folders from those of others in the same home. */
export function serveIn(folder: string, name = 'home', limits?: ServeLimits, port = 0): Promise<Serving> {
  return serve({
    port,
    pageFolder: join(folder, 'page'),
    folders: { state: join(folder, name, 'state'), projects: join(folder, name, 'projects') },
    ...(limits === undefined ? {} : { limits }),
  });
}

/** Uses the link: the Cookie header of this browser from now on. */
export async function useLink(server: Pick<Serving, 'link'>): Promise<string> {
  const welcome = await fetch(server.link(), { redirect: 'manual' });
  return String(welcome.headers.get('set-cookie')).split(';')[0] ?? '';
}

/** Opens a socket as a page of the server on `port` does. `through` is the port to connect to, of a proxy. */
export function dialSocket(port: number, cookie: string, through = port): Promise<WebSocket | undefined> {
  const own = `127.0.0.1:${port}`;
  const socket = new WebSocket(`ws://127.0.0.1:${through}/host`, {
    headers: { Cookie: cookie, Host: own, Origin: `http://${own}` },
  });
  return new Promise((resolve) => {
    socket.once('open', () => resolve(socket));
    socket.on('error', () => resolve(undefined));
  });
}

/** Connects a page; rejects when the server does not let it in. */
export async function connectPage(
  server: Pick<Serving, 'link' | 'port'>,
  options: Partial<Dial> & { readonly through?: number; readonly cookie?: string } = {},
): Promise<ClientPage> {
  const cookie = options.cookie ?? (await useLink(server));
  let socket: WebSocket | undefined;
  let session = '';
  const caller = await connectLasting<HostRequests, HostEvent>({
    async open() {
      socket = await dialSocket(server.port, cookie, options.through);
      return socket === undefined ? undefined : asBinarySocket(socket);
    },
    answers: async () => true,
    clock: nodeClock,
    previous: null,
    remember: (key) => (session = key),
    ...options,
  });
  if (caller === undefined) throw new Error('the server did not let the page in');
  const host = createRemoteHost('browser', caller, (handler) =>
    caller.onConnection((state) => handler(state === 'connected', state === 'ended')),
  );
  return {
    host,
    caller,
    session: () => session,
    socket() {
      if (socket === undefined) throw new Error('there is no socket');
      return socket;
    },
  };
}

function asBinarySocket(socket: WebSocket): BinarySocket {
  return {
    send: (frame) => socket.send(frame),
    onFrame: (handler) => socket.on('message', (content) => handler(content as Buffer)),
    onClosed: (handler) => socket.on('close', () => handler('closed')),
    close: () => socket.close(),
  };
}

/** Code with which the other side closes the socket. */
export function closeCode(socket: WebSocket): Promise<number> {
  return new Promise((resolve) => socket.once('close', resolve));
}
