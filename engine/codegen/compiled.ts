/** What compiling a program gives. */
import type { Program, SignalId } from '../build/program.ts';
import type { Precision } from './ir/lower.ts';
import type { MemoryLayout } from './layout.ts';
import type { PackedMatrix } from './packed-matrices.ts';
import type { RecordedProgram } from './recording.ts';
import type { ThreadedCode } from './threads/threaded-code.ts';

export type CompileTarget = 'wasm' | 'interpreter';

/**
 * Executes up to `count` steps from `firstStep` on and returns how many: fewer only when a recording had no room for
 * another step. At least one is executed when `count` ≥ 1.
 */
export type StepFunction = (firstStep: number, count: number) => number;

/** A loop as it is executed. */
export interface CompiledLoop {
  /** Ids of the operators whose work it does. */
  readonly operators: readonly string[];
  /** Turns done at a time. */
  readonly lanes: number;
  /** Why turns are done one at a time. */
  readonly reason?: string;
}

export interface CompiledProgram extends RecordedProgram {
  readonly target: CompileTarget;
  readonly precision: Precision;
  /** The program as the build gave it, in the precision of the run; `program` has the recordings as well. */
  readonly source: Program;
  readonly layout: MemoryLayout;
  /** Signals of the source that lie in another order, under another id. */
  readonly packed: ReadonlyMap<SignalId, PackedMatrix>;
  /** Size of the code; 0 for the interpreter. */
  readonly codeBytes: number;
  /** The WebAssembly module; undefined for the interpreter. */
  readonly code: Uint8Array<ArrayBuffer> | undefined;
  /** The loops of the code, where the target tells them. */
  readonly loops: readonly CompiledLoop[];
  /** The same for several threads; undefined where that was not asked for or is not possible. */
  readonly threads: ThreadedCode | undefined;
  /** The code had been compiled before for an equal program. */
  readonly cacheHit: boolean;
  /** Binds the code to a memory of at least `layout.totalBytes`. Initial contents are not written. */
  instantiate(memory: WebAssembly.Memory): StepFunction;
}
