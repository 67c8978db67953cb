/** ValidatedModel: the document with every reference resolved and every parameter in SI units. What `build/` starts from. */
import type { Problem } from '../base/problem.ts';
import type { Pace } from './own-step.ts';
import type { KindDescriptor } from './kind.ts';
import type { ConnectionRecord, ElementRecord, ProbeRecord } from './document.ts';

/** A numeric array with its shape, row-major. */
export interface NumericArray {
  readonly shape: readonly number[];
  readonly values: Float64Array;
}

/** Values to be drawn per cell at build time; arguments in SI units. */
export interface ResolvedDistribution {
  readonly distribution: string;
  readonly arguments: Readonly<Record<string, number>>;
}

/**
 * A parameter in SI units: number for a scalar quantity or integer, NumericArray for lists, arrays, matrices and
 * series, a distribution still to be drawn, boolean, string, or null for an absent matrix or series.
 */
export type ResolvedValue = number | boolean | string | NumericArray | ResolvedDistribution | null;

export interface ValidatedElement {
  readonly record: ElementRecord;
  readonly kind: KindDescriptor;
  /** One entry for every parameter of the kind, defaults filled in. */
  readonly parameters: Readonly<Record<string, ResolvedValue>>;
  /** Where it has a step of its own. */
  readonly pace?: Pace;
}

export interface ValidatedConnection {
  readonly record: ConnectionRecord;
  readonly kind: KindDescriptor;
  readonly parameters: Readonly<Record<string, ResolvedValue>>;
}

export interface ValidatedModel {
  readonly name: string;
  readonly timeStepSeconds: number;
  /** undefined = open-ended. */
  readonly durationSeconds: number | undefined;
  readonly seed: number;
  /** In document order (the order of keys of `elements`). Elements of unknown kind are left out, with a warning. */
  readonly elements: readonly ValidatedElement[];
  readonly connections: readonly ValidatedConnection[];
  readonly probes: readonly ProbeRecord[];
  readonly warnings: readonly Problem[];
}
