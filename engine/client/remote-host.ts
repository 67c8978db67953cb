/** A Host whose work another process does: Electron's main process or `serve`. */
import type { Disposable } from '../base/disposable.ts';
import { disposable } from '../base/disposable.ts';
import { problem } from '../base/problem.ts';
import type { Failed } from '../base/result.ts';
import { failed } from '../base/result.ts';
import type { Closing, Host } from '../platform/host.ts';
import type { HostEvent, HostRequests } from '../protocol/host-requests.ts';
import type { Caller } from '../protocol/port.ts';
import { PortError } from '../protocol/port.ts';

/**
 * The Host behind `caller`. A lost connection is a Problem of the request that met it; `onConnection` tells of it where it
 * may come back.
 */
export function createRemoteHost(
  kind: Host['kind'],
  caller: HostCaller,
  onConnection: Host['onConnection'] = () => disposable(() => undefined),
): Host {
  return {
    kind,
    files: {
      open: (sorts) => caller.request('files.open', { sorts }).catch(unreachableHost),
      read: (file) => caller.request('files.read', { file }).catch(unreachableHost),
      save: (file, bytes, expected) =>
        caller
          .request('files.save', { file, bytes, ...(expected === undefined ? {} : { expected }) })
          .catch(unreachableHost),
      saveAs: (suggestedName, sort, bytes) =>
        caller.request('files.saveAs', { suggestedName, sort, bytes }).catch(unreachableHost),
      recent: () => caller.request('files.recent', {}),
    },
    journal: {
      list: () => caller.request('journal.list', {}).catch(unreachableHost),
      claim: (id, take) => caller.request('journal.claim', { id, take }).catch(unreachableHost),
      async release(id) {
        await caller.request('journal.release', { id });
      },
      onTaken: (handler) => on(caller, 'taken', ({ id }) => handler(id)),
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
      setMenu: (menu) => send(caller.request('window.setMenu', { menu })),
      onCommand: (handler) => on(caller, 'command', ({ command }) => handler(command)),
      onOpenFile: (handler) => on(caller, 'openFile', ({ opened }) => handler(opened)),
      onClosing: (closing) => answerClosing(caller, closing),
    },
    openExternal: (address) => caller.request('openExternal', { address }).catch(unreachableHost),
    update: () => caller.request('update', {}),
    onConnection,
    log: (level, message) => send(caller.request('log', { level, message })),
  };
}

type HostCaller = Caller<HostRequests, HostEvent>;

function on<K extends HostEvent['kind']>(
  caller: HostCaller,
  kind: K,
  handler: (event: Extract<HostEvent, { kind: K }>) => void,
): Disposable {
  const listening = caller.listen((event) => {
    if (event.kind === kind) handler(event as Extract<HostEvent, { kind: K }>);
  });
  return disposable(() => listening.dispose());
}

function answerClosing(caller: HostCaller, closing: Closing): Disposable {
  const asked = on(caller, 'closing', () => send(caller.request('window.closing', closing.state())));
  const saving = on(caller, 'save', () => {
    void closing.save().then(
      (saved) => send(caller.request('window.saved', { saved })),
      () => send(caller.request('window.saved', { saved: false })),
    );
  });
  return disposable(() => {
    asked.dispose();
    saving.dispose();
  });
}

/** Sends what nobody waits for; a lost connection is told by the requests somebody waits for. */
function send(request: Promise<unknown>): void {
  request.catch(() => undefined);
}

function unreachableHost(error: unknown): Failed {
  if (!(error instanceof PortError)) throw error;
  return failed(
    problem('host/unreachable', 'The program behind this page was ended or does not answer.', {
      hint: 'Start it again and open the link it prints; your edits stay in this page until then.',
      cause: error.message,
    }),
  );
}
