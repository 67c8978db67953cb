/** Threads that help with the steps of a run on the Node side. */
import { availableParallelism } from 'node:os';
import { createThreadTeam } from '../../engine/runtime/thread-team.ts';
import type { HelpedBy } from '../../engine/runtime/shared-run.ts';
import { usualThreads } from '../../engine/runtime/usual-threads.ts';
import { nodeClock } from '../platform/node-seams.ts';
import { nodeThreads } from '../platform/node-threads.ts';

/** Name of the script of a helper. */
const helperName = 'step-thread';

export interface HelperThreads {
  /** Undefined where one thread is all there is. */
  readonly help: HelpedBy | undefined;
  close(): void;
}

/**
 * Starts what is needed for so many threads in all, at most one for each core; `auto`: as many as in the workbench, of
 * which a run uses one where all of them are no faster.
 */
export function startHelpers(threads: number | 'auto'): HelperThreads {
  const cores = availableParallelism();
  const count = (threads === 'auto' ? usualThreads(cores) : Math.min(threads, cores)) - 1;
  const helpers = Array.from({ length: Math.max(0, count) }, () => nodeThreads.start(helperName, undefined));
  const help = helpers.length === 0 ? undefined : { team: createThreadTeam(helpers), clock: nodeClock };
  return {
    help,
    close() {
      for (const helper of helpers) helper.close();
    },
  };
}
