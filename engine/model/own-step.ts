/** Steps of elements: the run's, or a whole multiple of it. */
import { placed, problem } from '../base/problem.ts';
import type { Problem } from '../base/problem.ts';
import type { Result } from '../base/result.ts';
import { failed, ok } from '../base/result.ts';
import { checkDimension } from '../units/convert.ts';
import { printQuantity } from '../units/quantity.ts';
import type { ElementRecord, RunSettings } from './document.ts';
import { elementName } from './names.ts';

/**
 * The pace of what has a step of its own: in step n of the run it is computed where n mod `every` = 0, as step n / every
 * of a run in these steps.
 */
export interface Pace {
  /** Steps of the run in one of its own; at least 2. */
  readonly every: number;
  /** Length of its own step. */
  readonly timeStepSeconds: number;
}

/** Decimal times are not exact in binary: a multiple may miss by so much of itself. */
const tolerance = 1e-9;

/** Steps are counted in 32 bits. */
const mostSteps = 2 ** 31 - 1;

/** The pace of an element; undefined where its step is the run's. Fails with `model/time-step` or `model/parameter-dimension`. */
export function paceOf(record: ElementRecord, run: RunSettings, runStepSeconds: number): Result<Pace | undefined> {
  if (record.timeStep === undefined) return ok(undefined);
  const seconds = checkDimension(record.timeStep, 's', `the step of ${elementName(record)}`);
  const at = { element: record.id, path: 'timeStep' };
  if (!seconds.ok) return { ...seconds, problems: seconds.problems.map((found) => placed(found, at)) };
  const timeStepSeconds = seconds.value;
  const ratio = timeStepSeconds / runStepSeconds;
  const every = Math.round(ratio);
  if (every >= 1 && every <= mostSteps && Math.abs(ratio - every) <= tolerance * every)
    return ok(every === 1 ? undefined : { every, timeStepSeconds });
  return failed(noMultiple(record, run));
}

function noMultiple(record: ElementRecord, { timeStep }: RunSettings): Problem {
  const given = record.timeStep === undefined ? '' : printQuantity(record.timeStep);
  const allowed = printQuantity(timeStep);
  return problem(
    'model/time-step',
    `The step of ${elementName(record)} is ${given}; it has to be a whole multiple of the run's time step, ${allowed}.`,
    {
      hint: `Choose ${allowed} times 1, 2, 3 …, leave it empty for the run's step, or choose another time step for the run.`,
      at: { element: record.id, path: 'timeStep' },
    },
  );
}
