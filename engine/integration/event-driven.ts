/** Exact integration that leaves a cell alone while nothing reaches it and its threshold stays out of reach. */
import { assert } from '../base/assert.ts';
import type { Problem } from '../base/problem.ts';
import { failed, ok } from '../base/result.ts';
import { builtinFunctions } from '../equations/functions.ts';
import { name } from '../equations/make-tree.ts';
import { substitute } from '../equations/substitute.ts';
import type { DifferentialSystem, EquationSystem } from '../equations/system.ts';
import { children, type Tree } from '../equations/tree.ts';
import { chainRefusal } from './exact-chain.ts';
import { changingStep, exact, exactRefusal, linearRowsOf } from './exact.ts';
import { poweredCarry } from './linear-powers.ts';
import { coefficientNames, isFixed } from './linear-system.ts';
import { elapsedName, type BetweenEvents, type IntegrationMethod } from './method.ts';
import { refusal } from './refusal.ts';
import { createStep, finishStep } from './stages.ts';
import { thresholdOutlook } from './threshold-outlook.ts';

const title = 'Event-driven integration';

/** The state after some steps without events: by powers where coefficients are known and alike for all cells, else closed. */
export const carryBetweenEvents: BetweenEvents['carry'] = (system, alike) => {
  assert(system.kind === 'differential', 'the method was not asked whether it applies');
  const rows = linearRowsOf(system);
  if (chainRefusal(rows) !== undefined && isFixed(rows, system) && alike(coefficientNames(rows)))
    return poweredCarry(rows);
  const equations = system.equations.map((equation) => ({ ...equation, activeWhile: undefined }));
  const step = createStep({ ...system, equations }, { sampleInput: (input) => input });
  const coupled = changingStep(step, linearRowsOf(step.system));
  const { assignments, results } = finishStep(step, '_new_');
  const over = (tree: Tree): Tree => substitute(tree, (read) => (read === 'dt' ? name(elapsedName) : undefined));
  return {
    kind: 'closed',
    results,
    coupled,
    assignments: assignments.map(({ target, expression }) => ({ target, expression: over(expression) })),
  };
};

const betweenEvents: BetweenEvents = {
  carry: carryBetweenEvents,
  mayReach(system, threshold) {
    assert(system.kind === 'differential', 'the method was not asked whether it applies');
    const moving = changesByItself(threshold, system);
    if (moving !== undefined) return failed(refused(`the threshold changes with ${moving} between events`, system));
    const outlook = thresholdOutlook(linearRowsOf(system), threshold);
    return typeof outlook === 'string' ? failed(refused(outlook, system)) : ok(outlook);
  },
};

/**
 * While a cell is awake its steps are those of the exact method, so spikes fall on the same steps. Asleep, its state is
 * carried forward over all steps at once when an event reaches it or somebody looks.
 */
export const eventDriven: IntegrationMethod = {
  id: 'event-driven',
  title: 'Event-driven',
  choice: 'event-driven (exact, sparse activity)',
  summary: 'Exact, and computed only for cells that something reaches; for sparse activity.',
  order: undefined,
  applies(system) {
    const odd = exactRefusal(system, title);
    if (odd !== undefined || system.kind === 'discrete') return odd;
    for (const { variable, rightSide } of system.equations) {
      const moving = changesByItself(rightSide, system);
      if (moving !== undefined)
        return refused(`the equation of ${variable} changes with ${moving} between events`, system);
    }
    return undefined;
  },
  step: exact.step.bind(exact),
  betweenEvents,
};

/** A refusal of the method, which names the exact one where that can. */
export function refused(reason: string, system: EquationSystem): Problem {
  const found = refusal(title, reason, system);
  return exact.applies(system) === undefined ? { ...found, hint: 'Use exact.' } : found;
}

/** What in a tree changes without an event: time, an input, a table over time, a random number. */
export function changesByItself(tree: Tree, system: DifferentialSystem): string | undefined {
  if (tree.kind === 'name') {
    const moving = tree.name === 't' || tree.name === 't_in_timesteps' || system.inputs.has(tree.name);
    return moving ? tree.name : undefined;
  }
  if (tree.kind === 'call' && builtinFunctions.get(tree.function)?.random !== false) return tree.function;
  return children(tree)
    .map((child) => changesByItself(child, system))
    .find((found) => found !== undefined);
}
