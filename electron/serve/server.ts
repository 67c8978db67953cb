/** The browser mode: the page and its Host over 127.0.0.1, for this user only. */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { securityHeaders } from '../../engine/platform/content-security.ts';
import type { RandomSource } from '../../engine/platform/seams.ts';
import { hex } from '../platform/atomic-write.ts';
import type { PageFiles } from '../platform/page-files.ts';
import { judge } from './gate.ts';
import type { Guarded, Verdict } from './gate.ts';
import { usualLimits } from './limits.ts';
import type { ServeLimits } from './limits.ts';
import type { PageServices } from './page-session.ts';
import { createPageSessions } from './page-sessions.ts';
import type { RouteName } from './routes.ts';
import { createSession } from './session.ts';
import { watchStrangers } from './strangers.ts';
import type { Strangers } from './strangers.ts';

export interface ServeOptions {
  /** 0 = any free port. */
  readonly port: number;
  readonly page: PageFiles;
  readonly services: PageServices;
  readonly random: RandomSource;
  /** Hears each time the link was used and a new one holds. */
  readonly onLinkUsed?: () => void;
  readonly limits?: ServeLimits;
}

export interface RunningServer {
  readonly port: number;
  /** The link to open; works once. */
  link(): string;
  close(): Promise<void>;
}

/** Starts to listen; rejects when the port is taken. */
export async function startServer(options: ServeOptions): Promise<RunningServer> {
  const limits = options.limits ?? usualLimits;
  const server = createServer({
    headersTimeout: limits.firstWord,
    requestTimeout: 2 * limits.firstWord,
    // How often these two are looked after.
    connectionsCheckingInterval: limits.firstWord / 5,
    maxHeaderSize: 16 << 10,
  });
  const strangers = watchStrangers(server, limits.strangers, 2 * limits.firstWord);
  await listen(server, options.port);
  const { port } = server.address() as AddressInfo;
  const guarded = { port, session: createSession(options.random, port, options.onLinkUsed), page: options.page };
  server.on('request', (request, response) => void answer(request, response, guarded, options.random, strangers));
  const sockets = acceptSockets(server, guarded, options, limits, strangers);
  return {
    port,
    link: () => `http://127.0.0.1:${port}/?t=${guarded.session.token()}`,
    close: () =>
      new Promise((resolve) => {
        sockets.end();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host: '127.0.0.1' }, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  guarded: Guarded,
  random: RandomSource,
  strangers: Strangers,
): Promise<void> {
  const verdict = judge(request, false, guarded);
  const nonce = hex(random.bytes(16));
  const path = verdict.kind === 'pass' ? verdict.path : '/';
  for (const [name, value] of Object.entries(securityHeaders(path, nonce, `ws://${request.headers.host ?? ''}`))) {
    if (verdict.kind !== 'refuse' || name !== 'Content-Security-Policy') response.setHeader(name, value);
  }
  if (verdict.kind !== 'refuse') strangers.known(request.socket);
  if (verdict.kind !== 'pass') return endWith(response, verdict);
  return requestRoutes[verdict.route](guarded.page, verdict.path, nonce, request, response);
}

type Answer = (
  page: PageFiles,
  path: string,
  nonce: string,
  request: IncomingMessage,
  response: ServerResponse,
) => void | Promise<void>;

/** What serves each route; the link is answered by the gate. */
const requestRoutes: Readonly<Record<Exclude<RouteName, 'link'>, Answer>> = {
  page: sendFile,
  file: sendFile,
  // The table gives it only to upgrades.
  socket: (_page, _path, _nonce, _request, response) => refuseWith(response, 404, 'There is nothing here.'),
};

async function sendFile(...[page, path, nonce, request, response]: Parameters<Answer>): Promise<void> {
  const file = await page.find(path, nonce).catch(() => undefined);
  if (file === undefined) return refuseWith(response, 404, 'There is nothing here.');
  response.writeHead(200, { 'Content-Type': file.type, 'Content-Length': file.bytes.length });
  response.end(request.method === 'HEAD' ? undefined : file.bytes);
}

function endWith(response: ServerResponse, verdict: Exclude<Verdict, { kind: 'pass' }>): void {
  if (verdict.kind === 'refuse') return refuseWith(response, verdict.status, verdict.reason);
  if (verdict.cookie !== '') response.setHeader('Set-Cookie', verdict.cookie);
  response.writeHead(303, { Location: '/', 'Content-Length': 0 });
  response.end();
  return undefined;
}

/** Whoever is refused is not listened to any longer: what it still sends is not even read. */
function refuseWith(response: ServerResponse, status: number, reason: string): void {
  response.setHeader('Content-Security-Policy', "default-src 'none'");
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' });
  response.end(`${reason}\n`);
}

function acceptSockets(
  server: Server,
  guarded: Guarded,
  options: ServeOptions,
  limits: ServeLimits,
  strangers: Strangers,
): { end(): void } {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: limits.frameBytes,
    perMessageDeflate: false,
    autoPong: false,
  });
  const sessions = createPageSessions(options.services, options.random, limits);
  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => stream.destroy());
    const verdict = judge(request, true, guarded);
    if (verdict.kind !== 'pass') return refuseUpgrade(stream, verdict.kind === 'refuse' ? verdict.status : 400);
    if (sockets.clients.size >= limits.sockets) return refuseUpgrade(stream, 503);
    strangers.known(request.socket);
    return sockets.handleUpgrade(request, stream, head, (socket) => sessions.receive(socket));
  });
  return {
    end() {
      sessions.dispose();
      for (const socket of sockets.clients) socket.terminate();
    },
  };
}

function refuseUpgrade(stream: Duplex, status: number): void {
  stream.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => stream.destroy());
}
