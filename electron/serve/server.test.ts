/** The server gives its page what it needs, with the right headers, and ends connections that break the rules. */
import { mkdtemp, readdir } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { defined } from '../../engine/base/assert.ts';
import { expectOk } from '../../engine/base/result.ts';
import { hostContract } from '../../engine/platform/host-contract.test-support.ts';
import { encodeGreeting } from '../../engine/protocol/greeting.ts';
import { closeCode, connectPage, dialSocket, pageHome, serveIn } from './page-client.test-support.ts';
import type { Serving } from './serve.ts';

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let folder: string;
let remove: () => Promise<void>;
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

/** A socket of a page that was greeted. */
async function greeted(): Promise<WebSocket> {
  const socket = defined(await dialSocket(server.port, cookie), 'open');
  socket.send(encodeGreeting({ session: null, received: 0, replaces: null }));
  await new Promise((resolve) => socket.once('message', resolve));
  return socket;
}

beforeAll(async () => {
  ({ folder, remove } = await pageHome());
  server = await serveIn(folder);
  const link = new URL(server.link());
  const welcome = await ask(link.pathname + link.search);
  cookie = (welcome.headers['set-cookie'] ?? [''])[0]?.split(';')[0] ?? '';
});

afterAll(async () => {
  await server.close();
  await remove();
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

describe('host over the socket', () => {
  it('saves, lists, reads again; keeps journal and settings', async () => {
    const { host, caller } = await connectPage(server);
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
    expect((await readdir(join(folder, 'home', 'projects'))).sort()).toEqual([
      'my net 2.spikeloom',
      'my net.spikeloom',
    ]);
    caller.dispose();
  });

  it('reaches no file outside the projects folder', async () => {
    const { host, caller } = await connectPage(server);
    for (const key of ['../secret.txt', '/etc/passwd', '..', '.hidden', 'a/b', 'a\\b', 'x\u0000.spikeloom', '']) {
      const read = await host.files.read({ key, name: 'x', folder: '' });
      const save = await host.files.save({ key, name: 'x', folder: '' }, Uint8Array.of(1), undefined);
      expect([read, save].map((result) => result.problems.map((found) => found.code))).toEqual([
        ['file/not-allowed'],
        ['file/not-allowed'],
      ]);
    }
    caller.dispose();
  });

  it('refuses arguments of the wrong form and goes on', async () => {
    const { host, caller } = await connectPage(server);
    expect((await host.journal.read('../../x')).ok).toBe(false);
    expect((await host.journal.append('main', ['two\nlines'])).ok).toBe(false);
    await expect(host.settings.set('__proto__', 1)).rejects.toThrow('wrong form');
    expect((await host.journal.read('other')).ok).toBe(true);
    caller.dispose();
  });
});

describe('browser host', () => {
  it.each(hostContract)('$name', async ({ check }) => {
    const fresh = await serveIn(folder, basename(await mkdtemp(join(folder, 'home-'))));
    try {
      const { host } = await connectPage(fresh);
      await expect(check(host)).resolves.toBeUndefined();
    } finally {
      await fresh.close();
    }
  });
});

describe('sockets', () => {
  it('a page that sends a frame larger than 1 MB is sent away, and others go on', async () => {
    const socket = await greeted();
    const closed = closeCode(socket);
    socket.send(new Uint8Array(9 << 20));
    expect(await closed).toBe(1009);
    const { host, caller } = await connectPage(server);
    expect((await host.journal.read('other')).ok).toBe(true);
    caller.dispose();
  });

  it.each([
    ['an unknown kind of frame', Uint8Array.of(9)],
    ['a message that is cut off', Uint8Array.of(1, 255, 255, 255, 255)],
    ['text', 'text'],
    ['an acknowledgement of what was never sent', Uint8Array.of(2, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f)],
    ['an acknowledgement without a number', Uint8Array.of(2, 1)],
    ['a second greeting', encodeGreeting({ session: null, received: 0, replaces: null })],
  ])('a page that sends %s is sent away', async (_name, nonsense) => {
    const socket = await greeted();
    const closed = closeCode(socket);
    socket.send(nonsense);
    expect(await closed).toBe(1008);
  });

  it.each([
    ['nothing understandable', Uint8Array.of(3, 123)],
    ['a greeting of another version', Uint8Array.of(3, ...Buffer.from('{"version":2,"session":null}'))],
    ['a message', Uint8Array.of(1, 0, 0, 0, 0)],
    ['a key of the wrong form', encodeGreeting({ session: '../x', received: 0, replaces: null })],
    ['a number of frames that is none', encodeGreeting({ session: null, received: -1, replaces: null })],
  ])('a page that greets with %s is sent away', async (_name, first) => {
    const socket = defined(await dialSocket(server.port, cookie), 'open');
    const closed = closeCode(socket);
    socket.send(first);
    expect(await closed).toBe(1008);
  });

  it('no more than 16 are open at a time', async () => {
    const open = [];
    for (let count = 0; count < 16; count += 1) open.push(defined(await dialSocket(server.port, cookie), 'open'));
    expect(await dialSocket(server.port, cookie)).toBeUndefined();
    const allClosed = open.map(closeCode);
    for (const socket of open) socket.close();
    await Promise.all(allClosed);
    const { caller } = await connectPage(server);
    caller.dispose();
  });
});
