/** Starts an engine worker with its history worker and joins the two. */
import { createEngineClient } from '../../engine/client/engine-client.ts';
import { createHistoryClient } from '../../engine/client/history-client.ts';
import { joinWorkers } from '../../engine/client/join-workers.ts';
import engineUrl from './engine-worker.ts?worker&url';
import historyUrl from './history-worker.ts?worker&url';
import { createTrustedWorker, workerEnd } from './trusted-workers.ts';

export function startEngineConnection() {
  const engineEnd = workerEnd(createTrustedWorker(engineUrl, 'engine'));
  const historyEnd = workerEnd(createTrustedWorker(historyUrl, 'history'));
  joinWorkers(engineEnd, historyEnd);
  const engine = createEngineClient(engineEnd);
  const history = createHistoryClient(historyEnd);
  return {
    engine,
    history,
    dispose() {
      engine.dispose();
      history.dispose();
    },
  };
}
