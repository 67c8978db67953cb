/** Answers Host requests of a page with the services of this process, after checking their arguments. */
import type { z } from '../../engine/base/schema.ts';
import type { ClosingState, Host, HostJournal, MenuGroup } from '../../engine/platform/host.ts';
import type { HostRequests } from '../../engine/protocol/host-requests.ts';
import type { RequestHandlers } from '../../engine/protocol/port.ts';
import { hostSchemas } from './host-schemas.ts';

/** What answers the requests of one page. */
export interface HostServices extends Pick<Host, 'files' | 'settings' | 'log' | 'openExternal' | 'update'> {
  readonly journal: Omit<HostJournal, 'onTaken'>;
  readonly window: WindowService;
}

/** The window as its page may use it. */
export interface WindowService {
  setTitle(title: string): void;
  setMenu(menu: readonly MenuGroup[]): void;
  /** The page's answers to the events `closing` and `save`. */
  closing(state: ClosingState): void;
  saved(saved: boolean): void;
}

/** Handlers for a responder. An argument that does not fit its schema is refused and nothing happens. */
export function createHostHandlers(services: HostServices): RequestHandlers<HostRequests> {
  const { files, journal, settings, window, openExternal, update, log } = services;
  return checked({
    'files.open': ({ sorts }) => files.open(sorts),
    'files.read': ({ file }) => files.read(file),
    'files.save': ({ file, bytes, expected }) => files.save(file, bytes, expected),
    'files.saveAs': ({ suggestedName, sort, bytes }) => files.saveAs(suggestedName, sort, bytes),
    'files.recent': () => files.recent(),
    'journal.list': () => journal.list(),
    'journal.claim': ({ id, take }) => journal.claim(id, take),
    'journal.release': async ({ id }) => {
      await journal.release(id);
      return null;
    },
    'journal.read': ({ id }) => journal.read(id),
    'journal.append': ({ id, lines }) => journal.append(id, lines),
    'journal.restart': ({ id, lines }) => journal.restart(id, lines),
    'settings.get': ({ name }) => settings.get(name),
    'settings.set': async ({ name, value }) => {
      await settings.set(name, value);
      return null;
    },
    'window.setTitle': ({ title }) => {
      window.setTitle(title);
      return null;
    },
    'window.setMenu': ({ menu }) => {
      window.setMenu(menu);
      return null;
    },
    'window.closing': (state) => {
      window.closing(state);
      return null;
    },
    'window.saved': ({ saved }) => {
      window.saved(saved);
      return null;
    },
    openExternal: ({ address }) => openExternal(address),
    update: () => update(),
    log: ({ level, message }) => {
      log(level, message);
      return null;
    },
  });
}

function checked(handlers: RequestHandlers<HostRequests>): RequestHandlers<HostRequests> {
  const entries = Object.entries(handlers).map(([name, handler]) => {
    const schema = hostSchemas[name as keyof HostRequests] as z.ZodType;
    const check = (argument: unknown, signal: AbortSignal): unknown => {
      const parsed = schema.safeParse(argument);
      if (!parsed.success) throw new Error(`"${name}" was asked for with an argument of the wrong form`);
      return (handler as (argument: unknown, signal: AbortSignal) => unknown)(parsed.data, signal);
    };
    return [name, check];
  });
  return Object.fromEntries(entries) as RequestHandlers<HostRequests>;
}
