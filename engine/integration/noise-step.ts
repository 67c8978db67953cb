/** Parts of stochastic methods: drift f and noise factors g of every equation at the old state. */
import { defined } from '../base/assert.ts';
import { splitNoise } from '../equations/classify.ts';
import { add, multiply, name } from '../equations/make-tree.ts';
import type { StateEquation } from '../equations/system.ts';
import type { Tree } from '../equations/tree.ts';
import { assign, atStage, gated, noiseIncrements, oldState, timeStep, type StepBuilder } from './stages.ts';

/** One noise term g·dW of an equation. */
export interface NoiseTerm {
  /** g as it is written, before stages. */
  readonly factor: Tree;
  /** g at the old state. */
  readonly strength: Tree;
  /** dW. */
  readonly increment: Tree;
}

/** An equation split into x, dt·f and its noise terms, each held by a name. */
export interface SplitEquation {
  readonly equation: StateEquation;
  readonly old: Tree;
  readonly drift: Tree;
  readonly terms: readonly NoiseTerm[];
}

/** Splits all equations of a step; assigns the noise increments, drifts and strengths. */
export function splitEquations(step: StepBuilder): readonly SplitEquation[] {
  const increments = noiseIncrements(step);
  return step.system.equations.map((equation) => splitEquation(step, equation, increments));
}

/** x + dt·f + Σ g·dW, summed in this order. */
export function eulerSum(split: SplitEquation): Tree {
  return split.terms.reduce(
    (sum, { strength, increment }) => add(sum, multiply(strength, increment)),
    add(split.old, split.drift),
  );
}

function splitEquation(
  step: StepBuilder,
  equation: StateEquation,
  increments: ReadonlyMap<string, Tree>,
): SplitEquation {
  const { variable, rightSide } = equation;
  const form = defined(splitNoise(rightSide, step.system.noises), `the noise of ${variable} was not refused`);
  const drift = multiply(timeStep, gated(equation, atStage(step, form.constant, 'start', oldState)));
  const terms = [...form.coefficients].map(([noise, factor]) => ({
    factor,
    strength: assign(step, `_g_${noise}_${variable}`, gated(equation, atStage(step, factor, 'start', oldState))),
    increment: defined(increments.get(noise), `no increment for ${noise}`),
  }));
  return { equation, old: name(variable), drift: assign(step, `_f_${variable}`, drift), terms };
}
