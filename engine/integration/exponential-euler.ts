/** The exponential Euler method: f = (N − D·x)/T with N, D and T at the old state; (x − N/D)·exp(−D·dt/T) + N/D. */
import { defined } from '../base/assert.ts';
import { linearForm, type LinearForm } from '../equations/classify.ts';
import { add, binary, call, divide, multiply, name, negate, number, select, subtract } from '../equations/make-tree.ts';
import { isNumber } from '../equations/simplify.ts';
import type { StateEquation } from '../equations/system.ts';
import type { Tree } from '../equations/tree.ts';
import { decayForm } from './decay-form.ts';
import type { IntegrationMethod } from './method.ts';
import { refusal, refuseNoise } from './refusal.ts';
import { assign, atStage, createStep, finishStep, oldState, timeStep, type StepBuilder } from './stages.ts';

const title = 'Exponential Euler';

/** Every equation has to be linear in its own variable, apart from functions of it, which count as constant over the step. */
export const exponentialEuler: IntegrationMethod = {
  id: 'exponential-euler',
  title,
  choice: 'exponential Euler',
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

/** The new value of a variable: towards N/D; where D is zero, x + dt·N/T. */
function advanced(step: StepBuilder, equation: StateEquation): Tree {
  const { variable } = equation;
  const old = name(variable);
  const form = defined(conditionallyLinear(equation), `the equation of ${variable} was not refused`);
  const slope = form.coefficients.get(variable) ?? number(0);
  const { rest, decay, divisor } = decayForm(form.constant, slope);
  const share = divisor === undefined ? timeStep : divide(timeStep, atStage(step, divisor, 'start', oldState));
  const source = isNumber(rest, 0) ? rest : assign(step, `_N_${variable}`, atStage(step, rest, 'start', oldState));
  const linear = add(old, multiply(share, source));
  if (isNumber(decay, 0)) return linear;
  const rate = assign(step, `_D_${variable}`, atStage(step, decay, 'start', oldState));
  const remaining = call('exp', multiply(rate, negate(share)));
  if (isNumber(rest, 0)) return multiply(old, remaining);
  const goal = assign(step, `_goal_${variable}`, isNumber(decay, 1) ? source : divide(source, rate));
  const exact = add(multiply(subtract(old, goal), remaining), goal);
  return decay.kind === 'number' ? exact : select(binary('==', rate, number(0)), linear, exact);
}
