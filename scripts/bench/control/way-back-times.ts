/** How long a way back takes where checkpoints are far between: steps are repeated, slice by slice. */
import { checkpointBudgetBytes } from '../../../engine/worker/run-memory.ts';
import { LoadedRun } from '../../../engine/worker/loaded-run.ts';
import { createProbeFeed } from '../../../engine/worker/probe-feed.ts';
import { unwatched } from '../../../engine/worker/pulse.ts';
import { CheckpointHistory, checkpointInterval } from '../../../engine/runtime/checkpoint-history.ts';
import { nodeClock } from '../../../electron/platform/node-seams.ts';
import { preparedWorkload, simulate } from './bench-run.ts';
import { millisecondsText, type Figure } from './figure.ts';

/** Simulated seconds of W2b, whose checkpoints do not all fit: and the greatest gap between those that were kept. */
const seconds = 10;

export async function wayBackTimes(turns: number): Promise<Figure[]> {
  const simulation = simulate(await preparedWorkload('W2b'));
  const { timeStepSeconds } = simulation.program;
  // What a longer run has: a share of the budget, so that the gaps come within seconds.
  const history = new CheckpointHistory(checkpointBudgetBytes / 4, timeStepSeconds);
  const parts = { simulation, feed: createProbeFeed(false), clock: nodeClock, pulse: unwatched, history };
  const run = new LoadedRun(parts, null);
  const end = Math.round(seconds / timeStepSeconds);
  runTo(run, end);
  const { from, gap } = widestGap(history.steps());
  const whole: number[] = [];
  const slices: number[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    const start = performance.now();
    const target = run.restoreBefore(from + gap - 1) ?? 0;
    for (let done = false; !done;) {
      const slice = performance.now();
      done = run.repeat(target);
      slices.push(performance.now() - slice);
    }
    run.settleBack();
    whole.push(performance.now() - start);
    history.truncate(from);
  }
  simulation.dispose();
  const dense = checkpointInterval(timeStepSeconds);
  return [
    {
      what: `back into the widest gap, W2b, ${gap} steps (where checkpoints lie dense: ${dense})`,
      measured: `${millisecondsText(Math.min(...whole))}; slices of ${millisecondsText(Math.max(...slices))} at most`,
    },
  ];
}

function runTo(run: LoadedRun, end: number): void {
  run.stopAfter(end);
  while (!run.stopped()) {
    const { problems } = run.slice();
    if (problems.length > 0) throw new Error(problems[0]?.message);
  }
}

function widestGap(steps: readonly number[]): { readonly from: number; readonly gap: number } {
  const gaps = steps.slice(1).map((step, index) => step - (steps[index] ?? 0));
  const gap = Math.max(...gaps);
  return { from: steps[gaps.indexOf(gap)] ?? 0, gap };
}
