/** Event-driven equations: the exact solution over the time since the last event, for linear equations. */
import { problem } from '../../base/problem.ts';
import type { Result } from '../../base/result.ts';
import { collect, failed, mapResult, ok } from '../../base/result.ts';
import { linearForm, mentions } from '../../equations/classify.ts';
import { add, call, multiply, name, number } from '../../equations/make-tree.ts';
import { isNumber, simplify } from '../../equations/simplify.ts';
import type { Assignment } from '../../equations/statement-sequence.ts';
import type { DifferentialSystem, StateEquation } from '../../equations/system.ts';
import type { Tree } from '../../equations/tree.ts';
import { carryBetweenEvents } from '../../integration/event-driven.ts';
import { exact } from '../../integration/exact.ts';
import type { CoupledStep, PoweredCarry } from '../../integration/method.ts';
import { poweredStep, type PoweredStep } from './powered-step.ts';

/** Name of the time since the last event, to be supplied. */
export const elapsed = '_elapsed';

/** Assignments that lead from the values at the last event to those now, and the names of the new values. */
export interface EventDrivenStep {
  readonly assignments: readonly Assignment[];
  readonly results: Readonly<Record<string, string>>;
  /** Computed after the assignments. */
  readonly coupled?: readonly CoupledStep[];
  /** Circles and longer chains of constant coefficients: the assignments are those of the drives, from which the values follow. */
  readonly powers?: PoweredStep;
}

/**
 * The step of all event-driven equations; fails with `integration/not-applicable` for equations that are not linear.
 * `evaluate` gives numbers for trees of fixed names and `dt`.
 */
export function eventDrivenStep(system: DifferentialSystem, evaluate: (tree: Tree) => number): Result<EventDrivenStep> {
  const names = new Set(system.equations.map(({ variable }) => variable));
  const moving = system.equations.filter(({ rightSide }) => mentions(rightSide, new Set(['t', ...system.noises])));
  if (moving.length > 0)
    return failed(...moving.map(({ variable }) => refusal(variable, 'changes between events by itself')));
  const coupled = system.equations.some(({ rightSide, variable }) => mentions(rightSide, without(names, variable)));
  return coupled ? coupledStep(system, names, evaluate) : separateStep(system);
}

/** x(t + Δ) = x·exp(aΔ) + b·Δ·exprel(aΔ), which also holds for a = 0. */
function separateStep(system: DifferentialSystem): Result<EventDrivenStep> {
  return mapResult(collect(system.equations.map(solution)), (assignments) => ({
    assignments,
    results: Object.fromEntries(system.equations.map(({ variable }) => [variable, `_now_${variable}`])),
  }));
}

function solution({ variable, rightSide }: StateEquation): Result<Assignment> {
  const form = linearForm(rightSide, new Set([variable]));
  if (form === undefined) return failed(refusal(variable, `is not linear in ${variable}`));
  const exponent = multiply(form.coefficients.get(variable) ?? number(0), name(elapsed));
  const decayed = multiply(name(variable), call('exp', exponent));
  const driven = multiply(multiply(form.constant, name(elapsed)), call('exprel', exponent));
  const still = add(name(variable), multiply(form.constant, name(elapsed)));
  const expression = form.coefficients.has(variable) ? driven0(form.constant, decayed, driven) : still;
  return ok({ target: `_now_${variable}`, expression: simplify(expression) });
}

function driven0(constant: Tree, decayed: Tree, driven: Tree): Tree {
  return isNumber(simplify(constant), 0) ? decayed : add(decayed, driven);
}

/** Equations that depend on each other, as cells are carried that are computed at events only. */
function coupledStep(
  system: DifferentialSystem,
  names: ReadonlySet<string>,
  evaluate: (tree: Tree) => number,
): Result<EventDrivenStep> {
  const refused = exact.applies(system);
  if (refused !== undefined)
    return failed(...[...names].slice(0, 1).map((variable) => refusal(variable, refused.message)));
  const carry = carryBetweenEvents(system, () => true);
  if (carry.kind === 'powers') return ok({ ...driveStep(carry), powers: poweredStep(carry, evaluate) });
  return ok(carry);
}

/** The drives under names of their own. */
function driveStep({ drives }: PoweredCarry): EventDrivenStep {
  const named = [...drives].map(([variable, expression]) => ({ variable, target: `_b_${variable}`, expression }));
  return {
    assignments: named.map(({ target, expression }) => ({ target, expression })),
    results: Object.fromEntries(named.map(({ variable, target }) => [variable, target])),
  };
}

function without(names: ReadonlySet<string>, left: string): ReadonlySet<string> {
  return new Set([...names].filter((candidate) => candidate !== left));
}

function refusal(variable: string, reason: string) {
  return problem('integration/not-applicable', `The event-driven equation of ${variable} ${reason}.`, {
    hint: `Event-driven equations are solved exactly and have to be linear; flag ${variable} as (clock-driven) instead.`,
  });
}
