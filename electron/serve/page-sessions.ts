/** Page sessions: greets sockets, and keeps a session for a while when its socket was cut, so that the page can go on. */
import type { WebSocket } from 'ws';
import { decodeHello, encodeGreeting } from '../../engine/protocol/greeting.ts';
import type { Hello } from '../../engine/protocol/greeting.ts';
import { longestMessage } from '../../engine/protocol/resume.ts';
import type { RandomSource } from '../../engine/platform/seams.ts';
import { hex } from '../platform/atomic-write.ts';
import { createFrameSocket } from './frame-socket.ts';
import type { FrameSocket } from './frame-socket.ts';
import type { ServeLimits } from './limits.ts';
import { closeCodes } from './limits.ts';
import { PageSession } from './page-session.ts';
import type { PageServices } from './page-session.ts';

export interface PageSessions {
  /** An open socket of a page that passed the gate. */
  receive(socket: WebSocket): void;
  dispose(): void;
}

export function createPageSessions(servicesOf: PageServices, random: RandomSource, limits: ServeLimits): PageSessions {
  return new Sessions(servicesOf, random, limits);
}

class Sessions implements PageSessions {
  private readonly servicesOf: PageServices;
  private readonly random: RandomSource;
  private readonly limits: ServeLimits;
  private readonly sessions = new Map<string, PageSession>();
  /** Sessions without a socket, the oldest first, and when they end. */
  private readonly kept = new Map<string, NodeJS.Timeout>();

  constructor(servicesOf: PageServices, random: RandomSource, limits: ServeLimits) {
    this.servicesOf = servicesOf;
    this.random = random;
    this.limits = limits;
  }

  receive(opened: WebSocket): void {
    let key: string | undefined;
    const socket: FrameSocket = createFrameSocket(opened, this.limits, {
      frame: (frame) => {
        if (key === undefined) key = this.greet(socket, frame);
        else this.sessionOf(key, socket)?.offer(frame);
      },
      closed: (cut) => {
        if (key !== undefined && this.sessionOf(key, socket) !== undefined) this.left(key, cut);
      },
    });
  }

  dispose(): void {
    for (const key of [...this.sessions.keys()]) this.end(key, 1001, 'Spikeloom ends');
  }

  /** The session while this is its socket. */
  private sessionOf(key: string, socket: FrameSocket): PageSession | undefined {
    const session = this.sessions.get(key);
    return session?.uses(socket) === true ? session : undefined;
  }

  /** Key of the session that goes on over this socket; undefined when the socket did not greet. */
  private greet(socket: FrameSocket, frame: Uint8Array): string | undefined {
    const hello = decodeHello(frame);
    if (hello === undefined) {
      socket.close(closeCodes.nonsense, 'this is no greeting');
      return undefined;
    }
    // Never one that another page is using: a tab that was duplicated knows the key of its original.
    if (hello.replaces !== null && this.sessions.get(hello.replaces)?.connected === false)
      this.end(hello.replaces, 1000, 'replaced');
    return this.resume(socket, hello) ?? this.begin(socket);
  }

  private resume(socket: FrameSocket, { session: key, received }: Hello): string | undefined {
    const session = key === null ? undefined : this.sessions.get(key);
    if (key === null || session === undefined) return undefined;
    session.detach();
    clearTimeout(this.kept.get(key));
    this.kept.delete(key);
    socket.send(encodeGreeting({ session: key, resumed: true, received: session.received }));
    if (!session.attach(socket, received)) this.end(key, closeCodes.nonsense, 'the two sides do not agree');
    return key;
  }

  private begin(socket: FrameSocket): string {
    const key = hex(this.random.bytes(16));
    const session = new PageSession(this.servicesOf, this.limits, () => this.weigh());
    this.sessions.set(key, session);
    socket.send(encodeGreeting({ session: key, resumed: false, received: 0 }));
    session.attach(socket, 0);
    return key;
  }

  private left(key: string, cut: boolean): void {
    if (!cut) return this.end(key, 1000, 'the page left');
    this.sessions.get(key)?.detach();
    this.kept.set(
      key,
      setTimeout(() => this.end(key, 1000, 'the page did not come back'), this.limits.keptFor),
    );
    const [oldest] = this.kept.keys();
    if (this.kept.size > this.limits.keptSessions && oldest !== undefined) this.end(oldest, 1000, 'too many');
    return undefined;
  }

  private end(key: string, code: number, reason: string): void {
    clearTimeout(this.kept.get(key));
    this.kept.delete(key);
    const session = this.sessions.get(key);
    this.sessions.delete(key);
    session?.end(code, reason);
  }

  /** All pages together may have no more on the way than one largest message: the one with most of it gives way. */
  private weigh(): void {
    let [total, most, heaviest] = [0, 0, ''];
    for (const [key, { incompleteBytes }] of this.sessions) {
      total += incompleteBytes;
      if (incompleteBytes > most) [most, heaviest] = [incompleteBytes, key];
    }
    if (total > longestMessage) this.end(heaviest, closeCodes.tooLarge, 'too much is on its way');
  }
}
