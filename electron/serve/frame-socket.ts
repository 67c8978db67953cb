/** Frame socket: one WebSocket of a page within its limits: greeted in time, alive, no faster than allowed. */
import type { WebSocket } from 'ws';
import type { ServeLimits } from './limits.ts';
import { closeCodes } from './limits.ts';

export interface FrameSocketEvents {
  frame(frame: Uint8Array): void;
  /** `cut` when the other side may come back: it neither said goodbye nor was sent away. */
  closed(cut: boolean): void;
}

export interface FrameSocket {
  send(frame: Uint8Array): void;
  close(code: number, reason: string): void;
}

/** Bytes of pongs that may wait for a client that pings but does not read. */
const mostWaiting = 64 << 10;
/** Codes of a page that was closed or left: 1005 says that none was given. */
const goodbyes = [1000, 1001, 1005];

/** Wraps an open socket. */
export function createFrameSocket(socket: WebSocket, limits: ServeLimits, events: FrameSocketEvents): FrameSocket {
  const budget = createRate(
    limits,
    () => socket.pause(),
    () => socket.resume(),
  );
  const first = setTimeout(() => close(closeCodes.silent, 'nothing was asked'), limits.firstWord);
  const stopPinging = keepAlive(socket, limits.ping);
  let sentAway = false;

  function close(code: number, reason: string): void {
    sentAway = true;
    // A paused socket would not even hear the other side's goodbye.
    budget.dispose();
    socket.close(code, reason);
    // Who does not answer the goodbye is not waited for.
    setTimeout(() => socket.terminate(), limits.firstWord).unref();
  }

  socket.on('message', (content, isBinary) => {
    if (sentAway) return;
    clearTimeout(first);
    budget.spend();
    events.frame(isBinary && content instanceof Buffer ? content : new Uint8Array());
  });
  socket.on('ping', (content: Buffer) => {
    budget.spend();
    if (socket.bufferedAmount < mostWaiting) socket.pong(content);
  });
  socket.on('pong', () => budget.spend());
  // What breaks the rules of WebSockets (a frame too large, invalid UTF-8): `close` follows.
  socket.on('error', () => (sentAway = true));
  socket.on('close', (code) => {
    clearTimeout(first);
    stopPinging();
    budget.dispose();
    events.closed(!sentAway && !goodbyes.includes(code));
  });
  return { send: (frame) => socket.send(frame), close };
}

/** Ends a connection whose other side is gone without a word. */
function keepAlive(socket: WebSocket, milliseconds: number): () => void {
  let answered = true;
  socket.on('pong', () => (answered = true));
  const timer = setInterval(() => {
    // Nobody hears an answer on a socket that is not read.
    if (!answered && !socket.isPaused) return socket.terminate();
    answered = false;
    return socket.ping();
  }, milliseconds);
  return () => clearInterval(timer);
}

/** Counts frames; who spends more than there is reads nothing until the debt is paid by time. */
function createRate(
  { burst, framesPerSecond }: ServeLimits,
  pause: () => void,
  resume: () => void,
): { spend(): void; dispose(): void } {
  const tick = 100;
  let left = burst;
  let timer: NodeJS.Timeout | undefined;

  function refill(): void {
    const owing = left <= 0;
    left = Math.min(burst, left + (framesPerSecond * tick) / 1000);
    if (owing && left > 0) resume();
    if (left === burst) stop();
  }
  function stop(): void {
    clearInterval(timer);
    timer = undefined;
  }

  return {
    spend() {
      left -= 1;
      timer ??= setInterval(refill, tick);
      if (left === 0) pause();
    },
    dispose() {
      stop();
      if (left <= 0) resume();
    },
  };
}
