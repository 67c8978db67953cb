/** What compiling a program gives. */
import type { Program } from '../build/program.ts';
import type { Precision } from './ir/lower.ts';
import type { MemoryLayout } from './layout.ts';
import type { RecordedProgram } from './recording.ts';

export type CompileTarget = 'wasm' | 'interpreter';

/**
 * Executes up to `count` steps from `firstStep` on and returns how many: fewer only when a recording had no room for
 * another step. At least one is executed when `count` ≥ 1.
 */
export type StepFunction = (firstStep: number, count: number) => number;

export interface CompiledProgram extends RecordedProgram {
  readonly target: CompileTarget;
  readonly precision: Precision;
  /** The program as the build gave it, in the precision of the run; `program` has the recordings as well. */
  readonly source: Program;
  readonly layout: MemoryLayout;
  /** Size of the code; 0 for the interpreter. */
  readonly codeBytes: number;
  /** The WebAssembly module; undefined for the interpreter. */
  readonly code: Uint8Array<ArrayBuffer> | undefined;
  /** Binds the code to a memory of at least `layout.totalBytes`. Initial contents are not written. */
  instantiate(memory: WebAssembly.Memory): StepFunction;
}
