/** The Euler–Maruyama method: x + dt·f + g·dW with g at the old state, which reads the noise in Itô's sense. */
import type { IntegrationMethod } from './method.ts';
import { eulerSum, splitEquations } from './noise-step.ts';
import { refuseUnusable } from './refusal.ts';
import { assign, createStep, finishStep } from './stages.ts';

const title = 'Euler–Maruyama';

/** Source: Kloeden and Platen, Numerical Solution of Stochastic Differential Equations, ch. 9.1. */
export const eulerMaruyama: IntegrationMethod = {
  id: 'euler-maruyama',
  title,
  choice: 'Euler–Maruyama (noise, Itô)',
  summary: 'Euler with noise of any strength, read in the sense of Itô.',
  order: 1,
  applies: (system) => refuseUnusable(title, system),
  step(system, context) {
    const step = createStep(system, context);
    for (const split of splitEquations(step)) assign(step, `_new_${split.equation.variable}`, eulerSum(split));
    return finishStep(step, '_new_');
  },
};
