/** History client: the caller's side of the history worker, a method per request. */
import type { Disposable } from '../base/disposable.ts';
import type { FailureCause, MessageChannelEnd } from '../platform/seams.ts';
import type { HistoryRequests } from '../protocol/history-messages.ts';
import { createCaller } from '../protocol/port.ts';

type Methods = {
  readonly [Name in keyof HistoryRequests]: (
    argument: HistoryRequests[Name]['argument'],
    signal?: AbortSignal,
  ) => Promise<HistoryRequests[Name]['reply']>;
};

/** Methods reject with PortError; a probe that the run does not have is refused. */
export interface HistoryClient extends Methods, Disposable {
  /** Called once when the history worker has died. */
  onGone(handler: (reason: string, cause: FailureCause) => void): void;
}

/** A client over one end of the channel to the history worker. */
export function createHistoryClient(end: MessageChannelEnd): HistoryClient {
  const caller = createCaller<HistoryRequests, never>(end);
  return {
    trace: (argument, signal) => caller.request('trace', argument, signal),
    raster: (argument, signal) => caller.request('raster', argument, signal),
    overview: (argument, signal) => caller.request('overview', argument, signal),
    extent: (argument, signal) => caller.request('extent', argument, signal),
    export: (argument, signal) => caller.request('export', argument, signal),
    onGone: (handler) => caller.onGone(handler),
    dispose: () => caller.dispose(),
  };
}
