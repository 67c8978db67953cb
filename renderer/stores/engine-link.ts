/** The link to the engine: starts it, starts it again after a crash, and lets callers ask whichever is there now. */
import { disposable, type Disposable } from '../../engine/base/disposable.ts';
import { protocolVersion, type EngineEvent, type EngineRequests } from '../../engine/protocol/messages.ts';
import type { HistoryRequests } from '../../engine/protocol/history-messages.ts';
import { PortError, type Caller } from '../../engine/protocol/port.ts';

/** One engine worker with its history worker. */
export interface EngineConnection extends Disposable {
  readonly engine: Caller<EngineRequests, EngineEvent>;
  readonly history: Caller<HistoryRequests, never>;
}

export interface EngineLink extends Disposable {
  /** Ends what runs and starts anew; rejects when the engine cannot start or speaks another protocol. */
  connect(): Promise<{ readonly sharedMemory: boolean }>;
  request<K extends keyof EngineRequests>(name: K, argument: EngineRequests[K]['argument']): Promise<EngineRequests[K]['reply']>;
  ask<K extends keyof HistoryRequests>(name: K, argument: HistoryRequests[K]['argument']): Promise<HistoryRequests[K]['reply']>;
  onEvent(handler: (event: EngineEvent) => void): Disposable;
}

export function createEngineLink(start: () => EngineConnection): EngineLink {
  const handlers = new Set<(event: EngineEvent) => void>();
  let connection: EngineConnection | undefined;

  function emit(event: EngineEvent): void {
    for (const handler of [...handlers]) handler(event);
  }
  function present(): EngineConnection {
    if (connection === undefined) throw new PortError('gone', 'the engine is not running');
    return connection;
  }

  return {
    async connect() {
      connection?.dispose();
      const fresh = start();
      connection = fresh;
      fresh.engine.listen((event) => connection === fresh && emit(event));
      const gone = (reason: string): void => {
        if (connection === fresh) emit({ kind: 'crashed', reason });
      };
      fresh.engine.onGone(gone);
      fresh.history.onGone(gone);
      const reply = await fresh.engine.request('hello', { protocol: protocolVersion });
      if (reply.protocol !== protocolVersion) throw new Error(`The engine speaks protocol ${reply.protocol}, the workbench ${protocolVersion}.`);
      return { sharedMemory: reply.sharedMemory };
    },
    request: async (name, argument) => present().engine.request(name, argument),
    ask: async (name, argument) => present().history.request(name, argument),
    onEvent(handler) {
      handlers.add(handler);
      return disposable(() => handlers.delete(handler));
    },
    dispose() {
      handlers.clear();
      const last = connection;
      connection = undefined;
      last?.dispose();
    },
  };
}
