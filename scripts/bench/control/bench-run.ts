/** Workloads as simulations that can be put back to where they were, for measurements within one process. */
import { defined } from '../../../engine/base/assert.ts';
import { expectOk } from '../../../engine/base/result.ts';
import { prepareRun } from '../../../engine/library/prepare-run.ts';
import type { PreparedRun } from '../../../engine/library/prepare-run.ts';
import type { SpikeloomDocument } from '../../../engine/model/document.ts';
import type { HelpedBy } from '../../../engine/runtime/shared-run.ts';
import { createSimulation, type Simulation } from '../../../engine/runtime/simulation.ts';
import { createLiveRidge } from '../../../engine/training/live-ridge.ts';
import { nodeFileSystem } from '../../../electron/platform/node-file-system.ts';
import { nodeMemory } from '../../../electron/platform/node-memory.ts';
import { documentOf, readProjectAt } from '../../../electron/platform/project-storage.ts';
import { examplePath } from '../measure-project.ts';
import { workloads } from '../workloads.ts';

/** Steps at once, as a run of the command line takes them. */
const chunkSteps = 256;
const limitBytes = 8 * 2 ** 30;

/** The document of a workload. */
export async function workloadDocument(id: string): Promise<SpikeloomDocument> {
  const { example } = defined(
    workloads.find((workload) => workload.id === id),
    id,
  );
  return expectOk(documentOf(await readProjectAt(nodeFileSystem, examplePath(example))));
}

export async function preparedWorkload(id: string): Promise<PreparedRun> {
  return expectOk(prepareRun(await workloadDocument(id)));
}

export interface BenchOptions {
  readonly guard?: 'on' | 'off';
  readonly help?: HelpedBy | undefined;
}

export function simulate({ program }: PreparedRun, { guard = 'on', help }: BenchOptions = {}): Simulation {
  const helped = help === undefined ? {} : { help, shared: true };
  const request = {
    program,
    target: 'wasm',
    memory: nodeMemory,
    trainerFor: createLiveRidge,
    guard,
    limitBytes,
  } as const;
  return expectOk(createSimulation({ ...request, ...helped }));
}

/** Executes steps as a run does. Throws when the run has a Problem: it would not be the one to be measured. */
export function advance(simulation: Simulation, steps: number): void {
  for (let left = steps; left > 0; left -= chunkSteps) {
    const problems = simulation.advance(Math.min(left, chunkSteps));
    if (problems.length > 0) throw new Error(problems[0]?.message);
  }
}

/** The same steps again and again: `prepare` goes back to where they begin. */
export function repeatable(simulation: Simulation, steps: number): { prepare(): void; work(): void } {
  const from = simulation.capture();
  return {
    prepare: () => simulation.restore(from),
    work: () => advance(simulation, steps),
  };
}
