/** Runs a project as `spikeloom run` does, some times over, and times it. */
import { formatProblem } from '../../engine/base/problem.ts';
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import type { RunReport } from '../../electron/jobs/run-request.ts';
import { runDetached } from '../../electron/jobs/detached-run.ts';
import { startHelpers } from '../../electron/jobs/helper-threads.ts';
import { nodeMemory } from '../../electron/platform/node-memory.ts';
import { nodeClock } from '../../electron/platform/node-seams.ts';
import type { MeasuredRow } from './row.ts';

export interface RunWish {
  readonly workload: string;
  readonly precision: 'f64' | 'f32';
  readonly threads: number;
  readonly repeats: number;
}

const memoryLimitBytes = 16 * 2 ** 30;

/** The best of several runs of the document. What cannot be run throws: a benchmark that fails has no figures. */
export function measureRun(document: SpikeloomDocument, wish: RunWish): MeasuredRow {
  const first = runOnce(document, wish);
  // The process has made one network by now; more of them would wait for the garbage collector.
  const memoryBytes = process.resourceUsage().maxRSS * 1024;
  const others = Array.from({ length: wish.repeats - 1 }, () => runOnce(document, wish));
  const runs = [first, ...others];
  const simulations = runs.map(({ report }) => rounded(report.wallSeconds));
  return {
    workload: wish.workload,
    precision: wish.precision,
    threads: wish.threads,
    build_s: rounded(first.report.buildSeconds),
    sim_s: Math.min(...simulations),
    sim_all: simulations,
    cpu_s: rounded(Math.min(...runs.map(({ cpuSeconds }) => cpuSeconds))),
    steps: first.report.steps,
    neurons: first.report.cells,
    synapses: first.report.synapses,
    spikes: Object.values(first.report.spikes).reduce((sum, count) => sum + count, 0),
    memoryBytes,
  };
}

interface TimedRun {
  readonly report: RunReport;
  /** All threads, from the first step on. */
  readonly cpuSeconds: number;
}

function runOnce(document: SpikeloomDocument, { precision, threads }: RunWish): TimedRun {
  const helpers = startHelpers(threads);
  let started: NodeJS.CpuUsage | undefined;
  const { report, problems } = runDetached(
    { document, target: 'wasm', precision, record: false, memoryLimitBytes },
    {
      clock: nodeClock,
      memory: nodeMemory,
      // Asked before each chunk, so for the first time when everything is built.
      stopRequested() {
        started ??= process.cpuUsage();
        return false;
      },
      onProgress: () => undefined,
      ...(helpers.help === undefined ? {} : { help: helpers.help }),
    },
  );
  helpers.close();
  const { user, system } = process.cpuUsage(started);
  if (report === undefined || problems.some(({ severity }) => severity === 'error')) {
    throw new Error(`${document.name} does not run: ${problems.map(formatProblem).join('; ')}`);
  }
  return { report, cpuSeconds: (user + system) / 1e6 };
}

/** To a tenth of a millisecond. */
function rounded(seconds: number): number {
  return Math.round(seconds * 1e4) / 1e4;
}
