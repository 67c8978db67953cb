/** A proxy that cuts connections in the middle: after a given number of bytes, whatever they are. */
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

export interface CuttingProxy {
  readonly port: number;
  /** Connections cut so far. */
  cuts(): number;
  /** Cuts all connections now. */
  cut(): void;
  /** While refused, new connections are cut at once. */
  refuse(refused: boolean): void;
  close(): Promise<void>;
}

/** How long a connection lives: bytes in one of the directions. */
export interface Lifetime {
  readonly toServer: number;
  readonly toPage: number;
}

/** Forwards to the server on `port`; each new connection asks how long it lives. */
export async function startCuttingProxy(port: number, lifetime: () => Lifetime): Promise<CuttingProxy> {
  const open = new Set<() => void>();
  let cuts = 0;
  let refused = false;

  const server = createServer((page) => {
    if (refused) return page.destroy();
    const upstream = connect({ port, host: '127.0.0.1' });
    let over = false;
    const end = (): void => {
      if (over) return;
      over = true;
      open.delete(end);
      page.destroy();
      upstream.destroy();
    };
    const cut = (): void => {
      if (!over) cuts += 1;
      end();
    };
    open.add(cut);
    const { toServer, toPage } = lifetime();
    forward(page, upstream, toServer, cut);
    forward(upstream, page, toPage, cut);
    for (const side of [page, upstream]) side.on('error', end).on('close', end);
    return undefined;
  });
  await new Promise<void>((resolve) => server.listen({ port: 0, host: '127.0.0.1' }, resolve));
  return {
    port: (server.address() as AddressInfo).port,
    cuts: () => cuts,
    cut: () => [...open].forEach((cut) => cut()),
    refuse: (now) => (refused = now),
    close: () =>
      new Promise((resolve) => {
        for (const cut of [...open]) cut();
        server.close(() => resolve());
      }),
  };
}

/** Forwards `bytes` bytes and not one more; then cuts, when those are on their way. */
function forward(from: Socket, to: Socket, bytes: number, cut: () => void): void {
  let left = bytes;
  from.on('data', (part) => {
    if (left <= 0) return;
    const last = part.length >= left;
    const room = to.write(part.subarray(0, left), last ? cut : undefined);
    left -= part.length;
    if (room) return;
    from.pause();
    to.once('drain', () => from.resume());
  });
}
