/** What a kernel consists of: a plain version over typed arrays, and one in WebAssembly that leaves the same bits. */
import type { SignalPlace, SignalView } from '../layout.ts';
import type { FunctionBody } from '../wasm/function-body.ts';

/** Signals of a kernel statement by their names in the signature. */
export type KernelViews = Readonly<Record<string, SignalView>>;
export type KernelNumbers = Readonly<Record<string, number>>;

/** What the WebAssembly version is written for. */
export interface KernelUse {
  readonly places: Readonly<Record<string, SignalPlace>>;
  readonly numbers: KernelNumbers;
  /** Local that holds the number of the step. */
  readonly stepLocal: number;
}

export interface KernelImplementation {
  /** The plain version: the truth of tests. */
  run(views: KernelViews, numbers: KernelNumbers, step: number): void;
  /** Writes the instructions; leaves nothing on the stack. */
  emit(body: FunctionBody, use: KernelUse): void;
}
