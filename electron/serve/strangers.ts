/** Strangers: connections that have not passed the gate. However many there are, a known browser always finds a place. */
import type { Server } from 'node:http';
import type { Socket } from 'node:net';

export interface Strangers {
  /** The connection has passed the gate: it is not one of them any more. */
  known(connection: Socket): void;
}

/** Ends the oldest stranger whenever there are more than `most`, and each that is still one after `patience` milliseconds. */
export function watchStrangers(server: Server, most: number, patience: number): Strangers {
  const strangers = new Set<Socket>();
  server.on('connection', (connection: Socket) => {
    strangers.add(connection);
    const late = setTimeout(() => strangers.has(connection) && connection.destroy(), patience);
    connection.once('close', () => {
      clearTimeout(late);
      strangers.delete(connection);
    });
    const [oldest] = strangers;
    if (strangers.size <= most || oldest === undefined) return;
    strangers.delete(oldest);
    oldest.destroy();
  });
  return { known: (connection) => void strangers.delete(connection) };
}
