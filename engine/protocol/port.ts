/** Typed port: requests by id with cancellation, their replies, and events apart, over one end of a message channel. */
import type { Disposable } from '../base/disposable.ts';
import { disposable } from '../base/disposable.ts';
import type { MessageChannelEnd } from '../platform/seams.ts';

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
  request<K extends keyof R & string>(name: K, argument: R[K]['argument'], signal?: AbortSignal): Promise<R[K]['reply']>;
  listen(handler: (event: E) => void): Disposable;
  /** Called once when the other side has failed; at once when it already has. */
  onGone(handler: (reason: string) => void): void;
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
  const pending = new Map<number, Pending>();
  const listeners = new Set<(event: E) => void>();
  const goneHandlers: ((reason: string) => void)[] = [];
  let lastId = 0;
  let gone: string | undefined;

  function settle(id: number, how: (waiting: Pending) => void): void {
    const waiting = pending.get(id);
    if (waiting === undefined) return;
    pending.delete(id);
    how(waiting);
  }

  function leave(reason: string): void {
    if (gone !== undefined) return;
    gone = reason;
    for (const id of [...pending.keys()]) settle(id, (waiting) => waiting.reject(new PortError('gone', reason)));
    for (const handler of goneHandlers) handler(reason);
  }

  end.onMessage((message) => {
    if (!isEnvelope(message)) return;
    if (message.port === 'reply') settle(message.id, (waiting) => waiting.resolve(message.value));
    if (message.port === 'refusal') settle(message.id, (waiting) => waiting.reject(new PortError('refused', message.reason)));
    if (message.port === 'event') for (const listener of [...listeners]) listener(message.event as E);
  });
  end.onFailure(leave);

  function send(name: string, argument: unknown, signal: AbortSignal | undefined): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const id = (lastId += 1);
      const onAbort = (): void => {
        settle(id, (waiting) => waiting.reject(new PortError('cancelled', `${name} was cancelled`)));
        end.post({ port: 'cancel', id } satisfies Envelope);
      };
      const finished = (): void => signal?.removeEventListener('abort', onAbort);
      pending.set(id, {
        resolve: (value) => { finished(); resolve(value); },
        reject: (error) => { finished(); reject(error); },
      });
      signal?.addEventListener('abort', onAbort, { once: true });
      end.post({ port: 'request', id, name, argument } satisfies Envelope);
    });
  }

  return {
    request(name, argument, signal) {
      if (gone !== undefined) return Promise.reject(new PortError('gone', gone));
      if (signal?.aborted === true) return Promise.reject(new PortError('cancelled', `${name} was cancelled`));
      return send(name, argument, signal);
    },
    listen(handler) {
      listeners.add(handler);
      return disposable(() => listeners.delete(handler));
    },
    onGone(handler) {
      if (gone === undefined) goneHandlers.push(handler);
      else handler(gone);
    },
    dispose() {
      goneHandlers.length = 0;
      leave('the connection was closed');
      listeners.clear();
      end.close();
    },
  };
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
