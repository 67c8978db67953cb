/** Systems: what an integration method advances by one step. */
import type { CheckedModel } from './check-model.ts';
import type { Definition } from './model-equations.ts';
import { substitute } from './substitute.ts';
import { namesIn, type StatementTree, type Tree } from './tree.ts';

/** d(variable)/dt = rightSide, with subexpressions written out. */
export interface StateEquation {
  readonly variable: string;
  readonly rightSide: Tree;
  /** Name of a boolean value, fixed during the step: while it is false the variable is held. undefined = never held. */
  readonly activeWhile: string | undefined;
}

/** Differential equations that advance together from the old state. */
export interface DifferentialSystem {
  readonly kind: 'differential';
  readonly equations: readonly StateEquation[];
  /** Names that change inside a step by themselves (inputs), besides `t`. */
  readonly inputs: ReadonlySet<string>;
  /** Noise names in the right-hand sides, in order of first use. */
  readonly noises: readonly string[];
  /** Names whose values are known before the run and never change; nothing is known of the others. */
  readonly fixed: ReadonlySet<string>;
  /** Functions of time whose value does not change inside a step. */
  readonly heldFunctions: ReadonlySet<string>;
}

/** Update statements that run once per step, from top to bottom. */
export interface DiscreteSystem {
  readonly kind: 'discrete';
  readonly statements: readonly StatementTree[];
  /** State variables that the statements may write; other written names are temporaries. */
  readonly variables: readonly string[];
  /** Names that the build samples (inputs). */
  readonly inputs: ReadonlySet<string>;
}

export type EquationSystem = DifferentialSystem | DiscreteSystem;

export interface SystemOptions {
  /** Names of inputs that vary inside a step. */
  readonly inputs?: ReadonlySet<string>;
  /** The group has a refractory rule, so `(unless refractory)` counts. */
  readonly refractory?: boolean;
  readonly fixed?: ReadonlySet<string>;
  readonly heldFunctions?: ReadonlySet<string>;
}

const none: ReadonlySet<string> = new Set();

/** The system of a checked model. */
export function differentialSystem(model: CheckedModel, options: SystemOptions = {}): DifferentialSystem {
  const { inputs = none, fixed = none, heldFunctions = none } = options;
  const expand = subexpressionExpander(model);
  const equations: StateEquation[] = [];
  for (const state of model.states) {
    if (state.expression === undefined) continue;
    equations.push({ variable: state.name, rightSide: expand(state.expression), activeWhile: gateOf(state, options) });
  }
  const used = new Set<string>();
  for (const { rightSide } of equations) namesIn(rightSide, used);
  const noises = model.noises.filter((noise) => used.has(noise));
  return { kind: 'differential', equations, inputs, noises, fixed, heldFunctions };
}

/** `(unless refractory)` counts only where there is a refractory rule. */
function gateOf({ flags }: Definition, { refractory = false }: SystemOptions): string | undefined {
  return refractory && flags.includes('unless refractory') ? 'not_refractory' : undefined;
}

/** Replaces subexpressions by what they stand for, except those held constant over a step, which stay names. */
export function subexpressionExpander(model: CheckedModel): (tree: Tree) => Tree {
  const expanded = new Map<string, Tree>();
  for (const { name, expression, flags } of model.subexpressions) {
    if (expression === undefined || flags.includes('constant over dt') || flags.includes('summed')) continue;
    expanded.set(
      name,
      substitute(expression, (inner) => expanded.get(inner)),
    );
  }
  return (tree) => substitute(tree, (name) => expanded.get(name));
}
