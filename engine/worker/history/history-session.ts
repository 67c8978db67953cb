/** History session: the history worker's side. Takes what probes stream, keeps it, and answers the plots. */
import { reasonOf, createResponder, Transferred } from '../../protocol/port.ts';
import type { RequestHandlers } from '../../protocol/port.ts';
import { createCreditReader } from '../../protocol/credit.ts';
import type { CreditReader } from '../../protocol/credit.ts';
import { isFeedMessage } from '../../protocol/feed-messages.ts';
import type { FedProbe, FeedGrant, FeedMessage } from '../../protocol/feed-messages.ts';
import type { HistoryRequests } from '../../protocol/history-messages.ts';
import { createRingReader } from '../../protocol/ring.ts';
import type { RecordReader, RecordSink } from '../../protocol/record.ts';
import type { Clock, MessageChannelEnd } from '../../platform/seams.ts';
import type { Disposable } from '../../base/disposable.ts';
import { createHistoryStore } from './history-store.ts';

export interface HistorySessionParts {
  /** To the plots. */
  readonly end: MessageChannelEnd;
  readonly clock: Clock;
  /** Default 256 MB. */
  readonly budgetBytes?: number;
  /** Messages that are not requests: the port to the engine comes this way. */
  readonly onOther?: (message: unknown) => void;
  /** A bug stopped the session: to be told to the page as the worker's failure. Must not throw. */
  readonly fail: (reason: string) => void;
}

export interface HistorySession extends Disposable {
  /** From now on the records come over this end. */
  connectEngine(end: MessageChannelEnd): void;
}

interface Stream {
  readonly number: number;
  readonly probe: string;
  readonly reader: RecordReader | CreditReader;
  readonly sink: RecordSink;
}

const defaultBudget = 256e6;
/** Milliseconds between looks at the rings: while records come, and at most when none come. */
const busyWait = 8;
const idleWait = 64;

/** Starts to answer and to poll at once. */
export function createHistorySession(parts: HistorySessionParts): HistorySession {
  const store = createHistoryStore(parts.budgetBytes ?? defaultBudget);
  let streams: readonly Stream[] = [];
  let engine: MessageChannelEnd | undefined;
  let open = true;

  function openStream({ information, feed }: FedProbe): Stream {
    const known = streams.find((stream) => stream.number === feed.stream);
    if (known !== undefined) return known;
    const shape = { channels: information.type === 'events' ? 1 : information.channels };
    const grant = (received: number): void => engine?.post({ feed: 'grant', stream: feed.stream, received } satisfies FeedGrant);
    const reader = feed.kind === 'ring' ? createRingReader(feed.buffer) : createCreditReader(shape, grant);
    return { number: feed.stream, probe: information.id, reader, sink: store.open(information) };
  }

  function drain(): number {
    const count = streams.reduce((sum, { reader, sink }) => sum + reader.read(sink), 0);
    if (count > 0) store.trim();
    return count;
  }

  function receive(message: FeedMessage): void {
    if (message.feed === 'batch') {
      const stream = streams.find(({ number }) => number === message.stream);
      if (stream !== undefined && 'accept' in stream.reader) stream.reader.accept(message.batch);
      drain();
      return;
    }
    store.setTimeStep(message.timeStepSeconds);
    streams = message.probes.map(openStream);
    for (const probe of store.probes()) if (!streams.some((stream) => stream.probe === probe)) store.close(probe);
  }

  function guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      open = false;
      parts.fail(reasonOf(error));
    }
  }

  async function poll(): Promise<void> {
    let pause = busyWait;
    while (open) {
      guarded(() => {
        pause = drain() > 0 ? busyWait : Math.min(idleWait, pause * 2);
      });
      await parts.clock.wait(pause);
    }
  }

  const lost = (): number => streams.reduce((sum, { reader }) => sum + reader.lost(), 0);
  const responder = createResponder<HistoryRequests, never>(parts.end, createHandlers(store, drain, lost), parts.onOther);
  void poll();

  return {
    connectEngine(end) {
      engine?.close();
      engine = end;
      end.onMessage((message) => {
        if (open && isFeedMessage(message) && message.feed !== 'grant') guarded(() => receive(message));
      });
    },
    dispose() {
      open = false;
      engine?.close();
      responder.dispose();
    },
  };
}

/** Every answer is about everything that was published when it was asked for. */
function createHandlers(store: ReturnType<typeof createHistoryStore>, drain: () => void, lost: () => number): RequestHandlers<HistoryRequests> {
  return {
    trace(request) {
      drain();
      const view = store.trace(request);
      return new Transferred(view, buffersOf([view.times, ...view.minimum, ...view.maximum]));
    },
    raster(request) {
      drain();
      const view = store.raster(request);
      return new Transferred(view, buffersOf(view.kind === 'events' ? [view.times, view.cells] : [view.counts]));
    },
    overview(request) {
      drain();
      const reply = store.overview(request);
      return new Transferred(reply, buffersOf([reply.counts]));
    },
    extent() {
      drain();
      return store.extent(lost());
    },
    export({ probe }) {
      drain();
      const reply = store.export(probe);
      return new Transferred(reply, buffersOf([reply.times, reply.values]));
    },
  };
}

function buffersOf(arrays: readonly ArrayBufferView[]): readonly unknown[] {
  return [...new Set(arrays.map((array) => array.buffer))];
}
