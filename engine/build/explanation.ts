/** Explanation: what a network became — operators, kernels with their reasons, bytes, code — as plain data for panel and command line. */
import type { KernelChoice, Slot } from './program.ts';

/** A loop that a target has ready-made. */
export interface KernelExplanation {
  readonly name: string;
}

/** One operator as it is executed. */
export interface OperatorExplanation {
  readonly id: string;
  readonly slot: Slot;
  /** Ids of the operators that were fused into it, in order; only itself when none were. */
  readonly parts: readonly string[];
  /** Numbers advanced by one instruction; 1 = one at a time, undefined = not known (interpreter, kernels). */
  readonly lanes?: number;
  /** Why numbers are advanced one at a time. */
  readonly scalarReason?: string;
  readonly kernels: readonly KernelExplanation[];
  /** Which of several ways was taken, why, and what it takes; undefined when there was no choice. */
  readonly choice?: KernelChoice;
}

/** An element or connection of the document with what belongs to it. */
export interface PartExplanation {
  /** Id in the document; `run` for what belongs to the whole. */
  readonly id: string;
  readonly operators: readonly OperatorExplanation[];
  readonly signals: number;
  readonly bytes: number;
  /** Only where there are synapses. */
  readonly synapses?: number;
  /** Of all that belongs to the part: connectivity, weights, delays, what waits to arrive. */
  readonly bytesPerSynapse?: number;
}

export interface Explanation {
  readonly name: string;
  readonly target: 'wasm' | 'interpreter';
  readonly timeStepSeconds: number;
  /** 'f64' unless the run computes in single precision. */
  readonly precision: 'f64' | 'f32';
  readonly memoryBytes: number;
  readonly codeBytes: number;
  /** From program to code; undefined when it was not measured. */
  readonly compileMilliseconds?: number;
  /** The code was compiled before for an equal program. */
  readonly cacheHit?: boolean;
  /** In order of first execution. */
  readonly parts: readonly PartExplanation[];
}
