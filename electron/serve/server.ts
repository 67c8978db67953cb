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
import type { Verdict } from './gate.ts';
import { answerPage, socketPath } from './page-socket.ts';
import type { PageServices } from './page-socket.ts';
import { createSession } from './session.ts';
import type { Session } from './session.ts';

const mostConnections = 16;
const largestFrame = 8 << 20;

export interface ServeOptions {
  /** 0 = any free port. */
  readonly port: number;
  readonly page: PageFiles;
  readonly services: PageServices;
  readonly random: RandomSource;
  /** Hears each time the link was used and a new one holds. */
  readonly onLinkUsed?: () => void;
}

export interface RunningServer {
  readonly port: number;
  /** The link to open; works once. */
  link(): string;
  close(): Promise<void>;
}

/** Starts to listen; rejects when the port is taken. */
export async function startServer(options: ServeOptions): Promise<RunningServer> {
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 5_000, maxHeaderSize: 16 << 10 });
  server.maxConnections = 256;
  await listen(server, options.port);
  const { port } = server.address() as AddressInfo;
  const session = createSession(options.random, port, options.onLinkUsed);
  server.on('request', (request, response) => void answer(request, response, port, session, options));
  const sockets = acceptSockets(server, port, session, options.services);
  return {
    port,
    link: () => `http://127.0.0.1:${port}/?t=${session.token()}`,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets.clients) socket.terminate();
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
  port: number,
  session: Session,
  options: ServeOptions,
): Promise<void> {
  const verdict = judge(request, port, session, false);
  const nonce = hex(options.random.bytes(16));
  const path = verdict.kind === 'pass' ? verdict.path : '/';
  for (const [name, value] of Object.entries(securityHeaders(path, nonce, `ws://${request.headers.host ?? ''}`))) {
    if (verdict.kind !== 'refuse' || name !== 'Content-Security-Policy') response.setHeader(name, value);
  }
  if (verdict.kind !== 'pass') return endWith(response, verdict);
  const file = await options.page.find(verdict.path, nonce).catch(() => undefined);
  if (file === undefined) return endWith(response, { kind: 'refuse', status: 404, reason: 'There is nothing here.' });
  response.writeHead(200, { 'Content-Type': file.type, 'Content-Length': file.bytes.length });
  response.end(request.method === 'HEAD' ? undefined : file.bytes);
}

function endWith(response: ServerResponse, verdict: Exclude<Verdict, { kind: 'pass' }>): void {
  if (verdict.kind === 'welcome') {
    if (verdict.cookie !== '') response.setHeader('Set-Cookie', verdict.cookie);
    response.writeHead(303, { Location: '/', 'Content-Length': 0 });
    response.end();
    return;
  }
  response.setHeader('Content-Security-Policy', "default-src 'none'");
  response.writeHead(verdict.status, { 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(`${verdict.reason}\n`);
}

function acceptSockets(server: Server, port: number, session: Session, services: PageServices): WebSocketServer {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: largestFrame, perMessageDeflate: false });
  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => stream.destroy());
    const verdict = judge(request, port, session, true);
    if (verdict.kind !== 'pass') return refuseUpgrade(stream, verdict.kind === 'refuse' ? verdict.status : 400);
    if (verdict.path !== socketPath) return refuseUpgrade(stream, 404);
    if (sockets.clients.size >= mostConnections) return refuseUpgrade(stream, 503);
    return sockets.handleUpgrade(request, stream, head, (socket) => answerPage(socket, services));
  });
  return sockets;
}

function refuseUpgrade(stream: Duplex, status: number): void {
  stream.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
