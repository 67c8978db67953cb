/** Abuse: slow, silent, flooding and lying clients are slowed or sent away; meanwhile an honest page is served, in bounded memory. */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defined } from '../../engine/base/assert.ts';
import { expectOk } from '../../engine/base/result.ts';
import { encodeGreeting } from '../../engine/protocol/greeting.ts';
import { encodeMessage, framesOf } from '../../engine/protocol/wire.ts';
import type { ServerWords } from './abused-server.test-support.ts';
import { usualLimits } from './limits.ts';
import { closeCode, connectPage, dialSocket, pageHome, useLink } from './page-client.test-support.ts';
import type { ClientPage } from './page-client.test-support.ts';
import { askRaw } from './raw-request.test-support.ts';
import { frameOf, opcodes, openRawSocket } from './raw-socket.test-support.ts';

const sort = { title: 'Spikeloom project', extensions: ['spikeloom'] };
const mostGrowth = 100e6;
let home: Awaited<ReturnType<typeof pageHome>>;
let child: ChildProcess;
let server: { readonly port: number; link(): string };
let cookie: string;
let page: ClientPage;
let before: number;
let outDir: string;
const p95s: string[] = [];

function say(asked: string | undefined): Promise<ServerWords> {
  const answer = new Promise<ServerWords>((resolve) => child.once('message', (words) => resolve(words as ServerWords)));
  if (asked !== undefined) child.send(asked);
  return answer;
}

async function mostBytes(): Promise<number> {
  const words = await say('memory');
  return 'mostBytes' in words ? words.mostBytes : Number.NaN;
}

beforeAll(async () => {
  home = await pageHome();
  // Where packages are found.
  outDir = join(import.meta.dirname, '..', '..', '.cache', 'tests', `abused-server-${process.pid}`);
  await build({
    configFile: false,
    publicDir: false,
    logLevel: 'silent',
    build: {
      ssr: join(import.meta.dirname, 'abused-server.test-support.ts'),
      outDir,
      emptyOutDir: true,
      target: 'node20',
      rollupOptions: { output: { entryFileNames: 'server.mjs' } },
    },
    ssr: { external: true },
  });
  child = fork(join(outDir, 'server.mjs'), [home.folder], { execArgv: [] });
  const words = await say(undefined);
  if (!('port' in words)) throw new Error('the server did not start');
  server = { port: words.port, link: () => words.link };
  cookie = await useLink(server);
  page = await connectPage(server, { cookie });
  expectOk(await page.host.journal.claim('main', false));
  await honestWork(20);
  before = await mostBytes();
}, 120_000);

afterAll(async () => {
  page.caller.dispose();
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill();
  await gone;
  await home.remove();
  await rm(outDir, { recursive: true });
});

/** Saves, reads and keeps edits; every one must be answered. Returns the 95th percentile of the times in milliseconds. */
async function honestWork(rounds: number): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    const content = new Uint8Array(20_000).fill(round);
    const saved = defined(expectOk(await page.host.files.saveAs('honest', sort, content)), 'saved');
    expectOk(await page.host.journal.append('main', [`round ${round}`]));
    expect(expectOk(await page.host.files.read(saved.file)).bytes).toEqual(content);
    times.push((performance.now() - start) / 3);
  }
  times.sort((left, right) => left - right);
  return times[Math.floor(times.length * 0.95)] ?? Number.NaN;
}

function rawConnection(first = ''): { connection: Socket; answer: Promise<string> } {
  const connection = connect({ port: server.port, host: '127.0.0.1' }, () => connection.write(first));
  let text = '';
  connection.on('data', (part: Buffer) => (text += part.toString('latin1')));
  connection.on('error', () => undefined);
  return { connection, answer: new Promise((resolve) => connection.once('close', () => resolve(text))) };
}

/** Writes again and again until the connection is closed. */
function drip(connection: Socket, text: string): void {
  const timer = setInterval(() => connection.write(text), 50);
  connection.once('close', () => clearInterval(timer));
}

const host = (): string => `Host: 127.0.0.1:${server.port}\r\n`;
const greeting = encodeGreeting({ session: null, received: 0, replaces: null });

/** A request as it crosses the socket. */
function requestFrame(id: number, name: string, argument: unknown): Uint8Array<ArrayBuffer> {
  const [frame] = framesOf(encodeMessage({ port: 'request', id, name, argument }));
  return defined(frame, 'a frame');
}

interface Abuse {
  readonly name: string;
  /** Starts, and resolves when the server has dealt with it; checks how. */
  attack(): Promise<void>;
}

const abuses: readonly Abuse[] = [
  {
    name: 'headers that never end (slowloris), 100 connections',
    async attack() {
      const slow = Array.from({ length: 100 }, () => rawConnection(`GET / HTTP/1.1\r\n${host()}`));
      for (const { connection } of slow) drip(connection, 'X-A: b\r\n');
      for (const answer of await Promise.all(slow.map((one) => one.answer)))
        expect(answer).toMatch(/^$|^HTTP\/1.1 408/);
    },
  },
  {
    name: 'bodies that drip, 50 connections',
    async attack() {
      const head = `POST / HTTP/1.1\r\n${host()}Cookie: ${cookie}\r\nContent-Length: 1000000000\r\n\r\n`;
      const slow = Array.from({ length: 50 }, () => rawConnection(head));
      for (const { connection } of slow) drip(connection, 'x');
      for (const answer of await Promise.all(slow.map((one) => one.answer))) expect(answer).toMatch(/^HTTP\/1.1 413/);
    },
  },
  {
    name: '2,000 connections that say nothing',
    async attack() {
      const silent: ReturnType<typeof rawConnection>[] = [];
      const headers = { Host: `127.0.0.1:${server.port}`, Cookie: cookie };
      // The system holds some hundreds until they are accepted, and makes more of them wait for seconds.
      for (let wave = 0; wave < 8; wave += 1) {
        silent.push(...Array.from({ length: 250 }, () => rawConnection()));
        // A new connection of a known browser gets through all the same.
        const asked = await askRaw(server.port, { method: 'GET', path: '/', headers, upgrade: false });
        expect(asked.status).toBe(200);
      }
      for (const answer of await Promise.all(silent.map((one) => one.answer)))
        expect(answer).toMatch(/^$|^HTTP\/1.1 408/);
    },
  },
  {
    name: 'a frame of 1 GB announced',
    async attack() {
      const raw = await openRawSocket(server.port, cookie);
      raw.frame(opcodes.binary, new Uint8Array(1000), { announced: 2 ** 30 });
      expect(await raw.closed).toBe(1009);
    },
  },
  {
    name: 'text that is no UTF-8, and text at all',
    async attack() {
      const raw = await openRawSocket(server.port, cookie);
      raw.frame(opcodes.text, Uint8Array.of(0xff, 0xfe, 0xfd));
      expect(await raw.closed).toBe(1007);
      const plain = await openRawSocket(server.port, cookie);
      plain.frame(opcodes.text, Buffer.from('hello'));
      expect(await plain.closed).toBe(1008);
    },
  },
  {
    name: 'pages that are gone without a word (half-open)',
    async attack() {
      const raws = await Promise.all(Array.from({ length: 8 }, () => openRawSocket(server.port, cookie)));
      // Greeted, and then not even a ping is answered.
      for (const raw of raws) raw.frame(opcodes.binary, greeting);
      expect(new Set(await Promise.all(raws.map((raw) => raw.closed)))).toEqual(new Set([0]));
    },
  },
  {
    name: '200,000 pings whose answers are not read',
    async attack() {
      const raw = await openRawSocket(server.port, cookie);
      raw.frame(opcodes.binary, greeting);
      raw.connection.pause();
      const pings = Buffer.concat(Array.from({ length: 2000 }, () => frameOf(opcodes.ping, new Uint8Array(125))));
      for (let count = 0; count < 100; count += 1) raw.connection.write(pings);
      await honestWork(10);
      raw.connection.destroy();
    },
  },
  {
    name: '20,000 valid requests without waiting for answers',
    async attack() {
      const flooding = defined(await dialSocket(server.port, cookie), 'open');
      const code = closeCode(flooding);
      flooding.send(greeting);
      for (let id = 0; id < 20_000; id += 1) flooding.send(requestFrame(id, 'files.recent', {}));
      expect(await code).toBe(1008);
    },
  },
  {
    name: '1,500 requests at once by a page that keeps to the rules',
    async attack() {
      const busy = await connectPage(server, { cookie });
      const answers = await Promise.all(Array.from({ length: 1500 }, () => busy.host.files.recent()));
      expect(answers.every((recent) => recent.length > 0)).toBe(true);
      busy.caller.dispose();
    },
  },
  {
    name: 'sockets without a first message',
    async attack() {
      const silent = await Promise.all(Array.from({ length: 8 }, () => dialSocket(server.port, cookie)));
      const codes = await Promise.all(silent.map((socket) => closeCode(defined(socket, 'open'))));
      expect(new Set(codes)).toEqual(new Set([4408]));
    },
  },
  {
    name: 'headers of 10 MB',
    async attack() {
      const { answer } = rawConnection(`GET / HTTP/1.1\r\n${host()}X-A: ${'b'.repeat(10 << 20)}\r\n\r\n`);
      expect(await answer).toMatch(/^$|^HTTP\/1.1 431/);
    },
  },
  {
    name: 'a message in fragments without end',
    async attack() {
      const raw = await openRawSocket(server.port, cookie);
      raw.frame(opcodes.binary, new Uint8Array(20_000), { final: false });
      drip(raw.connection, frameOf(opcodes.continuation, new Uint8Array(100_000), { final: false }).toString('latin1'));
      const endless = frameOf(opcodes.continuation, new Uint8Array(100_000), { final: false });
      for (let count = 0; count < 50; count += 1) raw.connection.write(endless);
      expect(await raw.closed).toBe(1009);
    },
  },
  {
    name: 'more sockets than there may be',
    async attack() {
      const tried = await Promise.all(Array.from({ length: 100 }, () => dialSocket(server.port, cookie)));
      const open = tried.filter((socket) => socket !== undefined);
      expect(open.length).toBe(usualLimits.sockets - 1);
      expect(new Set(await Promise.all(open.map(closeCode)))).toEqual(new Set([4408]));
    },
  },
  {
    name: 'a page that asks for 2 MB 700 times and reads nothing',
    async attack() {
      const saved = expectOk(await page.host.files.saveAs('large', sort, new Uint8Array(2 << 20)));
      const raw = await openRawSocket(server.port, cookie);
      raw.frame(opcodes.binary, greeting);
      raw.connection.pause();
      for (let id = 0; id < 700; id += 1)
        raw.frame(opcodes.binary, requestFrame(id, 'files.read', { file: saved?.file }));
      await honestWork(10);
      raw.connection.destroy();
    },
  },
];

describe('an honest page is served, and memory bounded, during', () => {
  it.each(abuses)('$name', async ({ name, attack }) => {
    let over = false;
    const attacking = attack().finally(() => (over = true));
    // A failure is told when the honest work is done.
    attacking.catch(() => undefined);
    let answered = 0;
    do {
      const p95 = await honestWork(5);
      answered += 15;
      p95s.push(`${p95.toFixed(1)} ms ${name}`);
    } while (!over);
    await attacking;
    expect(answered).toBeGreaterThanOrEqual(15);
    expect((await mostBytes()) - before).toBeLessThan(mostGrowth);
  });

  it('(figures)', async ({ annotate }) => {
    const grown = ((await mostBytes()) - before) / 1e6;
    await annotate(`memory grew by ${grown.toFixed(0)} MB at most; 95th percentiles: ${p95s.join('; ')}`);
    expect(p95s.length).toBeGreaterThanOrEqual(abuses.length);
  });
});
