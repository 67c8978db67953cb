/** A hostile page in the same browser as an open workbench: whatever it sends to the server is refused, in a real Chromium. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { serve } from '../../electron/serve/serve.ts';
import { expect, test as base } from '../fixtures.ts';

const switches = [
  '--host-resolver-rules=MAP evil.example 127.0.0.1,MAP rebound.example 127.0.0.1',
  // What newer browsers refuse by themselves is not to be counted as ours.
  '--disable-features=LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests,PrivateNetworkAccessSendPreflights',
];

/** Statuses that the server answered with, by mark: a browser does not tell what it keeps from a hostile page. */
type Answers = Map<string, Set<number>>;

/** The server within this process, so that each of its answers is seen. */
const test = base.extend<{ readonly answers: Answers }>({
  answers: async ({}, use) => use(new Map()),
  workbench: async ({ answers }, use) => {
    const home = await mkdtemp(join(tmpdir(), 'spikeloom-e2e-'));
    const folders = { state: join(home, 'state'), projects: join(home, 'projects') };
    const pageFolder = join(import.meta.dirname, '..', '..', 'dist', 'renderer');
    const server = await serve({ port: 0, pageFolder, folders });
    const note = (message: unknown): void => {
      const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
      const mark = new URL(request.url ?? '/', 'http://localhost').searchParams.get('vector');
      if (request.socket.localPort !== server.port || mark === null) return;
      answers.set(mark, (answers.get(mark) ?? new Set()).add(response.statusCode));
    };
    subscribe('http.server.response.finish', note);
    await use({ home, port: server.port, link: server.link(), kill: () => server.close() });
    unsubscribe('http.server.response.finish', note);
    await server.close();
    await rm(home, { recursive: true, force: true });
  },
});

test.use({
  launchOptions: async ({ launchOptions }, use) =>
    use({ ...launchOptions, args: [...(launchOptions.args ?? []), ...switches] }),
});

/** Ways for a page to make the browser send something; each is marked in the address it asks for. */
const vectors = [
  'fetch cors GET',
  'fetch cors POST',
  'fetch cors PUT',
  'fetch no-cors GET',
  'fetch no-cors POST',
  'fetch same-origin GET',
  'form POST',
  'form GET',
  'image',
  'script',
  'style',
  'iframe',
  'sandboxed iframe',
  'object',
  'video',
  'prefetch',
  'beacon',
  'events',
  'socket',
  'worker',
  'window',
  'redirect',
] as const;
type Vector = (typeof vectors)[number];

/** A server that answers everybody: that of the hostile page, and what a server without a gate would be. */
interface OpenServer {
  readonly port: number;
  /** Marks that arrived. */
  readonly reached: Set<string>;
  close(): void;
}

async function startOpenServer(): Promise<OpenServer> {
  const reached = new Set<string>();
  const note = (url = ''): URL => {
    const target = new URL(url, 'http://localhost');
    const mark = target.searchParams.get('vector');
    if (mark !== null && !target.searchParams.has('to')) reached.add(mark);
    return target;
  };
  const server: Server = createServer((request, response) => {
    const to = note(request.url).searchParams.get('to');
    response.setHeader('Access-Control-Allow-Origin', request.headers.origin ?? '*');
    response.setHeader('Access-Control-Allow-Credentials', 'true');
    response.setHeader('Access-Control-Allow-Methods', 'PUT');
    if (to !== null) response.writeHead(302, { Location: to }).end();
    else response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>page</title><body>');
  });
  server.on('upgrade', (request, stream) => {
    note(request.url);
    stream.end('HTTP/1.1 400 no\r\n\r\n');
  });
  await new Promise<void>((resolve) => server.listen({ port: 0, host: '127.0.0.1' }, resolve));
  return {
    port: (server.address() as AddressInfo).port,
    reached,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Runs in the hostile page. What it learned: `refused`, or what it got to see. */
async function attack([vector, base]: [Vector, string]): Promise<string> {
  const address = `${base}/?t=${'0'.repeat(64)}&vector=${encodeURIComponent(vector)}`;
  const fetched = async (mode: RequestMode, method: string): Promise<string> => {
    const body = method === 'GET' ? null : 'x=1';
    const response = await fetch(address, { mode, method, body, credentials: 'include' });
    return response.type === 'opaque' || response.status >= 400 ? 'refused' : `read ${response.status}`;
  };
  const added = <E extends HTMLElement>(tag: string, set: (element: E) => void): Promise<string> =>
    new Promise((resolve) => {
      const element = document.createElement(tag) as E;
      element.onload = () => resolve('loaded');
      element.onerror = () => resolve('refused');
      // Some elements say nothing at all.
      setTimeout(() => resolve('silent'), 1000);
      set(element);
      document.body.append(element);
    });
  const submitted = (method: string): string => {
    const frame = document.createElement('iframe');
    frame.name = `frame${method}`;
    const form = document.createElement('form');
    Object.assign(form, { method, action: address, target: frame.name });
    for (const [name, value] of new URL(address).searchParams) {
      const field = document.createElement('input');
      Object.assign(field, { type: 'hidden', name, value });
      form.append(field);
    }
    document.body.append(frame, form);
    form.submit();
    return 'sent';
  };
  const sandboxed = (): Promise<string> =>
    added<HTMLIFrameElement>('iframe', (frame) => {
      frame.sandbox.add('allow-scripts');
      frame.srcdoc = `<script>fetch(${JSON.stringify(address)}, { credentials: 'include' }).catch(() => 0)</script>`;
    });
  const socket = (): Promise<string> =>
    new Promise((resolve) => {
      const opened = new WebSocket(address.replace('http', 'ws').replace('/?', '/host?'));
      opened.onopen = () => resolve('opened');
      opened.onerror = () => resolve('refused');
    });
  const events = (): Promise<string> =>
    new Promise((resolve) => {
      const source = new EventSource(address, { withCredentials: true });
      source.onopen = () => resolve('opened');
      source.onerror = () => {
        source.close();
        resolve('refused');
      };
    });
  const worker = (): Promise<string> =>
    new Promise((resolve) => {
      const script = new Blob([`try { importScripts(${JSON.stringify(address)}) } finally { postMessage(0) }`]);
      const started = new Worker(URL.createObjectURL(script));
      started.onmessage = () => resolve('sent');
      started.onerror = () => resolve('refused');
    });
  const ways: Record<Vector, () => string | Promise<string>> = {
    'fetch cors GET': () => fetched('cors', 'GET'),
    'fetch cors POST': () => fetched('cors', 'POST'),
    'fetch cors PUT': () => fetched('cors', 'PUT'),
    'fetch no-cors GET': () => fetched('no-cors', 'GET'),
    'fetch no-cors POST': () => fetched('no-cors', 'POST'),
    'fetch same-origin GET': () => fetched('same-origin', 'GET'),
    'form POST': () => submitted('POST'),
    'form GET': () => submitted('GET'),
    image: () => added<HTMLImageElement>('img', (image) => (image.src = address)),
    script: () => added<HTMLScriptElement>('script', (script) => (script.src = address)),
    style: () => added<HTMLLinkElement>('link', (link) => Object.assign(link, { rel: 'stylesheet', href: address })),
    iframe: () => added<HTMLIFrameElement>('iframe', (frame) => (frame.src = address)),
    'sandboxed iframe': sandboxed,
    object: () => added<HTMLObjectElement>('object', (object) => (object.data = address)),
    video: () => added<HTMLVideoElement>('video', (video) => (video.src = address)),
    prefetch: () => added<HTMLLinkElement>('link', (link) => Object.assign(link, { rel: 'prefetch', href: address })),
    beacon: () => (navigator.sendBeacon(address, 'x') ? 'sent' : 'refused'),
    events,
    socket,
    worker,
    window: () => (window.open(address) === null ? 'refused' : 'sent'),
    redirect: () =>
      added<HTMLIFrameElement>(
        'iframe',
        (frame) => (frame.src = `/?vector=redirect&to=${encodeURIComponent(address)}`),
      ),
  };
  try {
    return await ways[vector]();
  } catch {
    return 'refused';
  }
}

/** A blank page of this origin. The page at the server's own port is what stood there before the name was bound anew. */
async function openHostile(context: BrowserContext, origin: string): Promise<Page> {
  const page = await context.newPage();
  await page.route(`${origin}/start`, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>hostile</title><body>' }),
  );
  await page.goto(`${origin}/start`);
  return page;
}

async function attackAll(page: Page, base: string): Promise<Record<string, string>> {
  const learned: Record<string, string> = {};
  for (const vector of vectors) learned[vector] = await page.evaluate(attack, [vector, base] as [Vector, string]);
  return learned;
}

test('a page from elsewhere reaches nothing, by any way a browser has, while the workbench works on', async ({
  bench,
  app,
  context,
  workbench,
  answers,
}) => {
  test.setTimeout(240_000);
  const open = await startOpenServer();
  const server = `http://127.0.0.1:${workbench.port}`;
  try {
    // Another site; the same site at another port, which gets the cookie along; and a name bound to this machine.
    const attackers = [
      [`http://evil.example:${open.port}`, server],
      [`http://127.0.0.1:${open.port}`, server],
      [`http://rebound.example:${workbench.port}`, `http://rebound.example:${workbench.port}`],
    ] as const;
    for (const [origin, base] of attackers) {
      answers.clear();
      const hostile = await openHostile(context, origin);
      const learned = await attackAll(hostile, base);
      const expected = ['refused', 'sent', 'silent', 'loaded'];
      expect(
        Object.entries(learned).filter(([, what]) => !expected.includes(what)),
        origin,
      ).toEqual([]);
      // A frame "loads" whatever it shows; what it was told is what counts.
      const shown = ['iframe', 'sandboxed iframe', 'redirect', 'object'];
      const loaded = Object.entries(learned).filter(([name, what]) => what === 'loaded' && !shown.includes(name));
      expect(loaded, origin).toEqual([]);
      // All came through to the server, but for the socket, of which the page itself tells, and what browsers do not send.
      const unseen = ['socket', ...(origin === base ? [] : ['fetch same-origin GET'])];
      const missing = (): readonly string[] => vectors.filter((name) => !unseen.includes(name) && !answers.has(name));
      await expect.poll(missing, { message: `${origin} tried` }).toEqual([]);
      expect(learned['socket'], origin).toBe('refused');
      const served = [...answers].filter(([, statuses]) => Math.min(...statuses) < 400);
      expect(served, origin).toEqual([]);
      for (const page of context.pages()) if (page !== app) await page.close();
    }

    // The page that was attacked beside works on.
    expect(await app.evaluate(async () => (await fetch('/', { credentials: 'include' })).status)).toBe(200);
    await bench.canvas.insert('AdEx', 120, 60);
    await expect(bench.canvas.block('AdEx')).toBeVisible();
    await expect(app.getByRole('contentinfo')).toContainText(/edits kept/);
    expect(await readdir(`${workbench.home}/projects`).catch(() => [])).toEqual([]);
  } finally {
    open.close();
  }
});

test('each of these ways reaches a server that has no gate', async ({ browser, context }) => {
  const [home, victim] = [await startOpenServer(), await startOpenServer()];
  try {
    expect(browser.isConnected()).toBe(true);
    const hostile = await openHostile(context, `http://evil.example:${home.port}`);
    await attackAll(hostile, `http://127.0.0.1:${victim.port}`);
    // What browsers do not even send to another origin.
    const sent = vectors.filter((vector) => vector !== 'fetch same-origin GET');
    await expect.poll(() => sent.filter((vector) => !victim.reached.has(vector))).toEqual([]);
  } finally {
    home.close();
    victim.close();
  }
});

test('a link guessed, typed or clicked on another site does not let anybody in', async ({
  app,
  context,
  workbench,
}) => {
  const open = await startOpenServer();
  try {
    const guess = `http://127.0.0.1:${workbench.port}/?t=${'0'.repeat(64)}`;
    const stranger = await context.browser()?.newContext();
    const page = await stranger?.newPage();
    expect((await page?.goto(guess))?.status()).toBe(401);
    expect(await stranger?.cookies()).toEqual([]);
    await stranger?.close();

    const hostile = await openHostile(context, `http://evil.example:${open.port}`);
    const answer = hostile.waitForResponse((response) => response.url() === guess);
    await hostile.evaluate((address) => void (location.href = address), guess);
    expect((await answer).status()).toBe(403);
    expect(await app.evaluate(async () => (await fetch('/')).status)).toBe(200);
  } finally {
    open.close();
  }
});
