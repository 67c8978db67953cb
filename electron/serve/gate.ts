/** The gate: decides for every request, upgrade included, before anything else happens. Host, origin, site, method, secret. */
import type { IncomingMessage } from 'node:http';
import type { PageFiles } from '../platform/page-files.ts';
import { routeOf, tokenParameter } from './routes.ts';
import type { RouteName } from './routes.ts';
import type { Session } from './session.ts';

export type Verdict =
  | { readonly kind: 'pass'; readonly route: Exclude<RouteName, 'link'>; readonly path: string }
  /** The link was used: set the cookie (empty: it is there already) and go to `/`. */
  | { readonly kind: 'welcome'; readonly cookie: string }
  | { readonly kind: 'refuse'; readonly status: number; readonly reason: string };

export type Refusal = Extract<Verdict, { kind: 'refuse' }>;
export type Request = Pick<IncomingMessage, 'method' | 'url' | 'headers'>;

/** What the gate stands before. */
export interface Guarded {
  readonly port: number;
  readonly session: Session;
  readonly page: PageFiles;
}

interface Asked {
  readonly request: Request;
  readonly upgrade: boolean;
  readonly guarded: Guarded;
}

/** What is asked of every request, in this order; each gives the refusal, or undefined when there is nothing to say. */
const checks = {
  host: ({ request, guarded: { port } }) =>
    [`127.0.0.1:${port}`, `localhost:${port}`].includes(request.headers.host ?? '')
      ? undefined
      : refuse(403, 'This server answers only under 127.0.0.1 or localhost.'),
  // Browsers send an origin with every upgrade; without one it is no browser of ours.
  origin: ({ request: { headers }, upgrade }) =>
    (headers.origin === undefined ? !upgrade : headers.origin === `http://${headers.host}`)
      ? undefined
      : refuse(403, 'The request comes from another page.'),
  site: ({ request: { headers } }) =>
    ['same-origin', 'none'].includes(String(headers['sec-fetch-site'] ?? 'none'))
      ? undefined
      : refuse(403, 'The request comes from another site.'),
  body: ({ request: { headers } }) =>
    headers['transfer-encoding'] === undefined && ['0', undefined].includes(headers['content-length'])
      ? undefined
      : refuse(413, 'Nothing is taken in this way.'),
} as const satisfies Readonly<Record<string, (asked: Asked) => Refusal | undefined>>;

/** The checks by name; besides, the method, which the table of routes decides, and the cookie, which the link needs not. */
export type CheckName = keyof typeof checks | 'method' | 'cookie';
export const checkNames: readonly CheckName[] = [
  ...(Object.keys(checks) as (keyof typeof checks)[]),
  'method',
  'cookie',
];

/** What becomes of a request. `without` leaves out a check: tests show with it that they would notice. */
export function judge(request: Request, upgrade: boolean, guarded: Guarded, without?: CheckName): Verdict {
  const refusal = refusalOf({ request, upgrade, guarded }, without);
  if (refusal !== undefined) return refusal;
  const target = targetOf(request.url);
  if (target === undefined) return refuse(400, 'The address cannot be read.');
  const method = without === 'method' ? 'GET' : request.method;
  const route = routeOf(target, method, upgrade ? 'upgrade' : 'request', guarded.page);
  const { cookie } = request.headers;
  if (route === 'link') return exchange(target.searchParams.get(tokenParameter), guarded.session, cookie);
  const known = without === 'cookie' || guarded.session.hasCookie(cookie);
  if (!known) return refuse(401, 'Open the link that Spikeloom printed in its terminal.');
  return route === undefined ? nothingFor(request.method) : { kind: 'pass', route, path: target.pathname };
}

function refusalOf(asked: Asked, without: CheckName | undefined): Refusal | undefined {
  for (const [name, check] of Object.entries(checks)) {
    const refusal = name === without ? undefined : check(asked);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

function nothingFor(method: string | undefined): Refusal {
  const readable = method === 'GET' || method === 'HEAD';
  return readable ? refuse(404, 'There is nothing here.') : refuse(405, 'Only GET is understood.');
}

/** A used-up link in a browser that already has the cookie (reload, history) just leads to the page. */
function exchange(token: string | null, session: Session, cookie: string | undefined): Verdict {
  const fresh = session.exchange(token ?? '');
  if (fresh !== undefined) return { kind: 'welcome', cookie: fresh };
  if (session.hasCookie(cookie)) return { kind: 'welcome', cookie: '' };
  return refuse(401, 'This link was used already. Spikeloom printed a new one in its terminal.');
}

function refuse(status: number, reason: string): Refusal {
  return { kind: 'refuse', status, reason };
}

function targetOf(url: string | undefined): URL | undefined {
  // Anything but a path (`http://…`, `*`, `//host`) would be read as another host.
  if (url === undefined || !url.startsWith('/') || url.startsWith('//')) return undefined;
  return URL.canParse(url, 'http://localhost') ? new URL(url, 'http://localhost') : undefined;
}
