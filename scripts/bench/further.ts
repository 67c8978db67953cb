/** Measurements beside the workloads: gradients through time, what probes and the page cost, and how long an edit takes until the network runs. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from '../steps/build.mjs';
import { runTool } from '../steps/process.mjs';
import type { MeasureOptions } from './arguments.ts';
import { examplePath, measureProject, outputOf, repository } from './measure-project.ts';
import type { EditFigures } from './measure-edits.ts';
import type { TrainingRequest } from './measure-training.ts';
import type { MeasuredRow } from './row.ts';

const example = 'vogels-abbott';
const repeats = 7;
const stepsPerSecond = 10_000;

type Measurement = (options: MeasureOptions) => Promise<readonly MeasuredRow[]>;

export const furtherMeasurements: Readonly<Record<string, Measurement>> = {
  W7: measureTraining,
  W9: measureShowing,
  edit: measureEdits,
};

/** Gradients through time, of a batch. */
async function measureTraining({ precision, quick }: MeasureOptions): Promise<readonly MeasuredRow[]> {
  const request: TrainingRequest = { precision, repeats: quick ? 1 : 5 };
  const output = await outputOf(join(repository, '.cache/bench/measure-training.mjs'), JSON.stringify(request));
  return [JSON.parse(output) as MeasuredRow];
}

/** The Vogels–Abbott network without probes, with them, and in the page with its raster and traces showing. */
async function measureShowing(options: MeasureOptions): Promise<readonly MeasuredRow[]> {
  const common = { milliseconds: 1000, repeats };
  const headless = await measureProject(example, { ...common, workload: 'W9.headless', withoutProbes: true }, options);
  const probes = await measureProject(example, { ...common, workload: 'W9.probes' }, options);
  try {
    return [headless, probes, await measurePage(probes)];
  } catch (error) {
    process.stderr.write(`W9.page was not measured: ${String(error)}\n`);
    return [headless, probes];
  }
}

/** What the page measured: seconds of wall time for a simulated second. */
interface PageFigures {
  readonly simulatedSeconds: number;
  readonly wallSeconds: number;
}

async function measurePage(probes: MeasuredRow): Promise<MeasuredRow> {
  await ensureBuilt(['page', 'node']);
  const file = join(repository, '.cache/bench/page.json');
  rmSync(file, { force: true });
  const args = ['test', '--config', 'e2e/playwright.config.ts', '--project', 'bench', '--no-deps'];
  const env = { BENCH_PROJECT: examplePath(example), BENCH_FIGURES: file };
  const { code, output } = await runTool('@playwright/test', 'playwright', args, { output: 'keep', env });
  if (code !== 0) throw new Error(`the page could not be measured\n${output.trim()}`);
  const runs = JSON.parse(readFileSync(file, 'utf8')) as readonly PageFigures[];
  const seconds = runs.map(({ simulatedSeconds, wallSeconds }) => wallSeconds / simulatedSeconds);
  const shares = seconds.map((value) => Math.round(value * 1e4) / 1e4);
  return {
    ...probes,
    workload: 'W9.page',
    sim_s: Math.min(...shares),
    sim_all: shares,
    cpu_s: 0,
    steps: stepsPerSecond,
  };
}

/** The worst parameter and the worst equation, from the edited document to the first step, in a process that is warm. */
async function measureEdits({ precision }: MeasureOptions): Promise<readonly MeasuredRow[]> {
  const request = JSON.stringify({ project: examplePath(example), precision });
  const output = await outputOf(join(repository, '.cache/bench/measure-edits.mjs'), request);
  const { rows, medians } = JSON.parse(output) as EditFigures;
  for (const [name, seconds] of Object.entries(medians)) {
    process.stderr.write(`${name.padEnd(40)} ${(1000 * seconds).toFixed(1)} ms to the first step\n`);
  }
  return rows;
}
