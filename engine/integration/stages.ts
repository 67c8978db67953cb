/** The common parts of methods: right-hand sides at a stage, noise increments, stored results. */
import { assert } from '../base/assert.ts';
import { add, call, divide, multiply, name, number, select } from '../equations/make-tree.ts';
import type { Assignment } from '../equations/statement-sequence.ts';
import { substitute } from '../equations/substitute.ts';
import type { DifferentialSystem, EquationSystem, StateEquation } from '../equations/system.ts';
import type { Tree } from '../equations/tree.ts';
import { normalName, type Stage, type StageContext, type StageProgram } from './method.ts';

/** The time step as a tree. */
export const timeStep: Tree = name('dt');

/** A step under construction. */
export interface StepBuilder {
  readonly system: DifferentialSystem;
  readonly context: StageContext;
  readonly assignments: Assignment[];
}

/** A builder for one step of a differential system; anything else has been refused before. */
export function createStep(system: EquationSystem, context: StageContext): StepBuilder {
  assert(system.kind === 'differential', 'the method was not asked whether it applies');
  return { system, context, assignments: [] };
}

/** Assigns a fresh name and gives it as a tree. */
export function assign(step: StepBuilder, target: string, expression: Tree): Tree {
  step.assignments.push({ target, expression });
  return name(target);
}

/**
 * A tree as it stands at a stage: state variables replaced by the stage's state (absent ones stay the old state), `t`
 * by the stage's time and inputs by their samples.
 */
export function atStage(step: StepBuilder, tree: Tree, stage: Stage, state: ReadonlyMap<string, Tree>): Tree {
  return substitute(tree, (read) => {
    if (read === 't') return stageTime(stage);
    if (step.system.inputs.has(read)) return name(step.context.sampleInput(read, stage));
    return state.get(read);
  });
}

/** A rate of change that is zero while the variable is held. */
export function gated(equation: StateEquation, rate: Tree): Tree {
  return equation.activeWhile === undefined ? rate : select(name(equation.activeWhile), rate, number(0));
}

/** The old state. */
export const oldState: ReadonlyMap<string, Tree> = new Map();

/** For every variable a new name `prefix + variable` with the value that `value` gives. */
export function assignEach(
  step: StepBuilder,
  prefix: string,
  value: (equation: StateEquation) => Tree,
): ReadonlyMap<string, Tree> {
  return new Map(
    step.system.equations.map((equation) => [
      equation.variable,
      assign(step, prefix + equation.variable, value(equation)),
    ]),
  );
}

/** dt·f of every variable at a stage, under the names `prefix + variable`. */
export function increments(
  step: StepBuilder,
  prefix: string,
  stage: Stage,
  state: ReadonlyMap<string, Tree>,
): ReadonlyMap<string, Tree> {
  return assignEach(step, prefix, (equation) =>
    multiply(timeStep, gated(equation, atStage(step, equation.rightSide, stage, state))),
  );
}

/** dW = sqrt(dt)·N(0,1) of every noise of the system. */
export function noiseIncrements(step: StepBuilder): ReadonlyMap<string, Tree> {
  const root = call('sqrt', timeStep);
  return new Map(
    step.system.noises.map((noise) => [noise, assign(step, `_dW_${noise}`, multiply(root, name(normalName(noise))))]),
  );
}

/** The finished step, where the new values stand under `prefix + variable`. */
export function finishStep(step: StepBuilder, prefix: string): StageProgram {
  const results = Object.fromEntries(step.system.equations.map(({ variable }) => [variable, prefix + variable]));
  return { assignments: step.assignments, results, noises: step.system.noises };
}

function stageTime(stage: Stage): Tree {
  if (stage === 'start') return name('t');
  return add(name('t'), stage === 'middle' ? divide(timeStep, number(2)) : timeStep);
}
