/** CompiledProgram: code for one target with its memory layout. */
import type { Operator, Program } from '../build/program.ts';
import type { MemoryLayout } from './layout.ts';

/** Executes `count` steps from step number `first`; first + count stays below 2³¹. */
export type StepFunction = (first: number, count: number) => void;

export interface CompiledProgram {
  readonly target: 'wasm' | 'interpreter';
  readonly program: Program;
  /** Operators as executed, probes included. */
  readonly operators: readonly Operator[];
  readonly layout: MemoryLayout;
  /** Size of the code: bytes of WebAssembly, or 0. */
  readonly codeBytes: number;
  /** Binds the code to a memory of at least `layout.totalBytes`. */
  instantiate(memory: WebAssembly.Memory): StepFunction;
}

export interface CompileRequest {
  readonly program: Program;
  readonly operators: readonly Operator[];
  readonly layout: MemoryLayout;
}
