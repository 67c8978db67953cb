/** The page's WebSocket to `serve`, made anew whenever it was lost. */
import { disposable, type Disposable } from '../../engine/base/disposable.ts';
import { createCaller, PortError, type Caller } from '../../engine/protocol/port.ts';
import type { HostEvent, HostRequests } from '../../engine/protocol/host-requests.ts';
import { createSocketEnd, type BinarySocket } from '../../engine/protocol/socket-end.ts';

const socketPath = '/host';
/** How long a connection may take, and how long after a loss the next one is tried; milliseconds. */
const openWithin = 4000;
const retryAfter = 1500;

/** A caller over the socket; undefined when nobody answers at the place this page came from. */
export async function connectToServe(): Promise<Caller<HostRequests, HostEvent> | undefined> {
  const first = await openCaller();
  return first === undefined ? undefined : createLastingCaller(first);
}

async function openCaller(): Promise<Caller<HostRequests, HostEvent> | undefined> {
  const socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${socketPath}`);
  socket.binaryType = 'arraybuffer';
  const opened = await new Promise<boolean>((resolve) => {
    const timer = setTimeout(() => resolve(false), openWithin);
    const end = (result: boolean) => (): void => {
      clearTimeout(timer);
      resolve(result);
    };
    socket.addEventListener('open', end(true), { once: true });
    socket.addEventListener('error', end(false), { once: true });
  });
  if (opened) return createCaller<HostRequests, HostEvent>(createSocketEnd(asBinarySocket(socket)));
  socket.close();
  return undefined;
}

function asBinarySocket(socket: WebSocket): BinarySocket {
  return {
    send: (frame) => socket.send(frame),
    onFrame: (handler) =>
      socket.addEventListener('message', (event) =>
        handler(event.data instanceof ArrayBuffer ? new Uint8Array(event.data) : new Uint8Array()),
      ),
    onClosed: (handler) => socket.addEventListener('close', () => handler('the connection was closed')),
    close: () => socket.close(),
  };
}

/** Requests while the connection is lost are refused at once; they work again when the next connection stands. */
function createLastingCaller(first: Caller<HostRequests, HostEvent>): Caller<HostRequests, HostEvent> {
  const listeners = new Set<(event: HostEvent) => void>();
  let current: Caller<HostRequests, HostEvent> | undefined;
  let ended = false;

  function adopt(caller: Caller<HostRequests, HostEvent>): void {
    current = caller;
    caller.listen((event) => {
      for (const listener of [...listeners]) listener(event);
    });
    caller.onGone(() => {
      if (current !== caller) return;
      current = undefined;
      retry();
    });
  }
  function retry(): void {
    if (ended) return;
    setTimeout(() => {
      void openCaller().then((caller) => (caller === undefined ? retry() : adopt(caller)));
    }, retryAfter);
  }

  adopt(first);
  return {
    request: (name, argument, signal) =>
      current?.request(name, argument, signal) ?? Promise.reject(new PortError('gone', 'the connection is lost')),
    listen(handler): Disposable {
      listeners.add(handler);
      return disposable(() => listeners.delete(handler));
    },
    onGone: () => undefined,
    dispose() {
      ended = true;
      listeners.clear();
      current?.dispose();
    },
  };
}
