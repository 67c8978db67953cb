/** A Host whose work another process does: Electron's main process or `serve`. */
import type { Disposable } from '../base/disposable.ts';
import { disposable } from '../base/disposable.ts';
import { problem } from '../base/problem.ts';
import type { Failed } from '../base/result.ts';
import { failed } from '../base/result.ts';
import type { Host } from '../platform/host.ts';
import type { HostEvent, HostRequests } from '../protocol/host-requests.ts';
import type { Caller } from '../protocol/port.ts';
import { PortError } from '../protocol/port.ts';

/** The Host behind `caller`. A lost connection is a Problem of the request that met it. */
export function createRemoteHost(kind: Host['kind'], caller: Caller<HostRequests, HostEvent>): Host {
  return {
    kind,
    files: {
      open: (sorts) => caller.request('files.open', { sorts }).catch(unreachableHost),
      read: (file) => caller.request('files.read', { file }).catch(unreachableHost),
      save: (file, bytes) => caller.request('files.save', { file, bytes }).catch(unreachableHost),
      saveAs: (suggestedName, sort, bytes) =>
        caller.request('files.saveAs', { suggestedName, sort, bytes }).catch(unreachableHost),
      recent: () => caller.request('files.recent', {}),
    },
    journal: {
      read: (id) => caller.request('journal.read', { id }).catch(unreachableHost),
      append: (id, lines) => caller.request('journal.append', { id, lines }).catch(unreachableHost),
      restart: (id, lines) => caller.request('journal.restart', { id, lines }).catch(unreachableHost),
    },
    settings: {
      get: (name) => caller.request('settings.get', { name }),
      async set(name, value) {
        await caller.request('settings.set', { name, value });
      },
    },
    window: {
      setTitle: (title) => send(caller.request('window.setTitle', { title })),
      onClosing: (handler) => listenForClosing(caller, handler),
    },
    log: (level, message) => send(caller.request('log', { level, message })),
  };
}

function listenForClosing(caller: Caller<HostRequests, HostEvent>, handler: () => boolean): Disposable {
  const listening = caller.listen((event) => {
    if (event.kind === 'closing') send(caller.request('window.close', { ask: !handler() }));
  });
  return disposable(() => listening.dispose());
}

/** Sends what nobody waits for; a lost connection is told by the requests somebody waits for. */
function send(request: Promise<unknown>): void {
  request.catch(() => undefined);
}

function unreachableHost(error: unknown): Failed {
  if (!(error instanceof PortError)) throw error;
  return failed(
    problem('host/unreachable', 'The program behind this page does not answer.', {
      hint: 'Start Spikeloom again and open the link it prints; your edits stay in this page until then.',
      cause: error.message,
    }),
  );
}
