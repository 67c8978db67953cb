/** The first thread of several: binds its part of a run, has the helpers join, and gives all of them work. */
import { assert, defined } from '../base/assert.ts';
import type { CompiledProgram, StepFunction } from '../codegen/compiled.ts';
import { viewOf } from '../codegen/layout.ts';
import { controlSignal, controlWords, workWithoutSteps } from '../codegen/threads/control.ts';
import { fillSplits } from '../codegen/threads/row-splits.ts';
import { bindRun } from '../codegen/wasm/bind-run.ts';
import type { Clock } from '../platform/seams.ts';
import type { JoinMessage } from './step-helper.ts';
import { measurePatience, usualPatience } from './wait-patience.ts';

/** A helper thread, idle or in one run. */
export interface HelperThread {
  post(message: JoinMessage): void;
}

/** A run by several threads. */
export interface TeamRun {
  readonly threads: number;
  /** Executes steps with all threads, as a function of one thread would; only until the helpers are let go. */
  readonly run: StepFunction;
  /** Whether all helpers have come. Until then `run` waits for them. */
  readonly present: boolean;
  /** Whether the helpers were let go. */
  readonly over: boolean;
  /** Lets the helpers go. */
  leave(): void;
}

/** Helper threads that belong to one run at a time. */
export interface ThreadTeam {
  /**
   * Has the helpers join a run whose memory has its initial contents; they leave the run they were in. Undefined where the
   * program cannot be shared by as many threads as there are helpers and one, or where its rows of synapses are not in the
   * order of their targets. The clock tells how long they look for each other before they sleep.
   */
  join(compiled: CompiledProgram, memory: WebAssembly.Memory, clock: Clock): TeamRun | undefined;
  /** Helpers and the thread that leads them. */
  readonly threads: number;
}

export function createThreadTeam(helpers: readonly HelperThread[]): ThreadTeam {
  let current: TeamRun | undefined;
  let patience: number | undefined;
  return {
    threads: helpers.length + 1,
    join(compiled, memory, clock) {
      current?.leave();
      const joined = joinRun(compiled, memory, helpers);
      current =
        joined && leadRun(joined, (ask) => (patience ??= measurePatience(joined.words, helpers.length, ask, clock)));
      return current;
    },
  };
}

interface JoinedRun {
  readonly threads: number;
  readonly first: StepFunction;
  readonly words: Int32Array;
}

function joinRun(
  compiled: CompiledProgram,
  memory: WebAssembly.Memory,
  helpers: readonly HelperThread[],
): JoinedRun | undefined {
  const { threads: code, layout } = compiled;
  if (code === undefined || code.threads !== helpers.length + 1) return undefined;
  const view = (id: string) => viewOf(layout, memory, id);
  if (!code.rows.every((rows) => fillSplits(rows, code.threads, view))) return undefined;
  const words = view(controlSignal) as Int32Array;
  words[controlWords.patience] = usualPatience;
  const [own, ...others] = code.modules();
  const work = Atomics.load(words, controlWords.work);
  others.forEach((module, number) => helpers[number]?.post({ module, memory, control: code.control, work }));
  return { threads: code.threads, first: bindRun(defined(own, 'a module for the first thread'), memory), words };
}

/** What the first thread does with its part of a run. Before the first steps it finds out how long waiting threads look. */
function leadRun({ threads, first, words }: JoinedRun, patienceBy: (ask: () => void) => number): TeamRun {
  let over = false;
  let measured = false;
  const give = (firstStep: number, steps: number): void => {
    Atomics.store(words, controlWords.firstStep, firstStep);
    Atomics.store(words, controlWords.steps, steps);
    Atomics.add(words, controlWords.work, 1);
    Atomics.notify(words, controlWords.work);
  };
  const begin = (): void => {
    measured = true;
    const answer = (): void => give(0, workWithoutSteps.answer);
    Atomics.store(words, controlWords.patience, patienceBy(answer));
  };
  return {
    threads,
    get present() {
      return Atomics.load(words, controlWords.present) === threads - 1;
    },
    get over() {
      return over;
    },
    run(firstStep, count) {
      assert(!over, 'the helpers are there');
      if (!measured) begin();
      give(firstStep, count);
      return first(firstStep, count);
    },
    leave() {
      if (!over) give(0, workWithoutSteps.leave);
      over = true;
    },
  };
}
