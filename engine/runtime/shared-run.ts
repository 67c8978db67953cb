/** The steps of a simulation, by one thread or with the help of a team. */
import type { CompiledProgram, StepFunction } from '../codegen/compiled.ts';
import type { Clock } from '../platform/seams.ts';
import type { ChosenThreads, ThreadGain } from './chosen-threads.ts';
import { chooseThreads } from './chosen-threads.ts';
import type { TeamRun, ThreadTeam } from './thread-team.ts';

/** Threads that may help with a run. */
export interface HelpedBy {
  readonly team: ThreadTeam;
  /** Tells which is faster, one thread or all. */
  readonly clock: Clock;
}

export interface SharedRun extends ChosenThreads {
  /** Lets the helpers go. */
  leave(): void;
}

/** Steps that a team helps with from the first one on: until then memory gets its contents. */
export function shareRun(compiled: CompiledProgram, memory: WebAssembly.Memory, help: HelpedBy | undefined): SharedRun {
  const one = compiled.instantiate(memory);
  if (help === undefined || compiled.threads === undefined) return { ...alone(one), leave: () => undefined };
  let joined: TeamRun | undefined;
  let chosen: ChosenThreads | undefined;
  const start = (): ChosenThreads => {
    joined = help.team.join(compiled, memory, help.clock);
    return joined === undefined ? alone(one) : chooseThreads(one, joined, help.clock);
  };
  return {
    run: (firstStep, count) => (chosen ??= start()).run(firstStep, count),
    threads: () => chosen?.threads() ?? onlyOne,
    leave: () => joined?.leave(),
  };
}

const onlyOne: ThreadGain = { threads: 1, gain: 1 };

function alone(run: StepFunction): ChosenThreads {
  return { run, threads: () => onlyOne };
}
