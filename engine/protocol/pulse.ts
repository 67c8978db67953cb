/** Pulse: how a worker shows that it is alive, and that it knows of long work it is in. */

/** 32-bit words of the shared pulse: a count that grows while the worker lives; not 0 while it is in long work. */
export const pulseWord = { beats: 0, long: 1 } as const;
export const pulseBytes = 8;

export type PulseMessage =
  /** To the worker, first of all: where it beats; without shared memory it answers by messages. */
  | { readonly pulse: 'watch'; readonly words: SharedArrayBuffer | undefined }
  /** To the worker: one beat is wanted, however idle it is. */
  | { readonly pulse: 'ask' }
  /** From the worker, where memory is not shared. */
  | { readonly pulse: 'beat'; readonly long: boolean };

/** Whether a message belongs to the pulse. */
export function isPulseMessage(message: unknown): message is PulseMessage {
  return typeof message === 'object' && message !== null && 'pulse' in message;
}
