/** Lasting caller: requests to a program over sockets that may be cut. Goes on where it was, or begins anew and says so. */
import { disposable } from '../base/disposable.ts';
import type { Disposable } from '../base/disposable.ts';
import type { Clock } from '../platform/seams.ts';
import { decodeWelcome, encodeGreeting } from './greeting.ts';
import type { Welcome } from './greeting.ts';
import { createCaller, PortError, reasonOf } from './port.ts';
import type { Caller, RequestTable } from './port.ts';
import { createLink, longestMessage } from './resume.ts';
import type { FrameSink, Link } from './resume.ts';

/** What a browser's WebSocket and one of `ws` have in common. */
export interface BinarySocket extends FrameSink {
  onFrame(handler: (frame: Uint8Array) => void): void;
  onClosed(handler: (reason: string) => void): void;
  close(): void;
}

/** How the program is reached. */
export interface Dial {
  /** A new socket; undefined when none could be opened. */
  open(): Promise<BinarySocket | undefined>;
  /** Whether the program that this page came from is still there. */
  answers(): Promise<boolean>;
  readonly clock: Clock;
  /** Session of this page before it was loaded again; null when there was none. */
  readonly previous: string | null;
  /** Keeps the key of the present session for when the page is loaded again. */
  remember(session: string): void;
}

/** `lost` may still be resumed; after `ended` everything that waited was refused, and only a new session can follow. */
export type ConnectionState = 'connected' | 'lost' | 'ended';

export interface LastingCaller<R extends RequestTable<R>, E> extends Caller<R, E> {
  /** Hears each change; it begins connected. */
  onConnection(handler: (state: ConnectionState) => void): Disposable;
  /** Runs in each new session after the first, before other requests: the program has forgotten this page. */
  onRenewed(handler: (session: Caller<R, E>) => Promise<void>): void;
}

/** Milliseconds before each attempt; the last one holds for all further ones. */
const pauses = [0, 100, 250, 500, 1000, 2000] as const;
/** How long a lost session is hoped for; `serve` keeps it as long. Milliseconds. */
const patience = 30_000;
const greetingWithin = 5000;
/** So many times in a row the program must be gone before it counts as ended. */
const absences = 2;

/** Connects; undefined when no program answers. */
export async function connectLasting<R extends RequestTable<R>, E>(
  dial: Dial,
): Promise<LastingCaller<R, E> | undefined> {
  const connection = new Connection<R, E>(dial);
  return (await connection.attempt()) ? connection : undefined;
}

class Connection<R extends RequestTable<R>, E> implements LastingCaller<R, E> {
  private readonly dial: Dial;
  private readonly listeners = new Set<(event: E) => void>();
  private readonly watchers = new Set<(state: ConnectionState) => void>();
  private renew: ((session: Caller<R, E>) => Promise<void>) | undefined;
  private link: Link = createLink();
  private caller: Caller<R, E> = createCaller<R, E>(this.link);
  private session: string | null = null;
  private abandoned: string | null;
  private socket: BinarySocket | undefined;
  private state: ConnectionState = 'connected';
  /** Whether requests may be posted: not after the session ended, and not before the next one was made ready. */
  private usable = false;
  private disposed = false;

  constructor(dial: Dial) {
    this.dial = dial;
    this.abandoned = dial.previous;
  }

  request<K extends keyof R & string>(
    name: K,
    argument: R[K]['argument'],
    signal?: AbortSignal,
  ): Promise<R[K]['reply']> {
    if (!this.usable) return Promise.reject(new PortError('gone', 'the connection is lost'));
    if (this.link.waitingBytes > longestMessage)
      return Promise.reject(new PortError('gone', 'too much waits for the connection to come back'));
    return this.caller.request(name, argument, signal);
  }

  listen(handler: (event: E) => void): Disposable {
    this.listeners.add(handler);
    return disposable(() => this.listeners.delete(handler));
  }

  onConnection(handler: (state: ConnectionState) => void): Disposable {
    this.watchers.add(handler);
    return disposable(() => this.watchers.delete(handler));
  }

  onRenewed(handler: (session: Caller<R, E>) => Promise<void>): void {
    this.renew = handler;
  }

  /** It is never gone for good. */
  onGone(): void {}

  dispose(): void {
    this.disposed = true;
    this.usable = false;
    this.caller.dispose();
    this.socket?.close();
  }

  /** One socket, from opening to greeting; false when it did not come so far. */
  async attempt(): Promise<boolean> {
    const socket = await this.dial.open();
    if (socket === undefined) return false;
    return new Promise((resolve) => this.greet(socket, resolve));
  }

  private greet(socket: BinarySocket, done: (connected: boolean) => void): void {
    let phase: 'greeting' | 'connected' | 'over' = 'greeting';
    const leave = (reason: string): void => {
      const before = phase;
      phase = 'over';
      if (before === 'greeting') done(false);
      if (before === 'connected') this.lost(reason);
    };
    const take = (frame: Uint8Array): void => {
      if (phase === 'connected') return this.link.accept(frame);
      if (phase === 'over') return undefined;
      this.adopt(socket, decodeWelcome(frame));
      phase = 'connected';
      return done(true);
    };
    socket.onFrame((frame) => {
      try {
        take(frame);
      } catch (error) {
        // What cannot be understood cannot be gone on with.
        this.abandon(reasonOf(error));
        leave(reasonOf(error));
        socket.close();
      }
    });
    socket.onClosed(leave);
    socket.send(encodeGreeting({ session: this.session, received: this.link.received, replaces: this.abandoned }));
    void this.dial.clock.wait(greetingWithin).then(() => {
      if (phase !== 'greeting') return;
      leave('nobody greeted');
      socket.close();
    });
  }

  private adopt(socket: BinarySocket, welcome: Welcome | undefined): void {
    if (welcome === undefined) throw new Error('the program greeted in a way that is not understood');
    const first = this.session === null && !this.usable && this.state === 'connected';
    if (!welcome.resumed) this.begin(first);
    if (!this.link.attach(socket, welcome.received)) throw new Error('the two sides do not agree on what was sent');
    this.socket = socket;
    this.session = welcome.session;
    this.abandoned = null;
    this.dial.remember(welcome.session);
    if (welcome.resumed || first) this.ready();
    else void this.renewed(this.caller);
  }

  /** A session without a past. */
  private begin(first: boolean): void {
    if (!first) this.drop('the program has forgotten this page');
    this.link = createLink();
    this.caller = createCaller<R, E>(this.link);
    this.caller.listen((event) => {
      for (const listener of [...this.listeners]) listener(event);
    });
  }

  private async renewed(caller: Caller<R, E>): Promise<void> {
    // A failure means that the connection was lost again, or shows itself at the next request.
    await this.renew?.(caller).catch(() => undefined);
    if (caller === this.caller && this.session !== null) this.ready();
  }

  private ready(): void {
    this.usable = true;
    this.tell('connected');
  }

  private lost(reason: string): void {
    this.socket = undefined;
    this.link.detach();
    if (this.disposed) return;
    if (this.session !== null) this.tell('lost');
    void this.reconnect(reason);
  }

  private async reconnect(reason: string): Promise<void> {
    const { clock } = this.dial;
    const since = clock.now();
    let absent = 0;
    for (let attempt = 0; ; attempt += 1) {
      await clock.wait(pauses[Math.min(attempt, pauses.length - 1)] ?? 0);
      if (this.disposed || (await this.attempt())) return;
      absent = (await this.dial.answers()) ? 0 : absent + 1;
      if (absent >= absences || clock.now() - since > patience) this.abandon(reason);
    }
  }

  private abandon(reason: string): void {
    if (this.session === null) return;
    this.drop(reason);
    this.tell('ended');
  }

  /** Gives the session up: what waits for an answer is refused, and whether it was done is not known. */
  private drop(reason: string): void {
    this.abandoned = this.session;
    this.session = null;
    this.usable = false;
    this.link.fail(reason);
  }

  private tell(state: ConnectionState): void {
    if (state === this.state) return;
    this.state = state;
    for (const watcher of [...this.watchers]) watcher(state);
  }
}
