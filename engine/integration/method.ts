/** What an integration method is: it takes a system of equations and gives the assignments of one step. */
import type { Problem } from '../base/problem.ts';
import type { Result } from '../base/result.ts';
import type { Assignment } from '../equations/statement-sequence.ts';
import type { EquationSystem } from '../equations/system.ts';
import type { Tree } from '../equations/tree.ts';

/** Points of a step [t, t + dt] at which inputs are sampled. */
export type Stage = 'start' | 'middle' | 'end';

/** What the build knows about the step. */
export interface StageContext {
  /** The name that holds an input at a point of the step; the build chooses between holding it and looking ahead. */
  sampleInput(name: string, stage: Stage): string;
}

/** One step as straight-line code: assignments in order, each to a fresh name, then all results are stored at once. */
export interface StageProgram {
  readonly assignments: readonly Assignment[];
  /** For every variable the name of its new value. */
  readonly results: Readonly<Record<string, string>>;
  /** Noise names for each of which the build supplies one standard normal number per cell and step under `normalName(noise)`. */
  readonly noises: readonly string[];
  readonly prepared?: readonly PreparedValues[];
  /** Computed after the assignments; each defines the results of its rows. */
  readonly coupled?: readonly CoupledStep[];
}

/** Variables x' = A·x + b with A and b held over the step: the build computes x + (exp(A·dt) − 1)·x + φ(A·dt)·b·dt for each cell. */
export interface CoupledStep {
  readonly rows: readonly CoupledRow[];
}

/** One variable of a coupled step; names stand for what was assigned before. */
export interface CoupledRow {
  readonly variable: string;
  /** The name that gets the new value. */
  readonly result: string;
  /** The variable stays as it is while this name is false. */
  readonly activeWhile: string | undefined;
  /** Name of b·dt; undefined for zero. */
  readonly drive: string | undefined;
  /** Names of A·dt, row by row as the variables stand; undefined for zero. */
  readonly coefficients: readonly (string | undefined)[];
  /** From which variables this one follows, directly or by way of others. */
  readonly reaches: readonly boolean[];
}

/** Values that follow from what is known before the run; the build computes them once, per cell where they differ. */
export interface PreparedValues {
  /** Names under which the assignments read them. */
  readonly names: readonly string[];
  /** Names that `compute` asks for. */
  readonly mentions: readonly string[];
  /** The values, in the order of `names`; `evaluate` gives the value of a tree of fixed names and `dt`. */
  compute(evaluate: (tree: Tree) => number): readonly number[];
}

/** The solution over any number of whole steps in closed form, in terms of `elapsedName`. */
export interface ClosedCarry {
  readonly kind: 'closed';
  readonly assignments: readonly Assignment[];
  /** For every variable the name of its value afterwards. */
  readonly results: Readonly<Record<string, string>>;
  /** Computed after the assignments, over the elapsed time instead of a step. */
  readonly coupled: readonly CoupledStep[];
}

/**
 * The solution over any number of whole steps by powers: exp(M·dt·2^k) for every k, of which those are applied whose bit
 * is set in the number of steps.
 */
export interface PoweredCarry {
  readonly kind: 'powers';
  readonly variables: readonly string[];
  /** b of X' = M·X + b for the variables that have one. */
  readonly drives: ReadonlyMap<string, Tree>;
  /** Names that the entries of M ask for. */
  readonly mentions: readonly string[];
  /**
   * Level by level: the propagator [variables, variables], then what the drives are multiplied by [variables, drives].
   * `evaluate` gives the value of a tree of fixed names and `dt`.
   */
  table(evaluate: (tree: Tree) => number, levels: number): Float64Array;
}

/** What is true of the time to come, as assignments and the condition that follows from them. */
export interface Outlook {
  readonly assignments: readonly Assignment[];
  readonly condition: Tree;
}

/** What a method needs that computes a cell only when something reaches it. */
export interface BetweenEvents {
  /**
   * The state after some steps without events, none of its variables held; `alike` tells whether the names have one value
   * for all cells, as powers need.
   */
  carry(system: EquationSystem, alike: (names: readonly string[]) => boolean): ClosedCarry | PoweredCarry;
  /**
   * Whether the threshold may come to hold without another event, told from the present state; false is a proof. Fails
   * with `integration/not-applicable` for thresholds of which nothing can be told.
   */
  mayReach(system: EquationSystem, threshold: Tree): Result<Outlook>;
}

export interface IntegrationMethod {
  /** As it stands in documents. */
  readonly id: string;
  readonly title: string;
  /** As it stands in a list of methods to choose from. */
  readonly choice: string;
  /** One sentence for people. */
  readonly summary: string;
  /** Order of convergence for smooth equations without noise; undefined for methods that do not approximate. */
  readonly order: number | undefined;
  /** Why the method cannot take the system (`integration/not-applicable`, with one that can), or undefined when it can. */
  applies(system: EquationSystem): Problem | undefined;
  /** The step from t to t + dt, in terms of the state variables, `t`, `dt` and sampled inputs. Calling it for a refused system is a bug. */
  step(system: EquationSystem, context: StageContext): StageProgram;
  /** Only for methods that leave cells alone between events. */
  readonly betweenEvents?: BetweenEvents;
}

/** Name of the time over which a carry leads, in seconds. */
export const elapsedName = '_elapsed';

/** The name under which the build supplies the standard normal number of a noise. */
export function normalName(noise: string): string {
  return `_normal_${noise}`;
}
