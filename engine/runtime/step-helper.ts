/** What a helper thread does: its part of every step of the runs it is told of. */
import type { StepFunction } from '../codegen/compiled.ts';
import { controlWords } from '../codegen/threads/control.ts';
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

/** Looks for work before a helper goes to sleep: about as long as the first thread needs between two pieces of it. */
const looksForWork = 4000;

/** Joins a run; returns when it is told to leave. Meanwhile no message is read. */
export function joinRun({ module, memory, control, work }: JoinMessage): void {
  const run: StepFunction = bindRun(module, memory);
  const words = new Int32Array(memory.buffer, control);
  let done = work;
  for (;;) {
    awaitWork(words, done);
    done = Atomics.load(words, controlWords.work);
    const steps = Atomics.load(words, controlWords.steps);
    if (steps === 0) return;
    run(Atomics.load(words, controlWords.firstStep), steps);
  }
}

function awaitWork(words: Int32Array, done: number): void {
  for (let look = 0; look < looksForWork; look += 1) if (Atomics.load(words, controlWords.work) !== done) return;
  while (Atomics.load(words, controlWords.work) === done) Atomics.wait(words, controlWords.work, done);
}
