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
  /** Ends the engine that runs now; listeners hear of it as of a crash with the cause `stopped`. */
  stop(reason: string): void;
  onEvent(handler: (event: EngineEvent) => void): Disposable;
}

export function createEngineLink(start: () => EngineConnection): EngineLink {
  const handlers = new Set<(event: EngineEvent) => void>();
  let connection: EngineConnection | undefined;

  function present(): EngineConnection {
    if (connection === undefined) throw new PortError('gone', 'the engine is not running');
    return connection;
  }

  function emit(from: EngineConnection, event: EngineEvent): void {
    if (connection === from) for (const handler of [...handlers]) handler(event);
  }

  return {
    connect() {
      connection?.dispose();
      const fresh = start();
      connection = fresh;
      fresh.engine.listen((event) => emit(fresh, event));
      // Without the one the other is of no use; after the engine's end the history still answers the plots.
      fresh.history.onGone((reason, cause) => {
        emit(fresh, { kind: 'crashed', reason, cause, part: 'history' });
        fresh.engine.dispose();
      });
      return fresh.engine.hello();
    },
    stop(reason) {
      const ended = connection;
      if (ended === undefined) return;
      emit(ended, { kind: 'crashed', reason, cause: 'stopped' });
      ended.engine.dispose();
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
