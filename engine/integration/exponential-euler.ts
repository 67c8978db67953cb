/** The exponential Euler method: f = A·x + B with A and B at the old state; (x + B/A)·exp(A·dt) − B/A. */
import { defined } from '../base/assert.ts';
import { linearForm, type LinearForm } from '../equations/classify.ts';
import { add, binary, call, divide, multiply, name, number, select, subtract } from '../equations/make-tree.ts';
import type { StateEquation } from '../equations/system.ts';
import type { Tree } from '../equations/tree.ts';
import type { IntegrationMethod } from './method.ts';
import { refusal, refuseNoise } from './refusal.ts';
import { assign, atStage, createStep, finishStep, oldState, timeStep, type StepBuilder } from './stages.ts';

const title = 'Exponential Euler';

/** Every equation has to be linear in its own variable, apart from functions of it, which count as constant over the step. */
export const exponentialEuler: IntegrationMethod = {
  id: 'exponential-euler',
  title,
  summary: 'Solves each equation exactly in its own variable; stable for conductance-based models.',
  order: 1,
  applies(system) {
    const refused = refuseNoise(title, system);
    if (refused !== undefined || system.kind === 'discrete') return refused;
    const odd = system.equations.find((equation) => conditionallyLinear(equation) === undefined);
    return odd === undefined
      ? undefined
      : refusal(title, `the equation of ${odd.variable} is not linear in ${odd.variable}`, system);
  },
  step(system, context) {
    const step = createStep(system, context);
    for (const equation of step.system.equations) {
      const value = advanced(step, equation);
      const held = equation.activeWhile;
      const next = held === undefined ? value : select(name(held), value, name(equation.variable));
      assign(step, `_new_${equation.variable}`, next);
    }
    return finishStep(step, '_new_');
  },
};

function conditionallyLinear(equation: StateEquation): LinearForm | undefined {
  return linearForm(equation.rightSide, new Set([equation.variable]), true);
}

/** The new value of a variable; where A is zero, x + dt·B. */
function advanced(step: StepBuilder, equation: StateEquation): Tree {
  const { variable } = equation;
  const old = name(variable);
  const form = defined(conditionallyLinear(equation), `the equation of ${variable} was not refused`);
  const rest = assign(step, `_B_${variable}`, atStage(step, form.constant, 'start', oldState));
  const linear = add(old, multiply(timeStep, rest));
  const slope = form.coefficients.get(variable);
  if (slope === undefined) return linear;
  const rate = assign(step, `_A_${variable}`, atStage(step, slope, 'start', oldState));
  const ratio = assign(step, `_BA_${variable}`, divide(rest, rate));
  const exact = subtract(multiply(add(old, ratio), call('exp', multiply(rate, timeStep))), ratio);
  return select(binary('==', rate, number(0)), linear, exact);
}
