/** The page's WebSocket to `serve`, made anew whenever it was lost. */
import { connectLasting, type BinarySocket, type LastingCaller } from '../../engine/protocol/lasting-caller.ts';
import type { HostEvent, HostRequests } from '../../engine/protocol/host-requests.ts';
import { createPageClock } from './clock.ts';

const socketPath = '/host';
/** How long a connection may take, milliseconds. */
const openWithin = 4000;
/** Where the key of this tab's session is kept, so that the page ends it when it is loaded again after a crash. */
const sessionKey = 'spikeloom session';

/** A caller over the socket; undefined when nobody answers at the place this page came from. */
export function connectToServe(): Promise<LastingCaller<HostRequests, HostEvent> | undefined> {
  return connectLasting<HostRequests, HostEvent>({
    open: openSocket,
    answers: programAnswers,
    clock: createPageClock(),
    previous: sessionStorage.getItem(sessionKey),
    remember: (session) => sessionStorage.setItem(sessionKey, session),
  });
}

async function openSocket(): Promise<BinarySocket | undefined> {
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
  if (opened) return asBinarySocket(socket);
  socket.close();
  return undefined;
}

/** A program that was started anew does not know this page's cookie; one that ended does not answer at all. */
async function programAnswers(): Promise<boolean> {
  try {
    return (await fetch('/', { method: 'HEAD', cache: 'no-store' })).ok;
  } catch {
    return false;
  }
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
