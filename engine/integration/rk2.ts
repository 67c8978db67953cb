/** The midpoint method: k = dt·f(x, t); x + dt·f(x + k/2, t + dt/2). */
import { add, divide, name, number } from '../equations/make-tree.ts';
import { defined } from '../base/assert.ts';
import type { IntegrationMethod } from './method.ts';
import { refuseNoise } from './refusal.ts';
import { assignEach, createStep, finishStep, increments, oldState } from './stages.ts';

const title = 'Second-order Runge–Kutta';

/** Second order with two evaluations per step. */
export const rk2: IntegrationMethod = {
  id: 'rk2',
  title,
  choice: 'Runge–Kutta 2 (midpoint)',
  summary: 'Two evaluations per step (midpoint); second order.',
  order: 2,
  applies: (system) => refuseNoise(title, system),
  step(system, context) {
    const step = createStep(system, context);
    const first = increments(step, '_k1_', 'start', oldState);
    const middle = assignEach(step, '_x2_', ({ variable }) =>
      add(name(variable), divide(at(first, variable), number(2))),
    );
    const second = increments(step, '_k2_', 'middle', middle);
    assignEach(step, '_new_', ({ variable }) => add(name(variable), at(second, variable)));
    return finishStep(step, '_new_');
  },
};

function at<T>(values: ReadonlyMap<string, T>, variable: string): T {
  return defined(values.get(variable), `no stage value of ${variable}`);
}
