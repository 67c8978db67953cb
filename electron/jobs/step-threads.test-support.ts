/** Real threads that help with the steps of runs under test, and clocks by which now one thread seems faster and now all. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { build } from 'vite';
import { createUniformSource } from '../../engine/base/random.ts';
import type { Clock } from '../../engine/platform/seams.ts';
import type { HelpedBy } from '../../engine/runtime/shared-run.ts';
import type { HelperThread, TeamRun } from '../../engine/runtime/thread-team.ts';
import { createThreadTeam } from '../../engine/runtime/thread-team.ts';

/** Folder of the repository. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

export interface StepThreads {
  /** So many threads, the calling one among them. All teams share the workers: one after the other. */
  helpOf(threads: number): HelpedBy;
  /** Steps that teams have executed. */
  steps(): number;
  close(): Promise<void>;
}

/** Builds the script of a helper and starts as many as a team of `most` threads needs. */
export async function startStepThreads(most: number): Promise<StepThreads> {
  const folder = await mkdtemp(join(tmpdir(), 'spikeloom-threads-'));
  await build({
    ...{ root, configFile: false, publicDir: false, logLevel: 'silent', ssr: { noExternal: true } },
    build: {
      ...{ ssr: true, outDir: folder, target: 'node20', minify: false },
      rollupOptions: {
        input: { 'step-thread': join(root, 'electron/jobs/step-thread.ts') },
        output: { format: 'es', entryFileNames: '[name].mjs' },
      },
    },
  });
  const workers = Array.from({ length: most - 1 }, () => new Worker(join(folder, 'step-thread.mjs')));
  let steps = 0;
  const counted = (joined: TeamRun): TeamRun => ({
    ...joined,
    // A run under test does not go on alone until the helpers have come.
    present: true,
    get over() {
      return joined.over;
    },
    run(firstStep, count) {
      const executed = joined.run(firstStep, count);
      steps += executed;
      return executed;
    },
  });
  return {
    steps: () => steps,
    helpOf(threads) {
      const helpers = workers.slice(0, threads - 1).map((worker): HelperThread => {
        return { post: (message) => worker.postMessage(message) };
      });
      const team = createThreadTeam(helpers);
      const join = (...run: Parameters<typeof team.join>): TeamRun | undefined => {
        const joined = team.join(...run);
        return joined === undefined ? undefined : counted(joined);
      };
      return { team: { threads, join }, clock: fickleClock(threads) };
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.terminate()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A clock after which a piece takes now long and now short: sometimes one thread seems faster, sometimes all of them. */
function fickleClock(seed: number): Clock {
  const uniform = createUniformSource(seed);
  let now = 0;
  return { now: () => (now += 0.05 + 0.1 * uniform.next()), wallTime: () => now, wait: () => Promise.resolve() };
}
