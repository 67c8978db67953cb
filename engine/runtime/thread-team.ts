/** The first thread of several: binds its part of a run, has the helpers join, and gives all of them work. */
import { assert, defined } from '../base/assert.ts';
import type { CompiledProgram, StepFunction } from '../codegen/compiled.ts';
import { viewOf } from '../codegen/layout.ts';
import { controlSignal, controlWords } from '../codegen/threads/control.ts';
import { fillSplits } from '../codegen/threads/row-splits.ts';
import { bindRun } from '../codegen/wasm/bind-run.ts';
import type { JoinMessage } from './step-helper.ts';

/** A helper thread, idle or in one run. */
export interface HelperThread {
  post(message: JoinMessage): void;
}

/** A run by several threads. */
export interface TeamRun {
  readonly threads: number;
  /** Executes steps with all threads, as a function of one thread would; only until the helpers are let go. */
  readonly run: StepFunction;
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
   * order of their targets.
   */
  join(compiled: CompiledProgram, memory: WebAssembly.Memory): TeamRun | undefined;
  /** Helpers and the thread that leads them. */
  readonly threads: number;
}

export function createThreadTeam(helpers: readonly HelperThread[]): ThreadTeam {
  let current: TeamRun | undefined;
  return {
    threads: helpers.length + 1,
    join(compiled, memory) {
      current?.leave();
      current = joinRun(compiled, memory, helpers);
      return current;
    },
  };
}

/** Looks at a wait before a thread goes to sleep: some microseconds. */
const patience = 2000;

function joinRun(
  compiled: CompiledProgram,
  memory: WebAssembly.Memory,
  helpers: readonly HelperThread[],
): TeamRun | undefined {
  const { threads: code, layout } = compiled;
  if (code === undefined || code.threads !== helpers.length + 1) return undefined;
  const view = (id: string) => viewOf(layout, memory, id);
  if (!code.rows.every((rows) => fillSplits(rows, code.threads, view))) return undefined;
  const words = view(controlSignal) as Int32Array;
  words[controlWords.patience] = patience;
  const [own, ...others] = code.modules();
  const work = Atomics.load(words, controlWords.work);
  others.forEach((module, number) => helpers[number]?.post({ module, memory, control: code.control, work }));
  return leadRun(bindRun(defined(own, 'a module for the first thread'), memory), words, code.threads);
}

/** What the first thread does with its part of a run. */
function leadRun(first: StepFunction, words: Int32Array, threads: number): TeamRun {
  let over = false;
  const give = (firstStep: number, steps: number): void => {
    Atomics.store(words, controlWords.firstStep, firstStep);
    Atomics.store(words, controlWords.steps, steps);
    Atomics.add(words, controlWords.work, 1);
    Atomics.notify(words, controlWords.work);
  };
  return {
    threads,
    get over() {
      return over;
    },
    run(firstStep, count) {
      assert(!over, 'the helpers are there');
      give(firstStep, count);
      return first(firstStep, count);
    },
    leave() {
      if (!over) give(0, 0);
      over = true;
    },
  };
}
