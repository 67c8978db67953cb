/** The server answers its own page and nobody else: every combination of host, origin, site, secret, method and path. */
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { expectOk } from '../../engine/base/result.ts';
import { createRemoteHost } from '../../engine/client/remote-host.ts';
import type { Host } from '../../engine/platform/host.ts';
import { hostContract } from '../../engine/platform/host-contract.test-support.ts';
import { createCaller } from '../../engine/protocol/port.ts';
import { createSocketEnd } from '../../engine/protocol/socket-end.ts';
import { serve } from './serve.ts';
import type { Serving } from './serve.ts';

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let folder: string;
let server: Serving;
let cookie: string;

function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port: server.port, path, method, headers, setHost: !('Host' in headers) };
    const sent = httpRequest(options, (response) => {
      let body = '';
      response.on('data', (part: Buffer) => (body += part.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    sent.on('error', reject);
    sent.end();
  });
}

/** Status of an upgrade: 101 when the socket opened. */
function upgrade(path: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, { headers });
    socket.on('open', () => {
      socket.close();
      resolve(101);
    });
    socket.on('unexpected-response', (sent, response) => {
      sent.destroy();
      resolve(response.statusCode ?? 0);
    });
    socket.on('error', () => undefined);
  });
}

const origin = (): string => `http://127.0.0.1:${server.port}`;

/** A page's connection to a server. */
async function connect(to: Serving): Promise<{ host: Host; socket: WebSocket }> {
  const link = new URL(to.link());
  const welcome = await fetch(link, { redirect: 'manual' });
  const headers = { Cookie: String(welcome.headers.get('set-cookie')).split(';')[0] ?? '', Origin: link.origin };
  const socket = new WebSocket(`ws://127.0.0.1:${to.port}/host`, { headers });
  await new Promise((resolve, reject) => {
    socket.on('open', resolve);
    socket.on('error', reject);
  });
  const end = createSocketEnd({
    send: (frame) => socket.send(frame),
    onFrame: (handler) => socket.on('message', (data) => handler(data as Buffer)),
    onClosed: (handler) => socket.on('close', () => handler('closed')),
    close: () => socket.close(),
  });
  return { host: createRemoteHost('browser', createCaller(end)), socket };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spikeloom-'));
  await mkdir(join(folder, 'page', 'workers'), { recursive: true });
  await writeFile(join(folder, 'page', 'index.html'), '<script nonce="SPIKELOOM_CSP_NONCE"></script>');
  await writeFile(join(folder, 'page', 'workers', 'engine-worker-abcd1234.js'), '1');
  await writeFile(join(folder, 'page', 'workers', 'history-worker-abcd1234.js'), '1');
  await writeFile(join(folder, 'secret.txt'), 'secret');
  const folders = { state: join(folder, 'state'), projects: join(folder, 'projects') };
  server = await serve({ port: 0, pageFolder: join(folder, 'page'), folders });
  const link = new URL(server.link());
  const welcome = await ask(link.pathname + link.search);
  cookie = (welcome.headers['set-cookie'] ?? [''])[0]?.split(';')[0] ?? '';
});

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

describe('link', () => {
  it('sets a strict cookie, leads to a constant path, works once, and is followed by a new one', async () => {
    const link = new URL(server.link());
    const first = await ask(link.pathname + link.search);
    expect([first.status, first.headers.location]).toEqual([303, '/']);
    expect(first.headers['set-cookie']?.[0]).toMatch(
      /^spikeloom-\d+=[0-9a-f]{64}; HttpOnly; SameSite=Strict; Path=\/$/,
    );
    expect((await ask(link.pathname + link.search)).status).toBe(401);
    expect(server.link()).not.toBe(link.href);
  });

  it('refuses a wrong token without telling the right one', async () => {
    const answer = await ask(`/?t=${'0'.repeat(64)}`);
    expect(answer.status).toBe(401);
    expect(JSON.stringify(answer)).not.toContain(new URL(server.link()).searchParams.get('t'));
  });
});

describe('page', () => {
  it('has isolation, content security with its own nonce, and no caching', async () => {
    const [one, two] = await Promise.all([ask('/', { Cookie: cookie }), ask('/', { Cookie: cookie })]);
    const nonceOf = (answer: Answer): string =>
      /'nonce-([0-9a-f]+)'/.exec(String(answer.headers['content-security-policy']))?.[1] ?? '';
    expect(one.status).toBe(200);
    expect(one.body).toBe(`<script nonce="${nonceOf(one)}"></script>`);
    expect(nonceOf(one)).toHaveLength(32);
    expect(nonceOf(one)).not.toBe(nonceOf(two));
    expect(one.headers).toMatchObject({
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
    expect(String(one.headers['content-security-policy'])).not.toContain('wasm-unsafe-eval');
    expect(one.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('lets only the engine worker compile WebAssembly', async () => {
    const policy = async (path: string): Promise<string> =>
      String((await ask(path, { Cookie: cookie })).headers['content-security-policy']);
    expect(await policy('/workers/engine-worker-abcd1234.js')).toContain("'wasm-unsafe-eval'");
    expect(await policy('/workers/history-worker-abcd1234.js')).not.toContain('wasm');
    expect(await policy('/')).not.toContain("'unsafe-");
  });

  it.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/workers/../../secret.txt',
    '/index.html%00',
    '//etc/passwd',
    '/workers',
    '/state/settings.json',
  ])('gives nothing for %s', async (path) => {
    const answer = await ask(path, { Cookie: cookie });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.body).not.toContain('secret\n');
    expect(answer.body.length).toBeLessThan(100);
  });
});

describe('gate', () => {
  const hosts = () => [
    `127.0.0.1:${server.port}`,
    `localhost:${server.port}`,
    'evil.example',
    `evil.example:${server.port}`,
    '127.0.0.1',
    `127.0.0.1.evil.example:${server.port}`,
  ];
  const origins = () => [
    undefined,
    origin(),
    'http://evil.example',
    'null',
    `https://127.0.0.1:${server.port}`,
    'http://127.0.0.1:1',
    `${origin()}.evil.example`,
  ];
  const sites = [undefined, 'none', 'same-origin', 'same-site', 'cross-site'];
  const cookies = () => [undefined, cookie, `${cookie}0`, cookie.replace(/=.*/, '=')];

  /** All combinations; a header that is undefined is not sent. */
  function combinations(): Record<string, string | undefined>[] {
    return hosts().flatMap((Host) =>
      origins().flatMap((Origin) =>
        sites.flatMap((site) => cookies().map((Cookie) => ({ Host, Origin, 'Sec-Fetch-Site': site, Cookie }))),
      ),
    );
  }

  function isOwn(headers: Record<string, string | undefined>): boolean {
    const { Host, Origin, Cookie, 'Sec-Fetch-Site': site } = headers;
    return (
      [`127.0.0.1:${server.port}`, `localhost:${server.port}`].includes(String(Host)) &&
      [undefined, `http://${Host}`].includes(Origin) &&
      [undefined, 'none', 'same-origin'].includes(site) &&
      Cookie === cookie
    );
  }

  it('lets exactly the requests of its own page through, over the whole product', async () => {
    const wrong: string[] = [];
    for (const combination of combinations()) {
      const sent = Object.entries(combination).filter((entry): entry is [string, string] => entry[1] !== undefined);
      const { status } = await ask('/', Object.fromEntries(sent));
      if ((status === 200) !== isOwn(combination)) wrong.push(`${status} ${JSON.stringify(combination)}`);
    }
    expect(combinations().filter(isOwn)).toHaveLength(9);
    expect(wrong).toEqual([]);
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE'])('refuses %s', async (method) => {
    expect((await ask('/', { Cookie: cookie, Origin: origin() }, method)).status).toBe(405);
  });

  it('opens a socket only for its own page with its cookie', async () => {
    expect(await upgrade('/host', { Cookie: cookie, Origin: origin() })).toBe(101);
    expect(await upgrade('/host', { Cookie: cookie })).toBe(403);
    expect(await upgrade('/host', { Cookie: cookie, Origin: 'http://evil.example' })).toBe(403);
    expect(await upgrade('/host', { Cookie: cookie, Origin: origin(), Host: 'evil.example' })).toBe(403);
    expect(await upgrade('/host', { Origin: origin() })).toBe(401);
    expect(await upgrade(`/host?t=${new URL(server.link()).searchParams.get('t')}`, { Origin: origin() })).toBe(401);
    expect(await upgrade('/', { Cookie: cookie, Origin: origin() })).toBe(404);
  });
});

describe('host over the socket', () => {
  it('saves, lists, reads again; keeps journal and settings', async () => {
    const { host, socket } = await connect(server);
    const bytes = Uint8Array.from({ length: 3_000_000 }, (_, index) => index % 256);
    const sort = { title: 'Spikeloom project', extensions: ['spikeloom'] };
    const saved = expectOk(await host.files.saveAs('my net', sort, bytes));
    const second = expectOk(await host.files.saveAs('my net', sort, Uint8Array.of(1)));
    expect([saved?.file.name, second?.file.name]).toEqual(['my net.spikeloom', 'my net 2.spikeloom']);
    if (saved === undefined) throw new Error('not saved');
    const opened = expectOk(await host.files.read(saved.file));
    expect(opened.bytes.length).toBe(bytes.length);
    expect(Buffer.compare(opened.bytes, bytes)).toBe(0);
    expect((await host.files.recent()).map((file) => file.name)).toEqual(['my net.spikeloom', 'my net 2.spikeloom']);
    expectOk(await host.journal.claim('main', false));
    expectOk(await host.journal.append('main', ['{"edit":1}']));
    expect(expectOk(await host.journal.read('main'))).toEqual(['{"edit":1}']);
    await host.settings.set('theme', { dark: true });
    expect(await host.settings.get('theme')).toEqual({ dark: true });
    expect((await readdir(join(folder, 'projects'))).sort()).toEqual(['my net 2.spikeloom', 'my net.spikeloom']);
    socket.close();
  });

  it('reaches no file outside the projects folder', async () => {
    const { host, socket } = await connect(server);
    for (const key of ['../secret.txt', '/etc/passwd', '..', '.hidden', 'a/b', 'a\\b', 'x\u0000.spikeloom', '']) {
      const read = await host.files.read({ key, name: 'x', folder: '' });
      const save = await host.files.save({ key, name: 'x', folder: '' }, Uint8Array.of(1), undefined);
      expect([read, save].map((result) => result.problems.map((found) => found.code))).toEqual([
        ['file/not-allowed'],
        ['file/not-allowed'],
      ]);
    }
    socket.close();
  });

  it('refuses arguments of the wrong form and goes on', async () => {
    const { host, socket } = await connect(server);
    expect((await host.journal.read('../../x')).ok).toBe(false);
    expect((await host.journal.append('main', ['two\nlines'])).ok).toBe(false);
    await expect(host.settings.set('__proto__', 1)).rejects.toThrow('wrong form');
    expect((await host.journal.read('other')).ok).toBe(true);
    socket.close();
  });
});

describe('browser host', () => {
  it.each(hostContract)('$name', async ({ check }) => {
    const home = await mkdtemp(join(folder, 'home-'));
    const fresh = await serve({
      port: 0,
      pageFolder: join(folder, 'page'),
      folders: { state: join(home, 'state'), projects: join(home, 'projects') },
    });
    try {
      const { host } = await connect(fresh);
      await expect(check(host)).resolves.toBeUndefined();
    } finally {
      await fresh.close();
    }
  });
});

describe('abuse', () => {
  it('ends a connection that sends a frame larger than 8 MB, and goes on for others', async () => {
    const { socket } = await connect(server);
    const closed = new Promise<number>((resolve) => socket.on('close', resolve));
    socket.send(new Uint8Array(9 << 20));
    expect(await closed).toBe(1009);
    const { host, socket: other } = await connect(server);
    expect((await host.journal.read('other')).ok).toBe(true);
    other.close();
  });

  it('ends a connection that talks nonsense', async () => {
    for (const nonsense of [Uint8Array.of(9), Uint8Array.of(1, 255, 255, 255, 255), 'text']) {
      const { socket } = await connect(server);
      const closed = new Promise((resolve) => socket.on('close', resolve));
      socket.send(nonsense);
      await closed;
    }
  });

  it('accepts no more than 16 connections at a time', async () => {
    const open = [];
    for (let count = 0; count < 16; count += 1) open.push(await connect(server));
    expect(await upgrade('/host', { Cookie: cookie, Origin: origin() })).toBe(503);
    const allClosed = open.map(({ socket }) => new Promise((resolve) => socket.on('close', resolve)));
    for (const { socket } of open) socket.close();
    await Promise.all(allClosed);
    expect(await upgrade('/host', { Cookie: cookie, Origin: origin() })).toBe(101);
  });
});
