/** What a helper thread does: its part of every step of the runs it is told of. */
import type { StepFunction } from '../codegen/compiled.ts';
import { controlWords, workWithoutSteps } from '../codegen/threads/control.ts';
import { bindRun } from '../codegen/wasm/bind-run.ts';

/** A run that a thread joins. It is left when work without steps comes. */
export interface JoinMessage {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** Byte address of the control words. */
  readonly control: number;
  /** Pieces of work that others had before. */
  readonly work: number;
}

/** Between two pieces of work the first thread needs longer than between two waits: helpers look so many times as often. */
const looksForWork = 2;

/** Joins a run; returns when it is told to leave. Meanwhile no message is read. */
export function joinRun({ module, memory, control, work }: JoinMessage): void {
  const run: StepFunction = bindRun(module, memory);
  const words = new Int32Array(memory.buffer, control);
  Atomics.add(words, controlWords.present, 1);
  let done = work;
  for (;;) {
    awaitWork(words, done);
    done = Atomics.load(words, controlWords.work);
    const steps = Atomics.load(words, controlWords.steps);
    if (steps === workWithoutSteps.leave) return;
    if (steps === workWithoutSteps.answer) answer(words);
    else run(Atomics.load(words, controlWords.firstStep), steps);
  }
}

function answer(words: Int32Array): void {
  Atomics.add(words, controlWords.answers, 1);
  Atomics.notify(words, controlWords.answers);
}

function awaitWork(words: Int32Array, done: number): void {
  const looks = looksForWork * Atomics.load(words, controlWords.patience);
  for (let look = 0; look < looks; look += 1) if (Atomics.load(words, controlWords.work) !== done) return;
  while (Atomics.load(words, controlWords.work) === done) Atomics.wait(words, controlWords.work, done);
}
