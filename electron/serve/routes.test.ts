/** Every route is asked without credentials and with wrong ones; what is not in the table is not answered. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectOk } from '../../engine/base/result.ts';
import { findPageFiles } from '../platform/page-files.ts';
import type { PageFiles } from '../platform/page-files.ts';
import { connectPage, pageHome, serveIn, useLink } from './page-client.test-support.ts';
import { askRaw } from './raw-request.test-support.ts';
import type { RawAnswer } from './raw-request.test-support.ts';
import { routeOf, routes } from './routes.ts';
import type { Route, RouteName } from './routes.ts';
import type { Serving } from './serve.ts';

/** How each route is asked by whoever may; a route without a line here does not compile. */
const probes: Readonly<Record<RouteName, { readonly status: number; readonly headers: 'none' | 'cookie' }>> = {
  link: { status: 303, headers: 'none' },
  page: { status: 200, headers: 'cookie' },
  file: { status: 200, headers: 'cookie' },
  socket: { status: 101, headers: 'cookie' },
};

let home: Awaited<ReturnType<typeof pageHome>>;
let server: Serving;
let other: Serving;
let page: PageFiles;
let cookie: string;
let otherCookie: string;

beforeAll(async () => {
  home = await pageHome();
  server = await serveIn(home.folder);
  other = await serveIn(home.folder, 'other');
  page = await findPageFiles(join(home.folder, 'page'));
  cookie = await useLink(server);
  otherCookie = (await useLink(other)).replace(String(other.port), String(server.port));
});
afterAll(async () => {
  await server.close();
  await other.close();
  await home.remove();
});

const token = (of: Serving): string => new URL(of.link()).searchParams.get('t') ?? '';

function ask(route: Route, path: string, method: string, Cookie?: string, offered?: string): Promise<RawAnswer> {
  const own = `127.0.0.1:${server.port}`;
  const Origin = route.way === 'upgrade' ? `http://${own}` : undefined;
  const query = offered === undefined ? '' : `?t=${offered}`;
  return askRaw(server.port, {
    method,
    path: path + query,
    headers: { Host: own, Origin, Cookie },
    upgrade: route.way === 'upgrade',
  });
}

describe.each(routes)('route $name', (route: Route & { readonly name: RouteName }) => {
  const methods = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'DELETE'];

  it('answers whoever may ask', async () => {
    const { status, headers } = probes[route.name];
    for (const path of route.paths(page))
      for (const method of route.methods) {
        const answer = await ask(
          route,
          path,
          method,
          headers === 'cookie' ? cookie : undefined,
          route.who === 'link' ? token(server) : undefined,
        );
        expect(answer.status, `${method} ${path}`).toBe(status);
      }
  });

  it('refuses whoever has no secret, a wrong one, or that of another session', async () => {
    const secrets: readonly (readonly [string | undefined, string | undefined])[] = [
      [undefined, undefined],
      [undefined, '0'.repeat(64)],
      [undefined, token(other)],
      [cookie.replace(/=.*/, `=${'0'.repeat(64)}`), undefined],
      [cookie.slice(0, -1), undefined],
      [otherCookie, undefined],
      [otherCookie, token(other)],
    ];
    for (const path of route.paths(page))
      for (const method of methods)
        for (const [offeredCookie, offeredToken] of secrets) {
          const answer = await ask(route, path, method, offeredCookie, offeredToken);
          const asked = `${method} ${path} ${offeredCookie} ${offeredToken}`;
          expect([401, 403, 404, 405], asked).toContain(answer.status);
          expect(answer.text, asked).not.toMatch(/<script|set-cookie/i);
        }
  });

  it('refuses other methods even to its own page', async () => {
    for (const path of route.paths(page))
      for (const method of methods.filter((name) => !route.methods.includes(name) && !['GET', 'HEAD'].includes(name)))
        expect((await ask(route, path, method, cookie)).status, `${method} ${path}`).toBe(405);
  });
});

describe('table', () => {
  it('has every file of the page, and each route a name of its own', () => {
    expect(routes.find(({ name }) => name === 'file')?.paths(page)).toHaveLength(3);
    expect(new Set(routes.map(({ name }) => name)).size).toBe(routes.length);
    expect(Object.keys(probes).sort()).toEqual(routes.map(({ name }) => name).sort());
  });

  it('is all that is answered: any other path is refused, by request and by upgrade', async () => {
    const known = ['', 'host', 'index.html', 'workers', 'assets', 'state', '..', '%2e%2e', '.', '%00', 'secret.txt'];
    const part = fc.oneof(fc.constantFrom(...known), fc.stringMatching(/^[a-z0-9._~-]{0,8}$/));
    const path = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => `/${parts.join('/')}`);
    const own = `127.0.0.1:${server.port}`;
    await fc.assert(
      fc.asyncProperty(path, fc.boolean(), fc.constantFrom('GET', 'HEAD'), async (asked, upgrade, method) => {
        const headers = { Host: own, Origin: `http://${own}`, Cookie: cookie };
        const { status } = await askRaw(server.port, { method, path: asked, headers, upgrade });
        const readable = !asked.startsWith('//') && URL.canParse(asked, 'http://localhost');
        const way = upgrade ? 'upgrade' : 'request';
        const route = readable ? routeOf(new URL(asked, 'http://localhost'), method, way, page) : undefined;
        expect(status < 400, `${method} ${asked} ${way}: ${status}`).toBe(route !== undefined);
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it('is read at one place: the server listens once for requests and once for upgrades', async () => {
    const source = await readFile(join(import.meta.dirname, 'server.ts'), 'utf8');
    const heard = [...source.matchAll(/server\.on\('(\w+)'/g)].map(([, name]) => name);
    expect(heard.sort()).toEqual(['request', 'upgrade']);
    // A socket server with a path or a server of its own would answer upgrades past the gate.
    expect(source).toContain('noServer: true');
  });
});

describe('secrets', () => {
  it('are told to nobody: no file of the server holds them, and only its owner may read what it writes', async () => {
    const { host, caller } = await connectPage(server, { cookie });
    await host.settings.set('theme', 'dark');
    expectOk(await host.journal.claim('main', false));
    expectOk(await host.journal.append('main', ['{}']));
    const secret = cookie.split('=')[1] ?? '';
    const found = await readdir(join(home.folder, 'home'), { recursive: true, withFileTypes: true });
    expect(found.length).toBeGreaterThanOrEqual(3);
    for (const entry of found.filter((file) => file.isFile())) {
      const path = join(entry.parentPath, entry.name);
      const text = await readFile(path, 'latin1');
      expect(text.includes(secret) || text.includes(token(server)), path).toBe(false);
      if (process.platform !== 'win32') expect((await stat(path)).mode & 0o077, path).toBe(0);
    }
    caller.dispose();
  });
});
