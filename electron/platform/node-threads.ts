/** Threads of Node: started by the name of their built script, ended for certain. */
import { existsSync } from 'node:fs';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { defined } from '../../engine/base/assert.ts';
import { builtScript } from './program-folders.ts';

export interface Thread {
  onMessage(handler: (message: unknown) => void): void;
  /** The thread ended by itself or died; `reason` is undefined when it ended well. */
  onEnd(handler: (reason: string | undefined) => void): void;
  post(message: unknown): void;
  terminate(): Promise<void>;
}

/** Starts `dist/electron/NAME.js` in a thread of its own, with `data`. */
export function startThread(name: string, data: unknown): Thread {
  const script = builtScript(name);
  if (!existsSync(script)) throw new Error(`${script} is not built: npm run build`);
  const worker = new Worker(script, { workerData: data });
  let failure: string | undefined;
  worker.on('error', (error) => (failure = error.stack ?? error.message));
  worker.on('messageerror', (error) => (failure = error.message));
  return {
    onMessage: (handler) => void worker.on('message', handler),
    onEnd: (handler) =>
      void worker.once('exit', (code) => handler(failure ?? (code === 0 ? undefined : `it ended with code ${code}`))),
    post: (message) => worker.postMessage(message),
    terminate: async () => void (await worker.terminate()),
  };
}

/** The side inside the thread. */
export interface ThreadSelf {
  readonly data: unknown;
  post(message: unknown, transfer?: readonly ArrayBuffer[]): void;
}

/** This thread, which must not be the main one. */
export function ownThread(): ThreadSelf {
  const port = defined(parentPort, 'this is the main thread');
  return { data: workerData, post: (message, transfer = []) => port.postMessage(message, [...transfer]) };
}
