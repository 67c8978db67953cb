/** Outbox: frames on their way to the other side, kept until it has them, and never more of them than a window holds. */
import { framesOf } from './wire.ts';

/** How much may be sent that the other side has not acknowledged; see `frameCost`. */
export const windowCost = 4 << 20;
const smallestCost = 1024;

/** What a frame counts against the window: its bytes, but no less than what keeping a frame costs anyway. */
export function frameCost(frame: Uint8Array): number {
  return Math.max(smallestCost, frame.length);
}

/** Frames are numbered by their place since the outbox was made; both sides count, so no frame carries its number. */
export class Outbox {
  private readonly messages: Uint8Array[] = [];
  private frames: Iterator<Uint8Array<ArrayBuffer>> | undefined;
  /** Frames that the other side has not acknowledged, in order. */
  private readonly kept: Uint8Array<ArrayBuffer>[] = [];
  private keptCost = 0;
  private messageBytes = 0;
  private acknowledged = 0;
  /** How many of `kept` went over the present socket. */
  private sent = 0;

  /** Bytes that are not acknowledged or not even sent. */
  get waitingBytes(): number {
    return this.messageBytes + this.keptCost;
  }

  push(encoded: Uint8Array): void {
    this.messages.push(encoded);
    this.messageBytes += encoded.length;
  }

  /** The next frame for the present socket; undefined when there is none or the window is full. */
  next(): Uint8Array<ArrayBuffer> | undefined {
    if (this.sent === this.kept.length && !this.cut()) return undefined;
    this.sent += 1;
    return this.kept[this.sent - 1];
  }

  /** The other side has the first `count` frames; false when that cannot be. */
  acknowledge(count: number): boolean {
    if (count < this.acknowledged || count > this.acknowledged + this.sent) return false;
    const gone = this.kept.splice(0, count - this.acknowledged);
    this.sent -= gone.length;
    this.acknowledged = count;
    for (const frame of gone) this.keptCost -= frameCost(frame);
    return true;
  }

  /** A new socket, over which the other side says that it has `count` frames; false when that cannot be. */
  restart(count: number): boolean {
    this.sent = this.kept.length;
    const possible = this.acknowledge(count);
    this.sent = 0;
    return possible;
  }

  /** Moves a frame of the waiting messages to `kept`; false when there is none or no room. */
  private cut(): boolean {
    if (this.keptCost >= windowCost) return false;
    for (;;) {
      const cut = this.frames?.next();
      if (cut?.done === false) return this.keep(cut.value);
      const message = this.messages.shift();
      if (message === undefined) return false;
      this.messageBytes -= message.length;
      this.frames = framesOf(message);
    }
  }

  private keep(frame: Uint8Array<ArrayBuffer>): true {
    this.kept.push(frame);
    this.keptCost += frameCost(frame);
    return true;
  }
}
