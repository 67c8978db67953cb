/** Page session: what this process keeps of one page, whatever becomes of its socket: its requests, services and claims. */
import type { Disposable } from '../../engine/base/disposable.ts';
import type { HostEvent, HostRequests } from '../../engine/protocol/host-requests.ts';
import { frameCost, windowCost } from '../../engine/protocol/outbox.ts';
import { createResponder, reasonOf } from '../../engine/protocol/port.ts';
import type { RequestHandlers, Responder } from '../../engine/protocol/port.ts';
import { createLink, isAcknowledgement } from '../../engine/protocol/resume.ts';
import type { HostServices } from '../ipc/host-handlers.ts';
import { createHostHandlers } from '../ipc/host-handlers.ts';
import type { FrameSocket } from './frame-socket.ts';
import type { ServeLimits } from './limits.ts';
import { closeCodes } from './limits.ts';

/** Services of one page. Ended when the page is gone. */
export interface ServicesOfPage extends HostServices, Disposable {
  /** The page has no socket at the moment, or has one again. */
  away(isAway: boolean): void;
}

/** Makes the services of a page; `emit` tells that page something unasked. */
export type PageServices = (emit: (event: HostEvent) => void) => ServicesOfPage;

/** Answers the requests of a page over one socket after another. */
export class PageSession {
  private readonly limits: ServeLimits;
  private readonly link = createLink();
  private readonly services: ServicesOfPage;
  private readonly responder: Responder<HostEvent>;
  private socket: FrameSocket | undefined;
  /** Frames that wait until earlier requests are done. */
  private queue: Uint8Array[] = [];
  private queueCost = 0;
  private running = 0;
  /** Requests for files that wait until there is room for their answers. */
  private waitingForRoom: (() => void)[] = [];
  /** Called after each frame. */
  private readonly onProgress: () => void;

  constructor(servicesOf: PageServices, limits: ServeLimits, onProgress: () => void) {
    this.limits = limits;
    this.onProgress = onProgress;
    this.services = servicesOf((event) => this.responder.emit(event));
    const handlers = this.counted(filesInTurn(createHostHandlers(this.services), () => this.room()));
    this.responder = createResponder<HostRequests, HostEvent>(this.link, handlers);
  }

  /** Frames taken from the page. Those that still wait are not among them: over a new socket they come again. */
  get received(): number {
    return this.link.received;
  }

  /** Bytes of a message that has arrived in part. */
  get incompleteBytes(): number {
    return this.link.incompleteBytes;
  }

  get connected(): boolean {
    return this.socket !== undefined;
  }

  /** Goes on over `socket`, whose page has got `theirs` frames; false when that cannot be. */
  attach(socket: FrameSocket, theirs: number): boolean {
    this.socket = socket;
    this.services.away(false);
    return this.link.attach(socket, theirs);
  }

  /** Leaves the present socket, if there is one, for another. */
  detach(): void {
    const socket = this.socket;
    this.socket = undefined;
    this.services.away(true);
    this.link.detach();
    this.queue = [];
    this.queueCost = 0;
    socket?.close(closeCodes.replaced, 'the session goes on elsewhere');
  }

  /** Whether this is the socket of the session now. */
  uses(socket: FrameSocket): boolean {
    return this.socket === socket;
  }

  /** A frame of the present socket. */
  offer(frame: Uint8Array): void {
    // At once, for answers wait until they are acknowledged, and requests until there is room for answers.
    if (isAcknowledgement(frame)) this.take(frame);
    else {
      this.queue.push(frame);
      this.queueCost += frameCost(frame);
    }
    this.work();
    if (this.queueCost > windowCost + this.limits.frameBytes)
      this.socket?.close(closeCodes.nonsense, 'more was sent than there was room for');
  }

  /** Closes the socket too; nothing can be resumed. */
  end(code: number, reason: string): void {
    this.responder.dispose();
    this.services.dispose();
    this.queue = [];
    const socket = this.socket;
    this.socket = undefined;
    socket?.close(code, reason);
  }

  private hasRoom(): boolean {
    return this.link.waitingBytes < this.limits.answerBytes;
  }

  /** Resolves when the page has taken enough of its answers. */
  private room(): Promise<void> {
    if (this.hasRoom()) return Promise.resolve();
    return new Promise((resolve) => this.waitingForRoom.push(resolve));
  }

  private work(): void {
    if (this.hasRoom()) for (const go of this.waitingForRoom.splice(0)) go();
    while (this.running < this.limits.running && this.hasRoom()) {
      const frame = this.queue.shift();
      if (frame === undefined) return;
      this.queueCost -= frameCost(frame);
      this.take(frame);
    }
  }

  private take(frame: Uint8Array): void {
    try {
      this.link.accept(frame);
    } catch (error) {
      this.socket?.close(closeCodes.nonsense, reasonOf(error));
    }
    this.onProgress();
  }

  /** Handlers that count what runs, and go on with what waits when they are done. */
  private counted(handlers: RequestHandlers<HostRequests>): RequestHandlers<HostRequests> {
    return wrapped(handlers, () => async (run) => {
      this.running += 1;
      try {
        return await run();
      } finally {
        this.running -= 1;
        // After the answer was posted.
        setImmediate(() => this.work());
      }
    });
  }
}

type Wrapper = (run: () => unknown) => Promise<unknown>;

/** Files one after the other: a page has at most one of them in the memory of this process beside what waits to be sent. */
function filesInTurn(
  handlers: RequestHandlers<HostRequests>,
  room: () => Promise<void>,
): RequestHandlers<HostRequests> {
  let last: Promise<unknown> = Promise.resolve();
  const inTurn: Wrapper = (run) => {
    const result = last.then(room).then(run);
    // The next one, when the answer was posted.
    last = result.then(nextTurn, nextTurn);
    return result;
  };
  return wrapped(handlers, (name) => (name.startsWith('files.') ? inTurn : undefined));
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function wrapped(
  handlers: RequestHandlers<HostRequests>,
  wrapperOf: (name: string) => Wrapper | undefined,
): RequestHandlers<HostRequests> {
  const entries = Object.entries(handlers).map(([name, handler]) => {
    const wrapper = wrapperOf(name);
    const run = handler as (argument: unknown, signal: AbortSignal) => unknown;
    return [
      name,
      wrapper === undefined ? run : (argument: unknown, signal: AbortSignal) => wrapper(() => run(argument, signal)),
    ];
  });
  return Object.fromEntries(entries) as RequestHandlers<HostRequests>;
}
