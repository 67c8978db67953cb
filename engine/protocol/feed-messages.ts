/** Messages from the engine worker to the history worker: which streams there are, and the batches where memory isn't shared. */
import type { PortLike } from '../platform/port-end.ts';
import type { CreditBatch } from './credit.ts';
import type { ProbeInformation } from './messages.ts';
import type { RingBuffer } from './ring.ts';

/** Where the records of a probe come from. A stream number is never used for another stream of the same engine. */
export type ProbeFeed =
  | { readonly kind: 'ring'; readonly stream: number; readonly buffer: RingBuffer }
  | { readonly kind: 'credit'; readonly stream: number };

export interface FedProbe {
  readonly information: ProbeInformation;
  readonly feed: ProbeFeed;
  /**
   * The run went back: the records of the stream `stream`, all of which were published before this message, stay as far
   * as they are of steps before `beforeStep`; this stream goes on from there.
   */
  readonly continues?: { readonly stream: number; readonly beforeStep: number };
}

export type FeedMessage =
  /**
   * These probes and no others. A probe that keeps its stream keeps what was recorded; one with a new stream starts
   * empty (a reset gives new streams to all) unless it continues another. Steps are `timeStepSeconds` long.
   */
  | { readonly feed: 'probes'; readonly timeStepSeconds: number; readonly probes: readonly FedProbe[] }
  | { readonly feed: 'batch'; readonly stream: number; readonly batch: CreditBatch };

/** Back to the engine worker: so many records of the stream have been received. */
export interface FeedGrant {
  readonly feed: 'grant';
  readonly stream: number;
  readonly received: number;
}

/** Whether a message belongs to the feed. */
export function isFeedMessage(message: unknown): message is FeedMessage | FeedGrant {
  return typeof message === 'object' && message !== null && 'feed' in message;
}

/** The first message to both workers beside requests: the port over which the two talk to each other. */
export interface JoinMessage {
  readonly join: PortLike;
}

/** Whether a message brings the port to the other worker. */
export function isJoinMessage(message: unknown): message is JoinMessage {
  return typeof message === 'object' && message !== null && 'join' in message;
}
