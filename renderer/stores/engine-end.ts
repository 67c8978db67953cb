/** What a person is told when the engine came to an end before its time. */
import { problem, type Problem } from '../../engine/base/problem.ts';
import type { FailureCause } from '../../engine/platform/seams.ts';
import { causeOf } from '../../engine/protocol/failure.ts';
import type { EngineEvent } from '../../engine/protocol/messages.ts';
import type { RunStoreState } from './run-store.ts';

type Crash = Extract<EngineEvent, { kind: 'crashed' }>;

/** The Problem of an end: what ended, why, in the middle of what, and how to go on. */
export function engineEnd(crash: Crash, run: RunStoreState): Problem {
  const { reason, part = 'engine' } = crash;
  const subject = part === 'engine' ? 'The engine' : 'The keeper of the records';
  const told = { hint: hint(run, part), cause: reason };
  return problem(
    'run/crashed',
    `${subject} ${verbs[crashCause(crash)]} ${activity(run)}. Your document is safe.`,
    told,
  );
}

/** The cause as it was told, else as the reason sounds. */
export function crashCause({ reason, cause = causeOf(reason) }: Crash): FailureCause {
  return cause;
}

const verbs: Readonly<Record<FailureCause, string>> = {
  fault: 'stopped unexpectedly',
  silence: 'did not answer any more and was ended',
  memory: 'ran out of memory',
  stopped: 'was stopped',
};

function activity({ engine, building, progress }: RunStoreState): string {
  if (engine.kind === 'starting' && !building) return 'while starting';
  if (building) return 'while building the network';
  const at = `at t = ${progress.simulatedSeconds.toPrecision(4)} s`;
  if (progress.state === 'running') return `while running, ${at}`;
  if (progress.state === 'paused' || progress.state === 'finished') return `while the run stood ${at}`;
  return 'while nothing ran';
}

function hint({ progress }: RunStoreState, part: 'engine' | 'history'): string {
  const records =
    progress.step === 0
      ? ''
      : part === 'engine'
        ? ' The plots keep what was recorded until then.'
        : ' The records of this run are lost.';
  return `Press Space to run it from the beginning, or start the engine again in the bar below.${records}`;
}
