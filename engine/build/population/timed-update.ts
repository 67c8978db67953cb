/** Statements that run at chosen moments: every step or at regular times, in a chosen slot. */
import { problem } from '../../base/problem.ts';
import { failed, ok, type Result } from '../../base/result.ts';
import type { Moment } from '../../equations/moment.ts';
import type { TimedUpdate } from '../../equations/population-text.ts';
import { writtenValue } from '../../equations/check-statements.ts';
import { namesIn, type StatementTree } from '../../equations/tree.ts';
import * as ir from '../ir/expressions.ts';
import { loop, when } from '../ir/statements.ts';
import type { Expression, Statement } from '../ir/types.ts';
import type { ElementBuilder } from '../library-kind.ts';
import { computeBlock, storeWritten, type Written } from './equation-block.ts';
import { slots } from '../program.ts';
import { eventsBetween, isDue, mostPerStep, wholeSteps, type RegularClock } from '../regular-clock.ts';
import { cell, createEquationScope, type EquationScope, type ScopeContext } from './equation-scope.ts';
import { lastHeldValues } from './equation-values.ts';
import { afterSlot, beforeSlot, wakeBefore, type EquationExpansion } from './equation-expansion.ts';

/** Adds the updates. Fails where an interval is far shorter than a step. */
export function addTimedUpdates(expansion: EquationExpansion): Result<void> {
  const { builder, population } = expansion;
  const wandering: WanderingUpdate[] = [];
  for (const [index, update] of population.text.updates.entries()) {
    const { everySeconds = builder.timeStepSeconds } = update.moment;
    const clock = { everySeconds, timeStepSeconds: builder.timeStepSeconds };
    if (everySeconds * mostPerStep < builder.timeStepSeconds) return failed(tooShort(builder, everySeconds));
    const period = wholeSteps(everySeconds, builder.timeStepSeconds);
    if (period === undefined) wandering.push({ update, index, clock });
    addUpdate(expansion, { update, index, clock }, period);
  }
  if (wandering.length > 0) addBetweenSteps(expansion, wandering);
  return ok(undefined);
}

function tooShort(builder: ElementBuilder, everySeconds: number) {
  return problem(
    'model/time-step',
    `Updates every ${everySeconds} s are too many for steps of ${builder.timeStepSeconds} s.`,
    {
      hint: `Choose an interval of ${builder.timeStepSeconds / mostPerStep} s or longer.`,
      at: { element: builder.id, path: 'parameters.every_step' },
    },
  );
}

/** An update with its clock. */
interface WanderingUpdate {
  readonly update: TimedUpdate;
  readonly index: number;
  readonly clock: RegularClock;
}

const sides = { before: beforeSlot, in: 0, after: afterSlot } as const;

function orderOf({ order, side }: Moment): number {
  return order + sides[side];
}

function tieOf({ builder }: EquationExpansion, index: number): string {
  return `${builder.id}_run_regularly${index === 0 ? '' : `_${index}`}`;
}

function addUpdate(
  expansion: EquationExpansion,
  { update, index, clock }: WanderingUpdate,
  period: number | undefined,
): void {
  const { moment } = update;
  const context = isBeforeHeld(moment)
    ? withLastValues(expansion, update.statements, `update_${index}`)
    : expansion.context;
  const scope = createEquationScope(context, `update/${index}`);
  const once = createEquationScope(context, `update/${index}/shared`, { prefix: 'shared_', index: ir.i32(0) });
  const body = updateBody(expansion, update, scope, once);
  const due = period === undefined ? isDue(clock) : ir.equal(ir.remainder(ir.step, ir.i32(period)), ir.i32(0));
  expansion.builder.operator({
    name: `update/${index}`,
    slot: moment.slot,
    order: orderOf(moment),
    tie: tieOf(expansion, index),
    ...scope.access(),
    body: period === 1 ? body : [when(due, body)],
  });
}

/** The statements for all cells; `scope` is told of every signal. */
function updateBody(
  expansion: EquationExpansion,
  update: TimedUpdate,
  scope: EquationScope,
  once: EquationScope,
): Statement[] {
  const [single, each] = partShared(expansion, update.statements);
  const body: Statement[] = [];
  if (single.length > 0) {
    const inner = block(expansion, single, once);
    body.push(...once.declarations(), ...inner);
    touchAll(once, scope);
  }
  if (each.length > 0) {
    const inner = block(expansion, each, scope);
    const woken = wakeBefore(expansion, scope);
    body.push(loop('n', 0, expansion.population.cells, [...woken, ...scope.declarations(), ...inner]));
  }
  return body;
}

function touchAll(from: EquationScope, to: EquationScope): void {
  const { reads = [], updates = [] } = from.access();
  for (const signal of [...reads, ...updates]) to.touch(signal);
}

/** Before everything else of a step. */
const beforeAll = 2 * beforeSlot;

/** What falls between two steps happens before the later one, whose time the statements see, as in Brian. */
function addBetweenSteps(expansion: EquationExpansion, wandering: readonly WanderingUpdate[]): void {
  const { builder, context, population } = expansion;
  const all = createEquationScope(context, 'between');
  const inOrder = [...wandering].sort(
    (left, right) =>
      slots.indexOf(left.update.moment.slot) - slots.indexOf(right.update.moment.slot) ||
      orderOf(left.update.moment) - orderOf(right.update.moment) ||
      (tieOf(expansion, left.index) < tieOf(expansion, right.index) ? -1 : 1),
  );
  const events = inOrder.map(({ update, index, clock }) => ({
    clock,
    body(round: Expression) {
      const purpose = `update/${index}/between`;
      const last = withLastValues(expansion, update.statements, `between_${index}`);
      const draw = ir.add(cell, ir.multiply(round, ir.i32(population.cells)));
      const scope = createEquationScope(last, purpose, { draw });
      const once = createEquationScope(last, `${purpose}/shared`, { prefix: 'shared_', index: ir.i32(0), draw: round });
      const body = updateBody(expansion, update, scope, once);
      touchAll(scope, all);
      return body;
    },
  }));
  const body = eventsBetween(events);
  builder.operator({
    name: 'update/between',
    slot: 'start',
    order: beforeAll,
    tie: tieOf(expansion, 0),
    ...all.access(),
    body: [...body],
  });
}

/** Whether it runs before the values held over a step are made: they come after the updates of order 0, by name. */
function isBeforeHeld({ slot, side, order }: Moment): boolean {
  return slot === 'start' && side === 'before' && order <= 0;
}

/** The names as they stand then: values held over a step are those of the last one, in the first step zero. */
function withLastValues(
  expansion: EquationExpansion,
  statements: readonly StatementTree[],
  reader: string,
): ScopeContext {
  const { context, expand } = expansion;
  const read = new Set<string>();
  for (const statement of statements) namesIn(expand(writtenValue(statement)), read);
  return { ...context, storages: new Map([...context.storages, ...lastHeldValues(expansion, read, reader)]) };
}

/** Statements that write what all cells share run once, before those of the single cells; with the temporaries they need. */
function partShared(
  { variables }: EquationExpansion,
  statements: readonly StatementTree[],
): readonly [readonly StatementTree[], readonly StatementTree[]] {
  const shared = (target: string): boolean => variables.get(target)?.storage?.shared === true;
  const needed = new Set<string>();
  const single = statements.toReversed().filter((statement) => {
    const { target } = statement;
    const wanted = shared(target) || (needed.has(target) && !variables.has(target));
    if (wanted) namesIn(writtenValue(statement), needed);
    return wanted;
  });
  return [single.toReversed(), statements.filter(({ target }) => !shared(target))];
}

function block(
  expansion: EquationExpansion,
  statements: readonly StatementTree[],
  scope: Parameters<typeof storeWritten>[1],
): Statement[] {
  const body: Statement[] = [];
  const written: Written = new Map();
  computeBlock(expansion, statements, scope, body, written, true);
  return [...body, ...storeWritten(written, scope)];
}
