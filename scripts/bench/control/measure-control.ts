/** Process that measures one part of how a run is kept in hand, and prints its figures as JSON. */
import { checkpointSizes } from './checkpoint-sizes.ts';
import { guardCosts } from './guard-cost.ts';
import { sessionTimes } from './session-times.ts';
import { threadGains } from './thread-gains.ts';
import { wayBackTimes } from './way-back-times.ts';

/** Turns of a full measurement, and of a quick one. */
const parts = {
  guard: { measure: guardCosts, turns: [30, 3] },
  checkpoints: { measure: checkpointSizes, turns: [10, 2] },
  'way back': { measure: wayBackTimes, turns: [3, 1] },
  session: { measure: sessionTimes, turns: [60, 5] },
  threads: { measure: threadGains, turns: [20, 3] },
} as const;

export type ControlPart = keyof typeof parts;

/** What this process is started with, as JSON in its only argument. */
export interface ControlRequest {
  readonly part: ControlPart;
  readonly quick: boolean;
}

const { part, quick } = JSON.parse(process.argv[2] ?? '') as ControlRequest;
const { measure, turns } = parts[part];
process.stdout.write(`${JSON.stringify(await measure(turns[quick ? 1 : 0]))}\n`);
