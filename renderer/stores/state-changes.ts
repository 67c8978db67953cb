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

/** What it shares with the other actions. */
interface Turns {
  enqueue(task: () => Promise<void>): Promise<void>;
  /** An engine that has the document as it is now. */
  present(): Promise<void>;
}

export function createStateChanges({ link, run, problems }: RunParts, { enqueue, present }: Turns): StateChanges {
  const whenLoaded = (task: () => Promise<unknown>): Promise<void> =>
    enqueue(async () => {
      await present();
      if (run.getState().load?.loaded === true) await task();
    });
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
