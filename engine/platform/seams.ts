/** Seams: the only doors to clock, randomness, workers and memory. Platforms implement them, tests replace them. */

export interface Clock {
  /** Monotonic milliseconds with fractions. */
  now(): number;
  /** Milliseconds since 1970-01-01 UTC. */
  wallTime(): number;
  /** Resolves after about `milliseconds`; 0 = as soon as other messages had their turn. */
  wait(milliseconds: number): Promise<void>;
}

export interface RandomSource {
  bytes(count: number): Uint8Array;
}

/** Why the other side of a channel is gone: a fault of its own, no sign of life, no memory, or it was ended on purpose. */
export type FailureCause = 'fault' | 'silence' | 'memory' | 'stopped';

/** One end of a channel that carries structured-clone messages: a Worker, a MessagePort or a worker_threads port. */
export interface MessageChannelEnd {
  post(message: unknown, transfer?: readonly unknown[]): void;
  onMessage(handler: (message: unknown) => void): void;
  /** The other side died or sent what cannot be read. */
  onFailure(handler: (reason: string, cause?: FailureCause) => void): void;
  close(): void;
}

export interface MemoryProvider {
  /** Memory of `bytes` (rounded up to pages of 64 KiB). Shared when the host is cross-origin isolated and `shared` is asked for. */
  allocate(bytes: number, shared: boolean): WebAssembly.Memory;
}
