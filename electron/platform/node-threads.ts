/** Threads of Node: started by the name of their built script, ended for certain. */
import { existsSync } from 'node:fs';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import type { Transferable } from 'node:worker_threads';
import { defined } from '../../engine/base/assert.ts';
import type { WorkerEnd, WorkerFactory } from '../../engine/platform/seams.ts';
import { builtScript } from './program-folders.ts';

/** Starts `dist/electron/NAME.js` in a thread of its own. */
export const nodeThreads: WorkerFactory = {
  start(name, data) {
    const script = builtScript(name);
    if (!existsSync(script)) throw new Error(`${script} is not built: npm run build`);
    return endOfThread(new Worker(script, { workerData: data }));
  },
};

/** A channel to a thread, which also tells when it ends. */
export function endOfThread(worker: Worker): WorkerEnd {
  let failure: string | undefined;
  worker.on('error', (error) => (failure = error.stack ?? error.message));
  worker.on('messageerror', (error) => (failure = error.message));
  return {
    post: (message, transfer = []) => worker.postMessage(message, transfer as Transferable[]),
    onMessage: (handler) => void worker.on('message', handler),
    onFailure(handler) {
      worker.on('error', (error) => handler(error.message));
      worker.on('messageerror', (error) => handler(error.message));
    },
    onEnd: (handler) =>
      void worker.once('exit', (code) => handler(failure ?? (code === 0 ? undefined : `it ended with code ${code}`))),
    close: () => void worker.terminate(),
  };
}

/** The side inside the thread. */
export interface ThreadSelf {
  readonly data: unknown;
  post(message: unknown, transfer?: readonly ArrayBuffer[]): void;
  onMessage(handler: (message: unknown) => void): void;
}

/** This thread, which must not be the main one. */
export function ownThread(): ThreadSelf {
  const port = defined(parentPort, 'this is the main thread');
  return {
    data: workerData,
    post: (message, transfer = []) => port.postMessage(message, [...transfer]),
    onMessage: (handler) => void port.on('message', handler),
  };
}
