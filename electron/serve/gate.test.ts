/** The gate over the whole product of host, origin, site, token, cookie, method, path and way: only the intended few pass. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { budgetOf } from '../../engine/base/budget.test-support.ts';
import { createUniformSource, streamKey } from '../../engine/base/random.ts';
import { checkNames, judge } from './gate.ts';
import type { CheckName, Guarded, Verdict } from './gate.ts';
import { pageHome, serveIn, useLink } from './page-client.test-support.ts';
import { askRaw } from './raw-request.test-support.ts';
import type { Serving } from './serve.ts';
import { createSession } from './session.ts';

/** One request. What a header should say is named here, and spelled out for the port and secrets of a server. */
interface Case {
  readonly host: keyof typeof hosts;
  readonly origin: keyof typeof origins;
  readonly site: (typeof sites)[number];
  readonly token: (typeof tokens)[number];
  readonly cookie: (typeof cookies)[number];
  readonly method: (typeof methods)[number];
  readonly path: (typeof paths)[number];
  readonly upgrade: boolean;
}

const hosts = {
  number: (port: number) => `127.0.0.1:${port}`,
  name: (port: number) => `localhost:${port}`,
  rebound: (port: number) => `evil.example:${port}`,
  suffix: (port: number) => `127.0.0.1.evil.example:${port}`,
  portless: () => '127.0.0.1',
  missing: () => undefined,
};
const origins = {
  none: () => undefined,
  own: (_port: number, host: string | undefined) => `http://${host}`,
  evil: () => 'http://evil.example',
  opaque: () => 'null',
  secure: (port: number) => `https://127.0.0.1:${port}`,
  otherPort: () => 'http://127.0.0.1:1',
  suffix: (port: number) => `http://127.0.0.1:${port}.evil.example`,
};
const sites = [undefined, 'none', 'same-origin', 'same-site', 'cross-site'] as const;
const tokens = [undefined, 'right', 'wrong', 'used'] as const;
const cookies = [undefined, 'own', 'longer', 'empty', 'otherPort', 'otherSession'] as const;
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE'] as const;
const paths = [
  '/',
  '/index.html',
  '/workers/engine-worker-abcd1234.js',
  '/host',
  '/nowhere',
  '/..%2fsecret.txt',
] as const;
const choices = {
  host: Object.keys(hosts) as (keyof typeof hosts)[],
  origin: Object.keys(origins) as (keyof typeof origins)[],
  site: sites,
  token: tokens,
  cookie: cookies,
  method: methods,
  path: paths,
  upgrade: [false, true],
} as const;

type Outcome = 'served' | 'opened' | 'welcomed' | 'refused';

/** What should become of a request, said without looking at the gate. */
function intended(found: Case): Outcome {
  if (!fromOwnPage(found)) return 'refused';
  const { upgrade, method, path, token, cookie } = found;
  const asked = `${upgrade ? 'upgrade ' : ''}${method} ${path}`;
  const welcomes = token !== undefined && asked === 'GET /';
  if (welcomes) return token === 'right' || cookie === 'own' ? 'welcomed' : 'refused';
  return cookie === 'own' ? (forPages.get(asked) ?? 'refused') : 'refused';
}

function fromOwnPage({ host, origin, site, upgrade }: Case): boolean {
  const ownHosts: readonly Case['host'][] = ['number', 'name'];
  const ownOrigins: readonly Case['origin'][] = upgrade ? ['own'] : ['own', 'none'];
  const ownSites: readonly Case['site'][] = [undefined, 'none', 'same-origin'];
  return ownHosts.includes(host) && ownOrigins.includes(origin) && ownSites.includes(site);
}

/** What a browser with the cookie may ask for. */
const forPages: ReadonlyMap<string, Outcome> = new Map([
  ['GET /', 'served'],
  ['HEAD /', 'served'],
  ['GET /index.html', 'served'],
  ['HEAD /index.html', 'served'],
  ['GET /workers/engine-worker-abcd1234.js', 'served'],
  ['HEAD /workers/engine-worker-abcd1234.js', 'served'],
  ['upgrade GET /host', 'opened'],
]);

/** Secrets of the server that is asked. */
interface Secrets {
  readonly port: number;
  readonly token: string;
  readonly used: string;
  /** `name=value` of the browser that was let in. */
  readonly cookie: string;
}

function headersOf(found: Case, { port, cookie }: Secrets): Record<string, string | undefined> {
  const host = hosts[found.host](port);
  const [name = '', value = ''] = cookie.split('=');
  const spelled = {
    own: cookie,
    longer: `${cookie}0`,
    empty: `${name}=`,
    otherPort: `spikeloom-1=${value}`,
    otherSession: `${name}=${'0'.repeat(64)}`,
  };
  return {
    host,
    origin: origins[found.origin](port, host),
    'sec-fetch-site': found.site,
    cookie: found.cookie === undefined ? undefined : spelled[found.cookie],
  };
}

function urlOf({ path, token }: Case, secrets: Secrets): string {
  const spelled = { right: secrets.token, wrong: 'f'.repeat(64), used: secrets.used };
  return token === undefined ? path : `${path}?t=${spelled[token]}`;
}

const dimensions = Object.keys(choices) as (keyof Case)[];

/** Every case there is. */
function* product(from: Partial<Case> = {}, at = 0): Generator<Case> {
  const dimension = dimensions[at];
  if (dimension === undefined) return yield from as Case;
  for (const choice of choices[dimension]) yield* product({ ...from, [dimension]: choice }, at + 1);
}

function outcomeOf(verdict: Verdict): Outcome {
  if (verdict.kind === 'pass') return verdict.route === 'socket' ? 'opened' : 'served';
  return verdict.kind === 'welcome' ? 'welcomed' : 'refused';
}

const page = {
  paths: ['/index.html', '/workers/engine-worker-abcd1234.js'],
  find: async () => undefined,
};

/** A gate whose link does not wear out, so that every case meets the same one. */
function standing(): { readonly guarded: Guarded; readonly secrets: Secrets } {
  let drawn = 0;
  const random = { bytes: (count: number) => new Uint8Array(count).fill((drawn += 1)) };
  const fresh = () => createSession({ bytes: (count) => new Uint8Array(count).fill(7) }, 4711);
  const session = createSession(random, 4711);
  const used = session.token();
  const cookie = session.exchange(used)?.split(';')[0] ?? '';
  const token = session.token();
  const lasting = {
    ...session,
    exchange: (offered: string) => (offered === token ? (fresh().exchange(fresh().token()) ?? '') : undefined),
  };
  return { guarded: { port: 4711, session: lasting, page }, secrets: { port: 4711, token, used, cookie } };
}

/** Cases that the gate decides otherwise than intended, up to `most`; and how often it let through what. */
function violations(
  without: CheckName | undefined,
  most: number,
): { wrong: string[]; passed: Record<string, number>; asked: number } {
  const { guarded, secrets } = standing();
  const wrong: string[] = [];
  const passed: Record<string, number> = {};
  let asked = 0;
  for (const found of product()) {
    const request = { method: found.method, url: urlOf(found, secrets), headers: headersOf(found, secrets) };
    const outcome = outcomeOf(judge(request, found.upgrade, guarded, without));
    asked += 1;
    if (outcome !== 'refused') passed[outcome] = (passed[outcome] ?? 0) + 1;
    if (outcome !== intended(found)) wrong.push(`${outcome}: ${JSON.stringify(found)}`);
    if (wrong.length === most) break;
  }
  return { wrong, passed, asked };
}

describe('gate, decided in memory', () => {
  it('lets exactly the intended few of the whole product through', () => {
    const { wrong, passed, asked } = violations(undefined, 10);
    expect(wrong).toEqual([]);
    expect(asked).toBe(6 * 7 * 5 * 4 * 6 * 8 * 6 * 2);
    // Own hosts × origins that may be × sites that may be × what else is free.
    const [ownHosts, ownSites] = [2, 3];
    expect(passed).toEqual({
      // One origin, any token, its cookie.
      opened: ownHosts * ownSites * 4,
      // Two origins; the right token with any cookie, the other two with its own.
      welcomed: ownHosts * 2 * ownSites * (6 + 2),
      // Two origins; the page without token by GET, with any by HEAD; two files by both, with any token.
      served: ownHosts * 2 * ownSites * (1 + 4 + 2 * 2 * 4),
    });
  });

  it.each(checkNames.filter((name) => name !== 'body'))('would be noticed to lack its check of the %s', (name) => {
    expect(violations(name, 1).wrong).toHaveLength(1);
  });

  it('takes no body, and would be noticed to take one', () => {
    const { guarded, secrets } = standing();
    const bodies = [{ 'content-length': '5' }, { 'transfer-encoding': 'chunked' }];
    for (const body of bodies) {
      const request = { method: 'GET', url: '/', headers: { host: '127.0.0.1:4711', cookie: secrets.cookie, ...body } };
      expect(judge(request, false, guarded)).toMatchObject({ kind: 'refuse', status: 413 });
      expect(judge(request, false, guarded, 'body').kind).toBe('pass');
    }
  });
});

describe('gate, asked over the wire', () => {
  const { rounds, seed, again } = budgetOf('gate-requests');
  let server: Serving;
  let home: Awaited<ReturnType<typeof pageHome>>;
  let secrets: Secrets;

  beforeAll(async () => {
    home = await pageHome();
    server = await serveIn(home.folder);
    const used = new URL(server.link()).searchParams.get('t') ?? '';
    secrets = { port: server.port, token: '', used, cookie: await useLink(server) };
  });
  afterAll(async () => {
    await server.close();
    await home.remove();
  });

  /** A case that should pass, with up to two things about it changed: those near the border are the interesting ones. */
  function* nearby(): Generator<Case> {
    const uniform = createUniformSource(streamKey(seed, 1));
    const pick = <T>(from: readonly T[]): T => from[Math.floor(uniform.next() * from.length)] as T;
    const good: readonly Case[] = [
      {
        host: 'number',
        origin: 'none',
        site: 'none',
        token: 'right',
        cookie: undefined,
        method: 'GET',
        path: '/',
        upgrade: false,
      },
      {
        host: 'name',
        origin: 'none',
        site: 'none',
        token: undefined,
        cookie: 'own',
        method: 'GET',
        path: '/',
        upgrade: false,
      },
      {
        host: 'number',
        origin: 'own',
        site: 'same-origin',
        token: undefined,
        cookie: 'own',
        method: 'HEAD',
        path: '/index.html',
        upgrade: false,
      },
      {
        host: 'number',
        origin: 'own',
        site: 'same-origin',
        token: undefined,
        cookie: 'own',
        method: 'GET',
        path: '/host',
        upgrade: true,
      },
    ];
    for (;;) {
      let found: Case = pick(good);
      const changes = Math.floor(uniform.next() * 3);
      for (let count = 0; count < changes; count += 1) {
        const dimension = pick(dimensions);
        found = { ...found, [dimension]: pick<unknown>(choices[dimension]) };
      }
      yield found;
    }
  }

  it(`refuses all but the intended of ${rounds} raw requests`, async () => {
    const statuses: Record<Outcome, (status: number) => boolean> = {
      served: (status) => status === 200,
      opened: (status) => status === 101,
      welcomed: (status) => status === 303,
      refused: (status) => status === 0 || status >= 400,
    };
    const wrong: string[] = [];
    const met = { served: 0, opened: 0, welcomed: 0, refused: 0 };
    const cases = nearby();
    for (let round = 0; round < rounds; round += 1) {
      const found = cases.next().value as Case;
      const now = { ...secrets, token: new URL(server.link()).searchParams.get('t') ?? '' };
      const outcome = intended(found);
      const headers = headersOf(found, now);
      const answer = await askRaw(server.port, { ...found, path: urlOf(found, now), headers });
      met[outcome] += 1;
      const leaks = outcome === 'refused' && /<script|spikeloom-\d+=/.test(answer.text);
      if (!statuses[outcome](answer.status) || leaks) wrong.push(`${answer.status} ${JSON.stringify(found)}`);
    }
    expect(wrong, again).toEqual([]);
    expect(Math.min(...Object.values(met)), `of each kind some: ${JSON.stringify(met)}`).toBeGreaterThan(10);
  });
});
