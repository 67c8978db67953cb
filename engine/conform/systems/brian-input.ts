/** Which events a call of a Brian-based layer reads, and the steps that Brian puts them into. */
import { problem } from '../../base/problem.ts';
import { andThen, failed, ok, type Result } from '../../base/result.ts';
import type { NumericArray } from '../../model/validated.ts';
import { eventsBetween } from '../../timeseries/cut-events.ts';
import type { EventSeries } from '../../timeseries/event-series.ts';
import { rowsFor } from './event-layers.ts';

/** Where a layer stands between two calls. */
export interface BrianClock {
  readonly timeStepSeconds: number;
  /** Steps since the last reset of time. */
  readonly first: number;
  /** Brian's time in seconds: the sum of the durations of all calls, which rounding may put beside `first` steps. */
  readonly time: number;
}

/** The clock after so many steps. */
export function later({ timeStepSeconds, first, time }: BrianClock, steps: number): BrianClock {
  return { timeStepSeconds, first: first + steps, time: time + steps * timeStepSeconds };
}

/** Whether what happens in a step counts as later than the start of the call; rounding can put its first step before that. */
export function isReported({ timeStepSeconds, time }: BrianClock, step: number): boolean {
  return step * timeStepSeconds >= time;
}

/** Events of a call as rows, one per step, in bins ⌊(t + dt/1000)/dt⌋ of the clock; what Brian refuses is a Problem. */
export function brianEventRows(
  series: EventSeries | undefined,
  { timeStepSeconds, first, time: start }: BrianClock,
  steps: number,
  inputs: number,
): Result<NumericArray> {
  const values = new Float64Array(steps * inputs);
  if (series === undefined || steps === 0) return ok(rowsFor(values, steps, inputs));
  const stop = start + (steps - 1) * timeStepSeconds + timeStepSeconds;
  return andThen(eventsBetween(series, start, stop), ({ times, channels }) => {
    for (const [event, time] of times.entries()) {
      const bin = Math.floor((time + 1e-3 * timeStepSeconds) / timeStepSeconds) - first;
      const channel = channels[event] as number;
      if (bin < 0 || bin >= steps) continue;
      if (channel >= inputs)
        return failed(refused(`An event is on channel ${channel}, but there are ${inputs} inputs.`));
      const place = bin * inputs + channel;
      if (values[place] === 1) return failed(refused(`Two events of channel ${channel} lie in the same time step.`));
      values[place] = 1;
    }
    return ok(rowsFor(values, steps, inputs));
  });
}

function refused(message: string) {
  return problem('timeseries/invalid', message, { hint: 'Give each input one event per time step at most.' });
}
