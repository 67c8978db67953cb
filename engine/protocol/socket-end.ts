/** A MessageChannelEnd over a socket of binary frames: what browser and `serve` talk through. */
import type { MessageChannelEnd } from '../platform/seams.ts';
import { createFrameJoiner, decodeMessage, encodeMessage, framesOf } from './wire.ts';

/** Longest message either side accepts: a project file and a little more. */
export const longestMessage = (256 << 20) + (1 << 20);

/** What a browser's WebSocket and one of `ws` have in common. */
export interface BinarySocket {
  send(frame: Uint8Array<ArrayBuffer>): void;
  onFrame(handler: (frame: Uint8Array) => void): void;
  onClosed(handler: (reason: string) => void): void;
  close(): void;
}

/** Wraps a socket. A frame that makes no sense ends the connection. Messages are JSON values and Uint8Arrays. */
export function createSocketEnd(socket: BinarySocket, maximumBytes: number = longestMessage): MessageChannelEnd {
  const joiner = createFrameJoiner(maximumBytes);
  let failure: string | undefined;
  let onFailure: ((reason: string) => void) | undefined;

  function fail(reason: string): void {
    if (failure !== undefined) return;
    failure = reason;
    onFailure?.(reason);
  }

  socket.onClosed(fail);
  return {
    post(message) {
      if (failure !== undefined) return;
      for (const frame of framesOf(encodeMessage(message))) socket.send(frame);
    },
    onMessage(handler) {
      socket.onFrame((frame) => {
        if (failure !== undefined) return;
        try {
          const encoded = joiner.accept(frame);
          if (encoded !== undefined) handler(decodeMessage(encoded));
        } catch (error) {
          fail(error instanceof Error ? error.message : String(error));
          socket.close();
        }
      });
    },
    onFailure(handler) {
      onFailure = handler;
      if (failure !== undefined) handler(failure);
    },
    close() {
      failure ??= 'closed';
      socket.close();
    },
  };
}
