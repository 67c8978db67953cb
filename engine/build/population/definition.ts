/** What a spiking or rate population is, written in the equation language: the input of `expandPopulation`. */
import type { SignalId } from '../ir/types.ts';
import type { SurrogateDeclaration } from '../surrogates.ts';

/** A per-cell input of the equations: present values and, where known, those of the next step. */
export interface PopulationInput {
  readonly signal: SignalId;
  readonly ahead?: SignalId;
  /** Unit in the equation language (`amp`, `1`). */
  readonly unit: string;
}

export interface PopulationDefinition {
  readonly cells: number;
  /** Differential equations and subexpressions; state variables without equation are declared `name : unit`. */
  readonly model: string;
  /** Integration method of the differential equations (id in `integration/`). */
  readonly method: string;
  /** Statements executed once per step after the integration, in order; for discrete models. */
  readonly update?: string;
  /** Names in the text that are parameters of the kind; per-cell ones become vectors. */
  readonly parameters: readonly string[];
  readonly inputs?: Readonly<Record<string, PopulationInput>>;
  /** Names that stand for a standard normal number, drawn once per cell and step and held over the step. */
  readonly noise?: readonly string[];
  readonly threshold?: string;
  readonly reset?: string;
  /** Absolute refractory period in seconds; variables flagged `(unless refractory)` are held during it. */
  readonly refractorySeconds?: number;
  /** Initial value of each state variable: SI numbers, one or one per cell, or the name of a parameter. */
  readonly initial: Readonly<Record<string, number | string | Float64Array>>;
  /** Expressions evaluated at the start of the step into output vectors, by name. */
  readonly outputs?: Readonly<Record<string, string>>;
  /** Expressions evaluated after update, threshold and reset of the step into output vectors, by name. */
  readonly outputsAfter?: Readonly<Record<string, string>>;
  /** Surrogate gradients of `spikes`, or of states that count spikes, by name. */
  readonly surrogates?: Readonly<Record<string, SurrogateDeclaration>>;
}

/** Signals of an expanded population. */
export interface PopulationSignals {
  readonly states: Readonly<Record<string, SignalId>>;
  /** u8 vector; undefined without threshold. */
  readonly spikes: SignalId | undefined;
  /** Whether `spikes` is an f64 vector of numbers of spikes instead. */
  readonly counts?: boolean;
  readonly outputs: Readonly<Record<string, SignalId>>;
}
