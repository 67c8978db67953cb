/** The forward Euler method: x + dt·f(x, t), with additive noise g·dW. */
import type { IntegrationMethod } from './method.ts';
import { eulerSum, splitEquations } from './noise-step.ts';
import { hasMultiplicativeNoise, refusal, refuseUnusable } from './refusal.ts';
import { assign, createStep, finishStep } from './stages.ts';

const title = 'Forward Euler';

/** All right-hand sides are taken at the old state; noise must not depend on the state. */
export const euler: IntegrationMethod = {
  id: 'euler',
  title,
  choice: 'forward Euler',
  summary: 'One evaluation per step; simple and fast, needs small steps.',
  order: 1,
  applies(system) {
    const unusable = refuseUnusable(title, system);
    if (unusable !== undefined || system.kind === 'discrete') return unusable;
    return hasMultiplicativeNoise(system)
      ? refusal(title, 'the strength of the noise depends on the state', system)
      : undefined;
  },
  step(system, context) {
    const step = createStep(system, context);
    for (const split of splitEquations(step)) assign(step, `_new_${split.equation.variable}`, eulerSum(split));
    return finishStep(step, '_new_');
  },
};
