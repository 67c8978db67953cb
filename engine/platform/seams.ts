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

/** Processes by name. Names are never used again, not even after a restart of the machine. */
export interface Processes {
  /** Name of this process: decimal process id, then two groups of 8 hexadecimal digits, joined by `-`. */
  readonly own: string;
  /** Whether the process of this name runs. One of another machine counts as running: nothing is known of it. */
  isRunning(name: string): boolean;
}

/** One end of a channel to a worker, which tells when the worker is gone. */
export interface WorkerEnd extends MessageChannelEnd {
  /** The worker ended by itself or died; `reason` is undefined when it ended well. */
  onEnd(handler: (reason: string | undefined) => void): void;
}

/** Starts workers. */
export interface WorkerFactory {
  /** Starts the script of this name with `data` that it can read at once. */
  start(name: string, data: unknown): WorkerEnd;
}
