/** The link to the engine: starts it, starts it again after a crash, and lets callers ask whichever is there now. */
import { disposable, type Disposable } from '../../engine/base/disposable.ts';
import type { EngineClient } from '../../engine/client/engine-client.ts';
import type { HistoryClient } from '../../engine/client/history-client.ts';
import type { EngineEvent } from '../../engine/protocol/messages.ts';
import type { HistoryRequests } from '../../engine/protocol/history-messages.ts';
import { PortError } from '../../engine/protocol/port.ts';

/** One engine worker with its history worker. */
export interface EngineConnection extends Disposable {
  readonly engine: EngineClient;
  readonly history: HistoryClient;
}

export interface EngineLink extends Disposable {
  /** Ends what runs and starts anew; rejects when the engine cannot start or speaks another protocol. */
  connect(): Promise<{ readonly sharedMemory: boolean }>;
  /** The engine that runs now; throws PortError when there is none. */
  engine(): EngineClient;
  /** Asks the history worker that runs now; rejects with PortError when there is none. */
  ask<K extends keyof HistoryRequests>(
    name: K,
    argument: HistoryRequests[K]['argument'],
  ): Promise<HistoryRequests[K]['reply']>;
  onEvent(handler: (event: EngineEvent) => void): Disposable;
}

export function createEngineLink(start: () => EngineConnection): EngineLink {
  const handlers = new Set<(event: EngineEvent) => void>();
  let connection: EngineConnection | undefined;

  function present(): EngineConnection {
    if (connection === undefined) throw new PortError('gone', 'the engine is not running');
    return connection;
  }

  return {
    connect() {
      connection?.dispose();
      const fresh = start();
      connection = fresh;
      const emit = (event: EngineEvent): void => {
        if (connection === fresh) for (const handler of [...handlers]) handler(event);
      };
      fresh.engine.listen(emit);
      fresh.history.onGone((reason) => emit({ kind: 'crashed', reason }));
      return fresh.engine.hello();
    },
    engine: () => present().engine,
    async ask<K extends keyof HistoryRequests>(name: K, argument: HistoryRequests[K]['argument']) {
      const method = present().history[name] as (
        argument: HistoryRequests[K]['argument'],
      ) => Promise<HistoryRequests[K]['reply']>;
      return method(argument);
    },
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
