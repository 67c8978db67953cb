/** Heun's method for noise: g averaged over both ends of the step, which reads the noise in Stratonovich's sense. */
import { add, multiply, number } from '../equations/make-tree.ts';
import type { Tree } from '../equations/tree.ts';
import type { IntegrationMethod } from './method.ts';
import { splitEquations, type SplitEquation } from './noise-step.ts';
import { refuseUnusable } from './refusal.ts';
import { assign, atStage, createStep, finishStep, gated, type StepBuilder } from './stages.ts';

const title = 'Heun';

/** s = x + g(x, t)·dW; x + dt·f(x, t) + ½·dW·(g(x, t) + g(s, t + dt)). Without noise it is forward Euler. */
export const heun: IntegrationMethod = {
  id: 'heun',
  title,
  choice: 'Heun (noise, Stratonovich)',
  summary: 'For noise whose strength depends on the state, read in the sense of Stratonovich.',
  order: 1,
  applies: (system) => refuseUnusable(title, system),
  step(system, context) {
    const step = createStep(system, context);
    const splits = splitEquations(step);
    const support = new Map(
      splits.map((split) => [
        split.equation.variable,
        assign(step, `_s_${split.equation.variable}`, supporting(split)),
      ]),
    );
    for (const split of splits) assign(step, `_new_${split.equation.variable}`, averaged(step, split, support));
    return finishStep(step, '_new_');
  },
};

function supporting({ old, terms }: SplitEquation): Tree {
  return terms.reduce((sum, { strength, increment }) => add(sum, multiply(strength, increment)), old);
}

function averaged(step: StepBuilder, split: SplitEquation, support: ReadonlyMap<string, Tree>): Tree {
  const start = add(split.old, split.drift);
  return split.terms.reduce((sum, { factor, strength, increment }) => {
    const later = gated(split.equation, atStage(step, factor, 'end', support));
    return add(sum, multiply(multiply(number(0.5), increment), add(strength, later)));
  }, start);
}
