/** Engine client: the caller's side of the engine worker, a method per request. */
import type { Disposable } from '../base/disposable.ts';
import type { MessageChannelEnd } from '../platform/seams.ts';
import type { EngineEvent, EngineRequestName, EngineRequests } from '../protocol/messages.ts';
import { protocolVersion } from '../protocol/messages.ts';
import { createCaller, PortError } from '../protocol/port.ts';

type Methods = {
  readonly [Name in Exclude<EngineRequestName, 'hello'>]: (
    argument: EngineRequests[Name]['argument'],
    signal?: AbortSignal,
  ) => Promise<EngineRequests[Name]['reply']>;
};

/** Methods reject with PortError: refused, cancelled, or gone with the engine. */
export interface EngineClient extends Methods, Disposable {
  /** To be called first; rejects when the engine speaks another protocol. */
  hello(): Promise<EngineRequests['hello']['reply']>;
  /** Events of the engine; the death of its worker comes as `crashed` too, once. */
  listen(handler: (event: EngineEvent) => void): Disposable;
}

/** A client over one end of the channel to the engine worker. */
export function createEngineClient(end: MessageChannelEnd): EngineClient {
  const caller = createCaller<EngineRequests, EngineEvent>(end);
  const handlers = new Set<(event: EngineEvent) => void>();
  const emit = (event: EngineEvent): void => {
    for (const handler of [...handlers]) handler(event);
  };
  caller.listen(emit);
  caller.onGone((reason, cause) => emit({ kind: 'crashed', reason, cause }));

  return {
    async hello() {
      const reply = await caller.request('hello', { protocol: protocolVersion });
      if (reply.protocol !== protocolVersion) {
        throw new PortError('refused', `the engine speaks protocol ${reply.protocol}, not ${protocolVersion}`);
      }
      return reply;
    },
    load: (argument, signal) => caller.request('load', argument, signal),
    update: (argument, signal) => caller.request('update', argument, signal),
    start: (argument, signal) => caller.request('start', argument, signal),
    pause: (argument, signal) => caller.request('pause', argument, signal),
    step: (argument, signal) => caller.request('step', argument, signal),
    jump: (argument, signal) => caller.request('jump', argument, signal),
    stepBack: (argument, signal) => caller.request('stepBack', argument, signal),
    reset: (argument, signal) => caller.request('reset', argument, signal),
    changeState: (argument, signal) => caller.request('changeState', argument, signal),
    resetTime: (argument, signal) => caller.request('resetTime', argument, signal),
    setSpeed: (argument, signal) => caller.request('setSpeed', argument, signal),
    readState: (argument, signal) => caller.request('readState', argument, signal),
    explain: (argument, signal) => caller.request('explain', argument, signal),
    train: (argument, signal) => caller.request('train', argument, signal),
    endTraining: (argument, signal) => caller.request('endTraining', argument, signal),
    measureRadii: (argument, signal) => caller.request('measureRadii', argument, signal),
    measureRecall: (argument, signal) => caller.request('measureRecall', argument, signal),
    listen(handler) {
      handlers.add(handler);
      return { dispose: () => void handlers.delete(handler) };
    },
    dispose() {
      handlers.clear();
      caller.dispose();
    },
  };
}
