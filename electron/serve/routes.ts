/** Routes: everything the server answers, who may ask for it and by which methods. The server and its tests read this table. */
import type { PageFiles } from '../platform/page-files.ts';

export interface Route {
  readonly name: string;
  readonly way: 'request' | 'upgrade';
  readonly methods: readonly string[];
  /** Who may: the holder of the link that works once, or a browser with the cookie. */
  readonly who: 'link' | 'cookie';
  /** The paths of this route; `query` names the parameter that it needs besides. */
  readonly paths: (page: PageFiles) => readonly string[];
  readonly query?: string;
}

/** Name of the parameter that carries the token of the link. */
export const tokenParameter = 't';

export const routes = [
  {
    name: 'link',
    way: 'request',
    // Not HEAD: programs that preview links would use it up.
    methods: ['GET'],
    who: 'link',
    paths: () => ['/'],
    query: tokenParameter,
  },
  { name: 'page', way: 'request', methods: ['GET', 'HEAD'], who: 'cookie', paths: () => ['/'] },
  {
    name: 'file',
    way: 'request',
    methods: ['GET', 'HEAD'],
    who: 'cookie',
    paths: (page) => page.paths,
  },
  { name: 'socket', way: 'upgrade', methods: ['GET'], who: 'cookie', paths: () => ['/host'] },
] as const satisfies readonly Route[];

export type RouteName = (typeof routes)[number]['name'];

/** The route of a request; undefined when there is none, which is answered with 404. */
export function routeOf(
  target: URL,
  method: string | undefined,
  way: Route['way'],
  page: PageFiles,
): RouteName | undefined {
  const table: readonly (Route & { readonly name: RouteName })[] = routes;
  const found = table.find(
    (route) =>
      route.way === way &&
      route.methods.includes(method ?? '') &&
      (route.query === undefined || target.searchParams.has(route.query)) &&
      route.paths(page).includes(target.pathname),
  );
  return found?.name;
}
