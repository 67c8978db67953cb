/** Run settings: time step and duration in seconds, or why they cannot be run. */
import { placed, problem } from '../base/problem.ts';
import { failed, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { checkDimension } from '../units/convert.ts';
import { printQuantity } from '../units/quantity.ts';
import type { RunSettings } from './document.ts';

/** The smallest tick of time, 1 ps. */
const tickSeconds = 1e-12;

/** Times of a run in SI units. */
export interface RunTimes {
  readonly timeStepSeconds: number;
  /** undefined = open-ended. */
  readonly durationSeconds: number | undefined;
}

/** Both times, or all their problems (`model/time-step`, `run/duration`, `model/parameter-dimension`, `units/…`). */
export function resolveRunTimes(run: RunSettings): Result<RunTimes> {
  const step = timeStep(run);
  const duration = durationOf(run);
  if (!step.ok || !duration.ok) return failed(...step.problems, ...duration.problems);
  if (duration.value !== undefined && duration.value / step.value > Number.MAX_SAFE_INTEGER) {
    return failed(
      problem('run/duration', 'The run has more steps than can be counted (2⁵³).', { at: { path: 'run.duration' } }),
    );
  }
  return ok({ timeStepSeconds: step.value, durationSeconds: duration.value });
}

function timeStep(run: RunSettings): Result<number> {
  const seconds = placedAt(checkDimension(run.timeStep, 's', 'the time step'), 'run.timeStep');
  if (!seconds.ok || (Number.isFinite(seconds.value) && seconds.value >= tickSeconds)) return seconds;
  return failed(
    problem(
      'model/time-step',
      `The time step is ${printQuantity(run.timeStep)}; it has to be a time of at least 1 ps.`,
      {
        hint: 'Common steps are 0.1 ms and 1 ms.',
        at: { path: 'run.timeStep' },
      },
    ),
  );
}

function durationOf(run: RunSettings): Result<number | undefined> {
  if (run.duration === null) return ok(undefined);
  const seconds = placedAt(checkDimension(run.duration, 's', 'the duration'), 'run.duration');
  if (!seconds.ok || (Number.isFinite(seconds.value) && seconds.value > 0)) return seconds;
  return failed(
    problem('run/duration', `The duration is ${printQuantity(run.duration)}; it has to be longer than nothing.`, {
      hint: 'Leave it empty to run until you stop.',
      at: { path: 'run.duration' },
    }),
  );
}

function placedAt<T>(result: Result<T>, path: string): Result<T> {
  return { ...result, problems: result.problems.map((found) => placed(found, { path })) };
}
