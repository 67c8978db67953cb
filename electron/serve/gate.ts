/** The gate: decides for every request, upgrade included, before anything else happens. Host, origin, site, secret. */
import type { IncomingMessage } from 'node:http';
import type { Session } from './session.ts';

export type Verdict =
  | { readonly kind: 'pass'; readonly path: string }
  /** The link was used: set the cookie and go to `/`. */
  | { readonly kind: 'welcome'; readonly cookie: string }
  | { readonly kind: 'refuse'; readonly status: number; readonly reason: string };

export type Request = Pick<IncomingMessage, 'method' | 'url' | 'headers'>;

/** The gate of the server on `port`. `upgrade` requests must carry the origin of this server's own page. */
export function judge(request: Request, port: number, session: Session, upgrade: boolean): Verdict {
  const stranger = foreign(request, port, upgrade);
  if (stranger !== undefined) return refuse(403, stranger);
  if (request.method !== 'GET' && (upgrade || request.method !== 'HEAD')) return refuse(405, 'Only GET is understood.');
  const target = targetOf(request.url);
  if (target === undefined) return refuse(400, 'The address cannot be read.');
  const token = target.searchParams.get('t');
  if (token !== null && target.pathname === '/' && !upgrade) return exchange(token, session, request.headers.cookie);
  if (!session.hasCookie(request.headers.cookie)) {
    return refuse(401, 'Open the link that Spikeloom printed in its terminal.');
  }
  return { kind: 'pass', path: target.pathname };
}

/** Why the request does not come from this server's own page or the address bar; undefined when it does. */
function foreign({ headers }: Request, port: number, upgrade: boolean): string | undefined {
  const { host, origin } = headers;
  if (host === undefined || !ownHosts(port).includes(host))
    return 'This server answers only under 127.0.0.1 or localhost.';
  // Browsers send an origin with every upgrade; without one it is no browser of ours.
  if (origin === undefined ? upgrade : origin !== `http://${host}`) return 'The request comes from another page.';
  const site = headers['sec-fetch-site'] ?? 'none';
  return site === 'same-origin' || site === 'none' ? undefined : 'The request comes from another site.';
}

/** What the Host header may say. */
function ownHosts(port: number): readonly string[] {
  return [`127.0.0.1:${port}`, `localhost:${port}`];
}

/** A used-up link in a browser that already has the cookie (reload, history) just leads to the page. */
function exchange(token: string, session: Session, cookie: string | undefined): Verdict {
  const fresh = session.exchange(token);
  if (fresh !== undefined) return { kind: 'welcome', cookie: fresh };
  if (session.hasCookie(cookie)) return { kind: 'welcome', cookie: '' };
  return refuse(401, 'This link was used already. Spikeloom printed a new one in its terminal.');
}

function refuse(status: number, reason: string): Verdict {
  return { kind: 'refuse', status, reason };
}

function targetOf(url: string | undefined): URL | undefined {
  // Anything but a path (`http://…`, `*`, `//host`) would be read as another host.
  if (url === undefined || !url.startsWith('/') || url.startsWith('//')) return undefined;
  return URL.canParse(url, 'http://localhost') ? new URL(url, 'http://localhost') : undefined;
}
