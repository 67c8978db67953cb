/**
 * Resumption: a message channel that outlives its socket. Both sides count the frames they got; over the next socket each
 * tells its count, and the other sends what is missing. So nothing is lost and nothing arrives twice, wherever it was cut.
 */
import type { MessageChannelEnd } from '../platform/seams.ts';
import { frameCost, Outbox } from './outbox.ts';
import { createFrameJoiner, decodeMessage, encodeMessage } from './wire.ts';

/** Longest message either side accepts: a project file and a little more. */
export const longestMessage = (256 << 20) + (1 << 20);

/** First byte of a frame that acknowledges; `wire.ts` has 0 and 1 for parts of messages. */
const acknowledgement = 2;
/** The other side is told what arrived each time this much has; well below its window. */
const acknowledgeAfter = 1 << 20;

/** What frames are sent into; a socket that is closed may drop them. */
export interface FrameSink {
  send(frame: Uint8Array<ArrayBuffer>): void;
}

/** One end of the channel. Messages are JSON values and Uint8Arrays; they wait while there is no socket. */
export interface Link extends MessageChannelEnd {
  /** Frames taken from the other side so far. */
  readonly received: number;
  /** Bytes that the other side has not got yet, as far as is known. */
  readonly waitingBytes: number;
  /** Bytes of a message that has arrived in part. */
  readonly incompleteBytes: number;
  /** Goes on over a new socket, whose other side has got `theirs` frames; false when that cannot be. */
  attach(sink: FrameSink, theirs: number): boolean;
  /** The socket is gone; what is posted waits. */
  detach(): void;
  /** Takes a frame from the socket; throws when it makes no sense. */
  accept(frame: Uint8Array): void;
  /** There will be no further socket: listeners hear the reason. */
  fail(reason: string): void;
}

/** A link without a socket. `maximumBytes` bounds the messages it accepts. */
export function createLink(maximumBytes: number = longestMessage): Link {
  return new ResumableLink(maximumBytes);
}

/** Whether a frame only acknowledges; such frames can be taken at once, before others that wait. */
export function isAcknowledgement(frame: Uint8Array): boolean {
  return frame[0] === acknowledgement;
}

class ResumableLink implements Link {
  private readonly outbox = new Outbox();
  private readonly joiner;
  private sink: FrameSink | undefined;
  private unacknowledged = 0;
  private failure: string | undefined;
  private messageHandler: (message: unknown) => void = () => undefined;
  private failureHandler: ((reason: string) => void) | undefined;
  received = 0;

  constructor(maximumBytes: number) {
    this.joiner = createFrameJoiner(maximumBytes);
  }

  get waitingBytes(): number {
    return this.outbox.waitingBytes;
  }

  get incompleteBytes(): number {
    return this.joiner.waitingBytes();
  }

  post(message: unknown): void {
    if (this.failure !== undefined) return;
    this.outbox.push(encodeMessage(message));
    this.pump();
  }

  onMessage(handler: (message: unknown) => void): void {
    this.messageHandler = handler;
  }

  onFailure(handler: (reason: string) => void): void {
    this.failureHandler = handler;
    if (this.failure !== undefined) handler(this.failure);
  }

  attach(sink: FrameSink, theirs: number): boolean {
    if (this.failure !== undefined || !this.outbox.restart(theirs)) return false;
    this.sink = sink;
    this.unacknowledged = 0;
    this.pump();
    return true;
  }

  detach(): void {
    this.sink = undefined;
  }

  accept(frame: Uint8Array): void {
    if (this.failure !== undefined) return;
    if (isAcknowledgement(frame)) return this.acknowledged(frame);
    const encoded = this.joiner.accept(frame);
    this.received += 1;
    this.acknowledge(frameCost(frame));
    if (encoded !== undefined) this.messageHandler(decodeMessage(encoded));
    return undefined;
  }

  fail(reason: string): void {
    if (this.failure !== undefined) return;
    this.failure = reason;
    this.sink = undefined;
    this.failureHandler?.(reason);
  }

  close(): void {
    this.failure ??= 'closed';
    this.sink = undefined;
  }

  private acknowledge(cost: number): void {
    this.unacknowledged += cost;
    if (this.unacknowledged < acknowledgeAfter) return;
    this.unacknowledged = 0;
    this.sink?.send(acknowledgementOf(this.received));
  }

  private acknowledged(frame: Uint8Array): void {
    if (!this.outbox.acknowledge(countOf(frame))) throw new Error('frames are acknowledged that were never sent');
    this.pump();
  }

  private pump(): void {
    while (this.sink !== undefined) {
      const frame = this.outbox.next();
      if (frame === undefined) return;
      this.sink.send(frame);
    }
  }
}

function acknowledgementOf(count: number): Uint8Array<ArrayBuffer> {
  const frame = new Uint8Array(9);
  frame[0] = acknowledgement;
  new DataView(frame.buffer).setFloat64(1, count, true);
  return frame;
}

function countOf(frame: Uint8Array): number {
  const count = frame.length === 9 ? new DataView(frame.buffer, frame.byteOffset).getFloat64(1, true) : Number.NaN;
  if (!Number.isSafeInteger(count)) throw new Error('an acknowledgement has no number');
  return count;
}
