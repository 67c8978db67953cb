/**
 * Cells that are computed only while something happens to them: who is awake, up to which step the others were computed,
 * and how they are carried forward.
 */
import { defined } from '../../base/assert.ts';
import { failed, ok, type Result } from '../../base/result.ts';
import { namesIn, type Tree } from '../../equations/tree.ts';
import { changesByItself, refused } from '../../integration/event-driven.ts';
import { elapsedName, type BetweenEvents, type Outlook } from '../../integration/method.ts';
import * as ir from '../ir/expressions.ts';
import { letI32, store, when } from '../ir/statements.ts';
import type { Expression, SignalId, Statement } from '../ir/types.ts';
import { carryByPowers, poweredLevels } from '../operators/powered-carry.ts';
import { multiplyByReciprocals } from '../reciprocals.ts';
import type { CellCarry } from './access.ts';
import type { EquationExpansion } from './equation-expansion.ts';
import { createEquationScope, required, storeHeld, type CarriedNames, type PresentState } from './equation-scope.ts';
import { defineCoupled, type Advance } from './equation-step.ts';
import { evaluateKnown } from './known-values.ts';

/** Who is awake. Cells asleep stand in memory as they were after step `last`; those awake as they are. */
export interface WakeSignals {
  /** i32 [1]: state updates so far. */
  readonly clock: SignalId;
  /** i32 [cells]: state updates that a cell asleep has had. */
  readonly last: SignalId;
  /** u8 [cells]: 1 = awake. */
  readonly awake: SignalId;
  /** i32 [cells]: those awake, of which the first `count` hold. */
  readonly list: SignalId;
  readonly count: SignalId;
}

/** What a population has that is computed at events only. */
export interface CarriedCells extends CarriedNames, CellCarry {
  readonly signals: WakeSignals;
  /** Whether the threshold may come to hold by itself; undefined without a threshold. */
  readonly outlook: Outlook | undefined;
}

/** Prepares the cells; fails with `integration/not-applicable` where something keeps them from being left alone. */
export function createCarriedCells(
  expansion: EquationExpansion,
  { system }: Advance,
  { carry, mayReach }: BetweenEvents,
): Result<CarriedCells> {
  const { population, expand } = expansion;
  const { threshold } = population.text;
  const unsteady = unsteadyName(expansion, system);
  if (unsteady !== undefined) return failed(refused(unsteady, system));
  const outlook = threshold === undefined ? ok(undefined) : mayReach(system, expand(threshold));
  if (!outlook.ok) return outlook;
  const solution = carry(system, (names) => !differ(expansion, names));
  const signals = createSignals(expansion);
  const names = new Set(system.equations.map(({ variable }) => variable));
  const advance = carrying(expansion, solution);
  const concerns = concernedSignals(expansion, names, system);
  const wake = waking(expansion, signals, names, advance);
  const { touched } = advance(ir.i32(0), ir.i32(0), '');
  return ok({
    signals,
    names,
    concerns,
    touched: [...new Set([...Object.values(signals), ...touched])],
    wake,
    present: (index, prefix) => presentState(signals, advance, index, prefix),
    outlook: outlook.value,
  });
}

/** Whatever changes for all cells at once, or by itself, would have to wake all. */
function unsteadyName(expansion: EquationExpansion, system: Advance['system']): string | undefined {
  const { variables, population, expand } = expansion;
  const shared = [...namesOf(expansion, system)].find((name) => {
    const storage = variables.get(name)?.storage;
    return storage?.shared === true && storage.written;
  });
  if (shared !== undefined) return `${shared} is shared by all cells and changes during the run`;
  const rule = population.text.refractory;
  if (rule === undefined) return undefined;
  const tree = expand(rule.tree);
  const moving = changesByItself(tree, system);
  if (moving !== undefined) return `the refractory rule changes with ${moving} between events`;
  const states = system.equations.map(({ variable }) => variable);
  const read = rule.kind === 'time' ? states.find((name) => namesIn(tree).has(name)) : undefined;
  return read === undefined ? undefined : `the refractory period changes with ${read} between events`;
}

/** Names that decide how a cell goes on. */
function namesOf({ population, expand }: EquationExpansion, system: Advance['system']): ReadonlySet<string> {
  const { threshold, refractory } = population.text;
  const trees: Tree[] = system.equations.map(({ rightSide }) => rightSide);
  for (const tree of [threshold, refractory?.tree]) if (tree !== undefined) trees.push(expand(tree));
  const found = new Set<string>();
  for (const tree of trees) namesIn(tree, found);
  return found;
}

/** The state, and what is written during the run of all that decides how it goes on. */
function concernedSignals(
  expansion: EquationExpansion,
  states: ReadonlySet<string>,
  system: Advance['system'],
): ReadonlySet<SignalId> {
  const signals = [...states, ...namesOf(expansion, system)].flatMap((name) => {
    const storage = expansion.context.storages.get(name);
    return storage?.written === true ? [storage.signal] : [];
  });
  return new Set(signals);
}

function createSignals({ builder, population }: EquationExpansion): WakeSignals {
  const { cells } = population;
  const base = { role: 'state', type: 'i32' } as const;
  const all = builder.outline ? 0 : Int32Array.from({ length: cells }, (_, n) => n);
  return {
    clock: builder.signal({ ...base, name: 'carry/clock', shape: [1], initial: 0 }),
    last: builder.signal({ ...base, name: 'carry/last', shape: [cells], initial: 0 }),
    awake: builder.signal({ ...base, name: 'carry/awake', type: 'u8', shape: [cells], initial: 1 }),
    list: builder.signal({ ...base, name: 'carry/list', shape: [cells], initial: all }),
    count: builder.signal({ ...base, name: 'carry/count', shape: [1], initial: cells }),
  };
}

/** Whether any of the names has a value of its own for single cells. */
function differ({ variables }: EquationExpansion, names: readonly string[]): boolean {
  return names.some((name) => name === 'i' || (variables.has(name) && variables.get(name)?.literal === undefined));
}

type Carrying = (index: Expression, steps: Expression, prefix: string) => PresentState;

/** The state of a cell after so many further steps without events. */
function carrying(expansion: EquationExpansion, solution: ReturnType<BetweenEvents['carry']>): Carrying {
  const { builder, context } = expansion;
  const table =
    solution.kind === 'closed'
      ? undefined
      : builder.signal({
          name: 'carry/powers',
          shape: [poweredLevels, solution.variables.length * (solution.variables.length + solution.drives.size)],
          initial: solution.table((tree) => evaluateKnown(expansion, tree), poweredLevels),
          role: 'constant',
        });
  if (table !== undefined) context.steady.add(table);
  return (index, steps, prefix) => {
    const scope = createEquationScope(context, 'carry', { prefix, index });
    const body: Statement[] = [];
    const keep = (name: string, tree: Tree): Expression =>
      scope.hold(`carry${name}`, multiplyByReciprocals(scope.lower(tree, body)), body);
    const finish = (values: ReadonlyMap<string, Expression>, more: readonly SignalId[] = []): PresentState => {
      const { reads = [], updates = [] } = scope.access();
      return { statements: [...scope.declarations(), ...body], values, touched: [...reads, ...updates, ...more] };
    };
    if (solution.kind === 'closed') {
      const elapsed = ir.multiply(ir.toF64(steps), ir.f64(builder.timeStepSeconds));
      scope.define(elapsedName, scope.hold('elapsed', elapsed, body));
      for (const { target, expression } of solution.assignments) scope.define(target, keep(target, expression));
      defineCoupled(solution.coupled, `${prefix}carry_`, scope, body);
      return finish(new Map(Object.entries(solution.results).map(([name, made]) => [name, required(scope, made)])));
    }
    const drives = new Map([...solution.drives].map(([name, tree]) => [name, keep(`_b_${name}`, tree)]));
    const state = new Map(solution.variables.map((name) => [name, required(scope, name)]));
    const powers = defined(table, 'a table of powers');
    const values = carryByPowers({ carry: solution, table: powers, steps, state, drives, prefix }, body);
    return finish(values, [powers]);
  };
}

function sleptSteps({ clock, last }: WakeSignals, index: Expression): Expression {
  return ir.subtract(ir.loadI32(clock), ir.loadI32(last, index));
}

/** Brings a cell asleep up to now and puts it on the list. */
function waking(
  { context }: EquationExpansion,
  signals: WakeSignals,
  names: ReadonlySet<string>,
  advance: Carrying,
): CellCarry['wake'] {
  const { awake, list, count } = signals;
  return (cell, prefix) => {
    const index = ir.i32Local(`${prefix}woken`);
    const slept = ir.i32Local(`${prefix}slept`);
    const { statements, values } = advance(index, slept, prefix);
    const place = ir.i32Local(`${prefix}place`);
    const body = [
      letI32(slept.kind === 'local' ? slept.name : '', sleptSteps(signals, index)),
      ...statements,
      ...[...names].map((name) => {
        const storage = defined(context.storages.get(name), `storage of ${name}`);
        return storeHeld(storage, defined(values.get(name), name), index);
      }),
      store(awake, index, ir.i32(1)),
      letI32(`${prefix}place`, ir.loadI32(count)),
      store(list, place, index),
      store(count, 0, ir.add(place, ir.i32(1))),
    ];
    return [letI32(`${prefix}woken`, cell), when(ir.equal(ir.loadI32(awake, index), ir.i32(0)), body)];
  };
}

/** The state of a cell as it is now, wherever it stands in memory; nothing is written. */
function presentState(signals: WakeSignals, advance: Carrying, index: Expression, prefix: string): PresentState {
  const slept = `${prefix}slept`;
  const up = ir.notEqual(ir.loadI32(signals.awake, index), ir.i32(0));
  const steps = ir.select(up, ir.i32(0), sleptSteps(signals, index));
  const { statements, values, touched } = advance(index, ir.i32Local(slept), prefix);
  return {
    statements: [letI32(slept, steps), ...statements],
    values,
    touched: [...touched, signals.clock, signals.last, signals.awake],
  };
}
