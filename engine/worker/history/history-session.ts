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
import { unwatched, type Pulse } from '../pulse.ts';
import { createHistoryStore, type HistoryStore } from './history-store.ts';

export interface HistorySessionParts {
  /** To the plots. */
  readonly end: MessageChannelEnd;
  readonly clock: Clock;
  /** Default 256 MB. */
  readonly budgetBytes?: number;
  /** Shows that the worker lives. */
  readonly pulse?: Pulse;
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
  /** Records lost of the streams that it continues. */
  readonly lostBefore: number;
}

/** Bytes that a history keeps at most, about. */
export const historyBudgetBytes = 256e6;
/** Milliseconds between looks at the rings: while records come, and at most when none come. */
const busyWait = 8;
const idleWait = 64;

/** Starts to answer and to poll at once. */
export function createHistorySession(parts: HistorySessionParts): HistorySession {
  return new PollingSession(parts);
}

class PollingSession implements HistorySession {
  private readonly parts: HistorySessionParts;
  private readonly store: HistoryStore;
  private readonly responder: Disposable;
  private streams: readonly Stream[] = [];
  private engine: MessageChannelEnd | undefined;
  private open = true;

  constructor(parts: HistorySessionParts) {
    this.parts = parts;
    this.store = createHistoryStore(parts.budgetBytes ?? historyBudgetBytes);
    const pulse = parts.pulse ?? unwatched;
    const handlers = createHandlers(
      this.store,
      () => this.drain(),
      () => this.lost(),
      pulse,
    );
    this.responder = createResponder<HistoryRequests, never>(parts.end, handlers, parts.onOther);
    void this.poll();
  }

  connectEngine(end: MessageChannelEnd): void {
    this.engine?.close();
    this.engine = end;
    end.onMessage((message) => {
      if (this.open && isFeedMessage(message) && message.feed !== 'grant') this.guarded(() => this.receive(message));
    });
  }

  dispose(): void {
    this.open = false;
    this.engine?.close();
    this.responder.dispose();
  }

  private receive(message: FeedMessage): void {
    if (message.feed === 'batch') {
      const stream = this.streams.find(({ number }) => number === message.stream);
      if (stream !== undefined && 'accept' in stream.reader) stream.reader.accept(message.batch);
      this.drain();
      return;
    }
    this.store.setTimeStep(message.timeStepSeconds);
    this.streams = message.probes.map(
      (fed) => this.streams.find(({ number }) => number === fed.feed.stream) ?? this.openStream(fed),
    );
    for (const probe of this.store.probes())
      if (!this.streams.some((stream) => stream.probe === probe)) this.store.close(probe);
  }

  private openStream(fed: FedProbe): Stream {
    const before = this.streams.find(({ number }) => number === fed.continues?.stream);
    if (before === undefined || fed.continues === undefined)
      return this.streamOf(fed, this.store.open(fed.information));
    before.reader.read(before.sink);
    this.store.truncate(before.probe, fed.continues.beforeStep);
    return this.streamOf(fed, before.sink, before.lostBefore + before.reader.lost());
  }

  private streamOf({ information, feed }: FedProbe, sink: RecordSink, lostBefore = 0): Stream {
    const { type, channels, members = 1 } = information;
    const shape = { channels: type === 'events' ? 1 : members * channels };
    const grant = (received: number): void =>
      this.engine?.post({ feed: 'grant', stream: feed.stream, received } satisfies FeedGrant);
    const reader = feed.kind === 'ring' ? createRingReader(feed.buffer) : createCreditReader(shape, grant);
    return { number: feed.stream, probe: information.id, reader, sink, lostBefore };
  }

  private drain(): number {
    const count = this.streams.reduce((sum, { reader, sink }) => sum + reader.read(sink), 0);
    if (count > 0) this.store.trim();
    return count;
  }

  private lost(): number {
    return this.streams.reduce((sum, { reader, lostBefore }) => sum + reader.lost() + lostBefore, 0);
  }

  private guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.open = false;
      this.parts.fail(reasonOf(error));
    }
  }

  private async poll(): Promise<void> {
    let pause = busyWait;
    while (this.open) {
      this.parts.pulse?.beat();
      this.guarded(() => {
        pause = this.drain() > 0 ? busyWait : Math.min(idleWait, pause * 2);
      });
      await this.parts.clock.wait(pause);
    }
  }
}

/** Every answer is about everything that was published when it was asked for. */
function createHandlers(
  store: HistoryStore,
  drain: () => void,
  lost: () => number,
  pulse: Pulse,
): RequestHandlers<HistoryRequests> {
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
    export({ probe, member }) {
      drain();
      const reply = pulse.long(() => store.export(probe, member));
      return new Transferred(reply, buffersOf([reply.times, reply.values]));
    },
  };
}

function buffersOf(arrays: readonly ArrayBufferView[]): readonly unknown[] {
  return [...new Set(arrays.map((array) => array.buffer))];
}
