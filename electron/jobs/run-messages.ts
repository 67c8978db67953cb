/** Messages between the thread of a detached run and the one that started it. */
import type { RunOutcome, RunProgress, RunRequest } from './run-request.ts';

/** What the thread is started with. */
export interface RunThreadData {
  readonly request: RunRequest;
  /** One Int32: not 0 = stop soon. Shared, because the thread reads no messages while it runs. */
  readonly stop: SharedArrayBuffer;
}

export type RunThreadMessage =
  | { readonly kind: 'progress'; readonly progress: RunProgress }
  | { readonly kind: 'checkpoint'; readonly file: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'finished'; readonly outcome: RunOutcome };

/** Name of the thread's script. */
export const runThreadName = 'run-thread';
