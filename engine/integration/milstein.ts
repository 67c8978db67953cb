/** Milstein's method without derivatives, for diagonal noise. */
import { mentions } from '../equations/classify.ts';
import { add, call, divide, multiply, number, subtract } from '../equations/make-tree.ts';
import type { DifferentialSystem } from '../equations/system.ts';
import type { Tree } from '../equations/tree.ts';
import type { IntegrationMethod } from './method.ts';
import { splitEquations, type SplitEquation } from './noise-step.ts';
import { noiseForms, refusal, refuseUnusable } from './refusal.ts';
import { assign, atStage, createStep, finishStep, gated, timeStep, type StepBuilder } from './stages.ts';

const title = 'Milstein';

/**
 * s = x + dt·f + sqrt(dt)·g; k = (g(s) − g(x))·dW²/(2·sqrt(dt)); x + dt·f + g·dW + k. As dt is not taken off dW², the
 * noise is read in the sense of Stratonovich.
 */
export const milstein: IntegrationMethod = {
  id: 'milstein',
  title,
  choice: 'Milstein (diagonal noise)',
  summary:
    'For noise whose strength depends on its own variable only; along single paths of order 1 without drift, ½ with it.',
  order: 1,
  applies(system) {
    const unusable = refuseUnusable(title, system);
    if (unusable !== undefined || system.kind === 'discrete') return unusable;
    return hasDiagonalNoise(system)
      ? undefined
      : refusal(
          title,
          'the noise is not diagonal (each equation its own noise, its strength a function of its own variable)',
          system,
        );
  },
  step(system, context) {
    const step = createStep(system, context);
    const splits = splitEquations(step);
    const root = assign(step, '_sqrt_dt', call('sqrt', timeStep));
    for (const split of splits) assign(step, `_new_${split.equation.variable}`, advanced(step, split, root));
    return finishStep(step, '_new_');
  },
};

function hasDiagonalNoise(system: DifferentialSystem): boolean {
  const forms = noiseForms(system);
  const used = forms.flatMap((form) => [...(form?.coefficients.keys() ?? [])]);
  const own = forms.every((form, index) => {
    const others = new Set(system.equations.filter((_, other) => other !== index).map((equation) => equation.variable));
    const factors = [...(form?.coefficients.values() ?? [])];
    return factors.length <= 1 && factors.every((factor) => !mentions(factor, others));
  });
  return own && new Set(used).size === used.length;
}

function advanced(step: StepBuilder, split: SplitEquation, root: Tree): Tree {
  const { equation, old, drift } = split;
  const [term] = split.terms;
  if (term === undefined) return add(old, drift);
  const support = assign(step, `_s_${equation.variable}`, add(add(old, drift), multiply(root, term.strength)));
  const later = gated(equation, atStage(step, term.factor, 'start', new Map([[equation.variable, support]])));
  const squared = multiply(term.increment, term.increment);
  const correction = divide(multiply(subtract(later, term.strength), squared), multiply(number(2), root));
  return add(add(add(old, drift), multiply(term.strength, term.increment)), correction);
}
