/** Input cut into batches that the board can take (Rockpool 1.0.7, RecDynapSE). */
import { problem } from '../../base/problem.ts';
import { failed, ok, type Result } from '../../base/result.ts';
import { eventLimit } from './limits.ts';

export interface InputBatch {
  /** Steps of the events from the start of the whole input on, and their channels. */
  readonly steps: Int32Array;
  readonly channels: Int32Array;
  readonly firstStep: number;
  readonly stepCount: number;
}

/** The most that a batch may be. */
export interface BatchLimits {
  readonly steps?: number;
  readonly events?: number;
}

/**
 * Batches one after the other: each ends after the most steps, or, with more events than it may have, at the step of the first
 * event that is too many, which goes to the next. Steps do not fall. Problem `model/parameter-range` for limits that are not
 * whole numbers of at least 1, or for more events than the board takes.
 */
export function inputBatches(
  steps: ArrayLike<number>,
  channels: ArrayLike<number>,
  stepCount: number,
  limits: BatchLimits = {},
): Result<readonly InputBatch[]> {
  const { steps: mostSteps = Math.max(1, stepCount), events: mostEvents = eventLimit } = limits;
  if (!isCount(mostSteps))
    return failed(notAllowed('The most steps of a batch', mostSteps, 'a whole number of at least 1'));
  if (!isCount(mostEvents) || mostEvents > eventLimit)
    return failed(notAllowed('The most events of a batch', mostEvents, `a whole number between 1 and ${eventLimit}`));
  const whole = { steps: Int32Array.from(steps), channels: Int32Array.from(channels) };
  const batches: InputBatch[] = [];
  let next = { step: 0, event: 0 };
  while (next.step < stepCount) {
    const end = batchEnd(steps, next, { step: Math.min(stepCount, next.step + mostSteps), events: mostEvents });
    batches.push({
      steps: whole.steps.slice(next.event, end.event),
      channels: whole.channels.slice(next.event, end.event),
      firstStep: next.step,
      stepCount: end.step - next.step,
    });
    next = end;
  }
  return ok(batches);
}

interface Place {
  readonly step: number;
  readonly event: number;
}

/** Where a batch ends that may go on to a step and have so many events. */
function batchEnd(
  steps: ArrayLike<number>,
  from: Place,
  most: { readonly step: number; readonly events: number },
): Place {
  let event = from.event;
  while (event < steps.length && (steps[event] as number) < most.step) event += 1;
  if (event - from.event <= most.events) return { step: most.step, event };
  const first = from.event + most.events;
  return { step: steps[first] as number, event: first };
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 1;
}

function notAllowed(what: string, given: number, allowed: string) {
  return problem('model/parameter-range', `${what} is ${given}; it must be ${allowed}.`);
}
