/** The classical Runge–Kutta method: x + (k1 + 2·k2 + 2·k3 + k4)/6, summed in this order. */
import { defined } from '../base/assert.ts';
import { add, divide, multiply, name, number } from '../equations/make-tree.ts';
import type { Tree } from '../equations/tree.ts';
import type { IntegrationMethod } from './method.ts';
import { refuseNoise } from './refusal.ts';
import { assignEach, createStep, finishStep, increments, oldState, type StepBuilder } from './stages.ts';

const title = 'Fourth-order Runge–Kutta';

type StageValues = ReadonlyMap<string, Tree>;

/** Fourth order with four evaluations per step: at the start, twice in the middle and at the end. */
export const rk4: IntegrationMethod = {
  id: 'rk4',
  title,
  choice: 'Runge–Kutta 4',
  summary: 'Four evaluations per step; fourth order, the best choice for smooth equations without noise.',
  order: 4,
  applies: (system) => refuseNoise(title, system),
  step(system, context) {
    const step = createStep(system, context);
    const k1 = increments(step, '_k1_', 'start', oldState);
    const k2 = increments(
      step,
      '_k2_',
      'middle',
      shifted(step, '_x2_', (variable) => divide(at(k1, variable), number(2))),
    );
    const k3 = increments(
      step,
      '_k3_',
      'middle',
      shifted(step, '_x3_', (variable) => divide(at(k2, variable), number(2))),
    );
    const k4 = increments(
      step,
      '_k4_',
      'end',
      shifted(step, '_x4_', (variable) => at(k3, variable)),
    );
    assignEach(step, '_new_', ({ variable }) => {
      const twice = (k: StageValues): Tree => multiply(number(2), at(k, variable));
      const total = add(add(add(at(k1, variable), twice(k2)), twice(k3)), at(k4, variable));
      return add(name(variable), divide(total, number(6)));
    });
    return finishStep(step, '_new_');
  },
};

function shifted(step: StepBuilder, prefix: string, shift: (variable: string) => Tree): StageValues {
  return assignEach(step, prefix, ({ variable }) => add(name(variable), shift(variable)));
}

function at(values: StageValues, variable: string): Tree {
  return defined(values.get(variable), `no stage value of ${variable}`);
}
