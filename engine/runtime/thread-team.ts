/** The first thread of several: binds its part of a run, has the helpers join, and gives all of them work. */
import { defined } from '../base/assert.ts';
import type { CompiledProgram, StepFunction } from '../codegen/compiled.ts';
import { viewOf } from '../codegen/layout.ts';
import { controlSignal, controlWords } from '../codegen/threads/control.ts';
import { fillSplits } from '../codegen/threads/row-splits.ts';
import { bindRun } from '../codegen/wasm/bind-run.ts';
import type { JoinMessage } from './step-helper.ts';

/** Helper threads, each idle or in one run. */
export interface HelperThread {
  post(message: JoinMessage): void;
}

/** A run by several threads. */
export interface TeamRun {
  /** Executes steps with all threads, as a function of one thread would. */
  readonly run: StepFunction;
  /** Lets the helpers go; the run is over. */
  leave(): void;
}

/** Looks at a wait before a thread goes to sleep: some microseconds. */
const patience = 2000;

/**
 * Has helpers join a run whose memory has its initial contents. Undefined where the program cannot be shared by as many
 * threads as there are helpers and one, or where its rows of synapses are not in the order of their targets.
 */
export function joinTeam(
  compiled: CompiledProgram,
  memory: WebAssembly.Memory,
  helpers: readonly HelperThread[],
): TeamRun | undefined {
  const { threads: code, layout } = compiled;
  if (code === undefined || code.modules.length !== helpers.length + 1) return undefined;
  const view = (id: string) => viewOf(layout, memory, id);
  if (!code.rows.every((rows) => fillSplits(rows, code.modules.length, view))) return undefined;
  const words = view(controlSignal) as Int32Array;
  words[controlWords.patience] = patience;
  const [own, ...others] = code.modules.map((bytes) => new WebAssembly.Module(bytes));
  const work = Atomics.load(words, controlWords.work);
  others.forEach((module, number) => helpers[number]?.post({ module, memory, control: code.control, work }));
  const first = bindRun(defined(own, 'a module for the first thread'), memory);
  const give = (firstStep: number, steps: number): void => {
    Atomics.store(words, controlWords.firstStep, firstStep);
    Atomics.store(words, controlWords.steps, steps);
    Atomics.add(words, controlWords.work, 1);
    Atomics.notify(words, controlWords.work);
  };
  return {
    run(firstStep, count) {
      give(firstStep, count);
      return first(firstStep, count);
    },
    leave: () => give(0, 0),
  };
}
