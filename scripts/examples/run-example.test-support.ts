/** Runs an example without a window, on WebAssembly, and hands out what its probes recorded. */
import { runDetached } from '../../electron/jobs/detached-run.ts';
import type { ReadoutScore, RunReport } from '../../electron/jobs/run-request.ts';
import { nodeMemory } from '../../electron/platform/node-memory.ts';
import { nodeClock } from '../../electron/platform/node-seams.ts';
import { defined } from '../../engine/base/assert.ts';
import { expectOk } from '../../engine/base/result.ts';
import { readNpz } from '../../engine/formats/npz.ts';
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import type { NumericArray } from '../../engine/model/validated.ts';

export interface ExampleRun {
  readonly report: RunReport;
  /** Score of the readout of that name. */
  score(readout: string): ReadoutScore & { readonly nrmse: number };
  /** Samples [steps, channels] of a probe, `Readout.prediction`. */
  samples(probe: string): NumericArray;
  /** Times in seconds of the spikes of each cell of a probe, `Cells.spikes`. */
  spikeTimes(probe: string, cells: number): readonly number[][];
}

export function runExample(document: SpikeloomDocument): ExampleRun {
  const { report, problems, archive } = runDetached(
    { document, target: 'wasm', record: true },
    { clock: nodeClock, memory: nodeMemory, stopRequested: () => false, onProgress: () => undefined },
  );
  if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join(' '));
  const arrays = expectOk(readNpz(defined(archive, 'an archive')));
  const found = (name: string): NumericArray => defined(arrays.get(name), name);
  const done = defined(report, 'a report');
  return {
    report: done,
    score: (readout) => {
      const score = defined(
        done.readouts.find(({ name }) => name === readout),
        readout,
      );
      return { ...score, nrmse: defined(score.nrmse ?? undefined, `a score of ${readout}`) };
    },
    samples: (probe) => found(`${probe}/samples`),
    spikeTimes(probe, cells) {
      const [times, owners] = [found(`${probe}/times`).values, found(`${probe}/cells`).values];
      const byCell = Array.from({ length: cells }, (): number[] => []);
      times.forEach((time, place) => byCell[owners[place] as number]?.push(time));
      return byCell;
    },
  };
}
