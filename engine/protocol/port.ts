/** Typed port: requests by id with cancellation, their replies, and events apart, over one end of a message channel. */
import type { Disposable } from '../base/disposable.ts';
import { disposable } from '../base/disposable.ts';
import type { FailureCause, MessageChannelEnd } from '../platform/seams.ts';
import { causeOf } from './failure.ts';

/** A table of requests: name → argument and reply. */
export type RequestTable<R> = { readonly [K in keyof R]: { argument: unknown; reply: unknown } };

/** A request was not answered: the other side failed, refused it, or the caller gave up. */
export class PortError extends Error {
  readonly kind: 'refused' | 'cancelled' | 'gone';

  constructor(kind: PortError['kind'], reason: string) {
    super(reason);
    this.name = 'PortError';
    this.kind = kind;
  }
}

/** A reply together with the buffers that move to the caller instead of being copied. */
export class Transferred<T> {
  readonly value: T;
  readonly buffers: readonly unknown[];

  constructor(value: T, buffers: readonly unknown[]) {
    this.value = value;
    this.buffers = buffers;
  }
}

/** The side that asks. */
export interface Caller<R extends RequestTable<R>, E> extends Disposable {
  /** Rejects with PortError. Aborting the signal rejects at once and tells the other side, which may still finish. */
  request<K extends keyof R & string>(
    name: K,
    argument: R[K]['argument'],
    signal?: AbortSignal,
  ): Promise<R[K]['reply']>;
  listen(handler: (event: E) => void): Disposable;
  /** Called once when the other side has failed; at once when it already has. */
  onGone(handler: (reason: string, cause: FailureCause) => void): void;
}

type Handlers<R extends RequestTable<R>> = {
  readonly [K in keyof R]: (
    argument: R[K]['argument'],
    signal: AbortSignal,
  ) => R[K]['reply'] | Transferred<R[K]['reply']> | Promise<R[K]['reply'] | Transferred<R[K]['reply']>>;
};
export type { Handlers as RequestHandlers };

/** The side that answers. */
export interface Responder<E> extends Disposable {
  emit(event: E): void;
}

type Envelope =
  | { readonly port: 'request'; readonly id: number; readonly name: string; readonly argument: unknown }
  | { readonly port: 'cancel'; readonly id: number }
  | { readonly port: 'reply'; readonly id: number; readonly value: unknown }
  | { readonly port: 'refusal'; readonly id: number; readonly reason: string }
  | { readonly port: 'event'; readonly event: unknown };

interface Pending {
  resolve(value: unknown): void;
  reject(error: PortError): void;
}

/** Makes the asking side; it takes over the end's handlers. */
export function createCaller<R extends RequestTable<R>, E>(end: MessageChannelEnd): Caller<R, E> {
  return new AskingSide<R, E>(end);
}

class AskingSide<R extends RequestTable<R>, E> implements Caller<R, E> {
  private readonly end: MessageChannelEnd;
  private readonly pending = new Map<number, Pending>();
  private readonly listeners = new Set<(event: E) => void>();
  private goneHandlers: ((reason: string, cause: FailureCause) => void)[] = [];
  private lastId = 0;
  private gone: { readonly reason: string; readonly cause: FailureCause } | undefined;

  constructor(end: MessageChannelEnd) {
    this.end = end;
    end.onMessage((message) => this.receive(message));
    end.onFailure((reason, cause) => this.leave(reason, cause ?? causeOf(reason)));
  }

  request<K extends keyof R & string>(
    name: K,
    argument: R[K]['argument'],
    signal?: AbortSignal,
  ): Promise<R[K]['reply']> {
    if (this.gone !== undefined) return Promise.reject(new PortError('gone', this.gone.reason));
    if (signal?.aborted === true) return Promise.reject(new PortError('cancelled', `${name} was cancelled`));
    return this.send(name, argument, signal);
  }

  listen(handler: (event: E) => void): Disposable {
    this.listeners.add(handler);
    return disposable(() => this.listeners.delete(handler));
  }

  onGone(handler: (reason: string, cause: FailureCause) => void): void {
    if (this.gone === undefined) this.goneHandlers.push(handler);
    else handler(this.gone.reason, this.gone.cause);
  }

  dispose(): void {
    this.goneHandlers = [];
    this.leave('the connection was closed', 'stopped');
    this.listeners.clear();
    this.end.close();
  }

  private receive(message: unknown): void {
    if (!isEnvelope(message)) return;
    if (message.port === 'reply') this.settle(message.id, (waiting) => waiting.resolve(message.value));
    if (message.port === 'refusal')
      this.settle(message.id, (waiting) => waiting.reject(new PortError('refused', message.reason)));
    if (message.port === 'event') for (const listener of [...this.listeners]) listener(message.event as E);
  }

  private settle(id: number, how: (waiting: Pending) => void): void {
    const waiting = this.pending.get(id);
    if (waiting === undefined) return;
    this.pending.delete(id);
    how(waiting);
  }

  private leave(reason: string, cause: FailureCause): void {
    if (this.gone !== undefined) return;
    this.gone = { reason, cause };
    for (const id of [...this.pending.keys()])
      this.settle(id, (waiting) => waiting.reject(new PortError('gone', reason)));
    for (const handler of this.goneHandlers) handler(reason, cause);
  }

  private send(name: string, argument: unknown, signal: AbortSignal | undefined): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const id = (this.lastId += 1);
      const onAbort = (): void => {
        this.settle(id, (waiting) => waiting.reject(new PortError('cancelled', `${name} was cancelled`)));
        this.end.post({ port: 'cancel', id } satisfies Envelope);
      };
      const finished = (): void => signal?.removeEventListener('abort', onAbort);
      this.pending.set(id, {
        resolve: (value) => {
          finished();
          resolve(value);
        },
        reject: (error) => {
          finished();
          reject(error);
        },
      });
      signal?.addEventListener('abort', onAbort, { once: true });
      this.end.post({ port: 'request', id, name, argument } satisfies Envelope);
    });
  }
}

/**
 * Makes the answering side; it takes over the end's handlers. A handler that throws refuses its request with the
 * error's message and nothing else happens. Messages that are not of a port go to `onOther`.
 */
export function createResponder<R extends RequestTable<R>, E>(
  end: MessageChannelEnd,
  handlers: Handlers<R>,
  onOther: (message: unknown) => void = () => undefined,
): Responder<E> {
  const running = new Map<number, AbortController>();
  let open = true;

  function post(envelope: Envelope, buffers: readonly unknown[] = []): void {
    if (open) end.post(envelope, buffers);
  }

  async function answer(id: number, name: string, argument: unknown): Promise<void> {
    const controller = new AbortController();
    running.set(id, controller);
    try {
      const handler = Object.hasOwn(handlers, name) ? handlers[name as keyof R] : undefined;
      if (handler === undefined) throw new Error(`unknown request "${name}"`);
      const reply = await handler(argument as R[keyof R]['argument'], controller.signal);
      if (controller.signal.aborted) return;
      if (reply instanceof Transferred) post({ port: 'reply', id, value: reply.value }, reply.buffers);
      else post({ port: 'reply', id, value: reply });
    } catch (error) {
      post({ port: 'refusal', id, reason: reasonOf(error) });
    } finally {
      running.delete(id);
    }
  }

  end.onMessage((message) => {
    if (!isEnvelope(message)) onOther(message);
    else if (message.port === 'request') void answer(message.id, message.name, message.argument);
    else if (message.port === 'cancel') running.get(message.id)?.abort();
  });

  return {
    emit: (event) => post({ port: 'event', event }),
    dispose() {
      open = false;
      for (const controller of running.values()) controller.abort();
      end.close();
    },
  };
}

/** What an error says, for people. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function isEnvelope(message: unknown): message is Envelope {
  return typeof message === 'object' && message !== null && 'port' in message && typeof message.port === 'string';
}
