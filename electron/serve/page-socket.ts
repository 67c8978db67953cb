/** The WebSocket between a page and this process: limits on its use, and the page's Host requests answered. */
import type { WebSocket } from 'ws';
import { createSocketEnd } from '../../engine/protocol/socket-end.ts';
import type { BinarySocket } from '../../engine/protocol/socket-end.ts';
import { createResponder } from '../../engine/protocol/port.ts';
import type { HostEvent, HostRequests } from '../../engine/protocol/host-requests.ts';
import type { HostServices } from '../ipc/host-handlers.ts';
import { createHostHandlers } from '../ipc/host-handlers.ts';
import type { Disposable } from '../../engine/base/disposable.ts';

const firstMessageMilliseconds = 5_000;
const pingMilliseconds = 20_000;

/** Path of the socket. */
export const socketPath = '/host';

/** Services of one page; `emit` tells that page something unasked. Ended when the page is gone. */
export type PageServices = (emit: (event: HostEvent) => void) => HostServices & Disposable;

/** Answers Host requests until the socket closes. */
export function answerPage(socket: WebSocket, servicesOf: PageServices): void {
  const first = setTimeout(() => socket.close(4408, 'nothing was asked'), firstMessageMilliseconds);
  socket.once('message', () => clearTimeout(first));
  const stopPinging = keepAlive(socket);
  const services = servicesOf((event) => responder.emit(event));
  const responder = createResponder<HostRequests, HostEvent>(
    createSocketEnd(asBinarySocket(socket)),
    createHostHandlers(services),
  );
  socket.once('close', () => {
    clearTimeout(first);
    stopPinging();
    responder.dispose();
    services.dispose();
  });
}

/** Ends a connection whose other side is gone without a word. */
function keepAlive(socket: WebSocket): () => void {
  let answered = true;
  socket.on('pong', () => (answered = true));
  const timer = setInterval(() => {
    if (!answered) return socket.terminate();
    answered = false;
    return socket.ping();
  }, pingMilliseconds);
  return () => clearInterval(timer);
}

function asBinarySocket(socket: WebSocket): BinarySocket {
  return {
    send: (frame) => socket.send(frame),
    onFrame: (handler) =>
      socket.on('message', (data, isBinary) => {
        handler(isBinary && data instanceof Buffer ? data : new Uint8Array());
      }),
    onClosed: (handler) => {
      socket.on('close', () => handler('the connection was closed'));
      // An error (a frame too large, invalid UTF-8) is always followed by `close`.
      socket.on('error', () => undefined);
    },
    close: () => socket.close(),
  };
}
