/** Answers Host requests of a page with the services of this process, after checking their arguments. */
import type { z } from '../../engine/base/schema.ts';
import type { Host } from '../../engine/platform/host.ts';
import type { HostRequests } from '../../engine/protocol/host-requests.ts';
import type { RequestHandlers } from '../../engine/protocol/port.ts';
import { hostSchemas } from './host-schemas.ts';

/** What answers the requests. `window.close` is the page's answer to `closing`. */
export interface HostServices extends Pick<Host, 'files' | 'journal' | 'settings' | 'log'> {
  readonly window: { setTitle(title: string): void; close(ask: boolean): void };
}

/** Handlers for a responder. An argument that does not fit its schema is refused and nothing happens. */
export function createHostHandlers(services: HostServices): RequestHandlers<HostRequests> {
  const { files, journal, settings, window, log } = services;
  return checked({
    'files.open': ({ sorts }) => files.open(sorts),
    'files.read': ({ file }) => files.read(file),
    'files.save': ({ file, bytes }) => files.save(file, bytes),
    'files.saveAs': ({ suggestedName, sort, bytes }) => files.saveAs(suggestedName, sort, bytes),
    'files.recent': () => files.recent(),
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
    'window.close': ({ ask }) => {
      window.close(ask);
      return null;
    },
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
