/** Changing the state of the run between two steps: back to the start, drawn anew, or kept while the clock begins anew. */
import type { StateChange } from '../../engine/protocol/messages.ts';
import { noCourses } from './courses.ts';
import type { RunParts } from './run-actions.ts';

export interface StateChanges {
  /** A run goes on with the changed state; nothing happens while the network cannot run. */
  changeState(change: StateChange): Promise<void>;
  /** The clock begins at 0 again; states and what was learnt stay. */
  resetTime(): Promise<void>;
}

/** `whenLoaded` does a task in its turn, where there is a network that can run. */
export function createStateChanges(
  { link, run, problems }: RunParts,
  whenLoaded: (task: () => Promise<unknown>) => Promise<void>,
): StateChanges {
  return {
    changeState: (change) => whenLoaded(() => link.engine().changeState(change)),
    resetTime: () =>
      whenLoaded(async () => {
        problems.getState().clearRun();
        run.setState({ courses: noCourses });
        await link.engine().resetTime({});
      }),
  };
}
