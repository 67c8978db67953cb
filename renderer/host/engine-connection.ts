/** Starts an engine worker with its history worker, watched both, and joins the two. */
import { createEngineClient } from '../../engine/client/engine-client.ts';
import { createHistoryClient } from '../../engine/client/history-client.ts';
import { joinHelpers } from '../../engine/client/join-helpers.ts';
import { joinWorkers } from '../../engine/client/join-workers.ts';
import { watchEnd } from '../../engine/client/watchdog.ts';
import type { MessageChannelEnd } from '../../engine/platform/seams.ts';
import { usualThreads } from '../../engine/runtime/usual-threads.ts';
import { createPageClock } from './clock.ts';
import engineUrl from './engine-worker.ts?worker&url';
import historyUrl from './history-worker.ts?worker&url';
import stepUrl from './step-worker.ts?worker&url';
import { createTrustedWorker, workerEnd } from './trusted-workers.ts';

export function startEngineConnection() {
  const engineEnd = startWatched(engineUrl, 'engine');
  const historyEnd = startWatched(historyUrl, 'history');
  joinWorkers(engineEnd, historyEnd);
  const helpers = startHelpers();
  joinHelpers(engineEnd, helpers);
  const engine = createEngineClient(engineEnd);
  const history = createHistoryClient(historyEnd);
  return {
    engine,
    history,
    dispose() {
      engine.dispose();
      history.dispose();
      for (const helper of helpers) helper.close();
    },
  };
}

/** As many threads as a run usually has, the engine's own among them; none where memory cannot be shared. */
function startHelpers(): readonly MessageChannelEnd[] {
  if (globalThis.crossOriginIsolated !== true) return [];
  const threads = usualThreads(navigator.hardwareConcurrency);
  return Array.from({ length: threads - 1 }, (_, number) =>
    workerEnd(createTrustedWorker(stepUrl, `steps ${number + 2}`)),
  );
}

function startWatched(url: string, name: string): MessageChannelEnd {
  const shared = globalThis.crossOriginIsolated === true;
  return watchEnd(workerEnd(createTrustedWorker(url, name)), { clock: createPageClock(), shared });
}
