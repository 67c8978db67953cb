import { afterEach, describe, expect, it } from 'vitest';
import { createLoopback } from '../platform/loopback.ts';
import type { MessageChannelEnd } from '../platform/seams.ts';
import { isJoinMessage } from '../protocol/feed-messages.ts';
import type { EngineEvent, EngineRequests } from '../protocol/messages.ts';
import { createResponder, type RequestHandlers } from '../protocol/port.ts';
import { createEngineClient } from './engine-client.ts';
import { createHistoryClient } from './history-client.ts';
import { joinWorkers } from './join-workers.ts';

/** An engine that answers `hello` with the given protocol number and nothing else. */
function answerHello(end: MessageChannelEnd, protocol: number): void {
  const handlers = { hello: () => ({ protocol, sharedMemory: true }) } as unknown as RequestHandlers<EngineRequests>;
  createResponder<EngineRequests, EngineEvent>(end, handlers);
}

describe('clients of the workers', () => {
  const ports: { close(): void }[] = [];
  afterEach(() => {
    for (const port of ports.splice(0)) port.close();
  });

  it('given an engine of another protocol, hello rejects', async () => {
    const [page, worker] = createLoopback().ends;
    answerHello(worker, 99);
    await expect(createEngineClient(page).hello()).rejects.toThrow('protocol 99');
  });

  it('given a worker that dies, pending requests reject and listeners hear of the crash once', async () => {
    const loopback = createLoopback();
    const client = createEngineClient(loopback.ends[0]);
    const heard: EngineEvent[] = [];
    client.listen((event) => heard.push(event));
    const waiting = client.start({});
    loopback.fail('out of memory');
    loopback.fail('again');
    await expect(waiting).rejects.toMatchObject({ kind: 'gone', message: 'out of memory' });
    await expect(client.pause({})).rejects.toMatchObject({ kind: 'gone' });
    expect(heard).toEqual([{ kind: 'crashed', reason: 'out of memory', cause: 'memory' }]);
  });

  it('given a client that is disposed, nobody hears of a crash', () => {
    const loopback = createLoopback();
    const client = createHistoryClient(loopback.ends[0]);
    const heard: string[] = [];
    client.onGone((reason) => heard.push(reason));
    client.dispose();
    expect(heard).toEqual([]);
  });

  it('joins both workers by one channel', async () => {
    const posted: unknown[] = [];
    const end: MessageChannelEnd = {
      post: (message) => posted.push(message),
      onMessage: () => undefined,
      onFailure: () => undefined,
      close: () => undefined,
    };
    joinWorkers(end, end);
    const joins = posted.filter(isJoinMessage).map(({ join }) => join);
    ports.push(...(joins as unknown as { close(): void }[]));
    const [engineSide, historySide] = joins;
    const arrived = new Promise((resolve) => {
      if (historySide !== undefined) historySide.onmessage = ({ data }: { readonly data: unknown }) => resolve(data);
    });
    engineSide?.postMessage({ feed: 'probes' });
    expect(await arrived).toEqual({ feed: 'probes' });
  });
});
