/** Statements that run at chosen moments: every step or every so many steps, in a chosen slot. */
import { problem } from '../../base/problem.ts';
import { failed, ok, type Result } from '../../base/result.ts';
import type { Moment } from '../../equations/moment.ts';
import type { TimedUpdate } from '../../equations/population-text.ts';
import { writtenValue } from '../../equations/check-statements.ts';
import { namesIn, type StatementTree } from '../../equations/tree.ts';
import * as ir from '../ir/expressions.ts';
import { loop, when } from '../ir/statements.ts';
import type { Statement } from '../ir/types.ts';
import type { ElementBuilder } from '../library-kind.ts';
import { computeBlock, storeWritten, type Written } from './equation-block.ts';
import { createEquationScope, type ScopeContext } from './equation-scope.ts';
import { lastHeldValues } from './equation-values.ts';
import { afterSlot, beforeSlot, wakeBefore, type EquationExpansion } from './equation-expansion.ts';

/** Adds the updates. Fails where an interval is no whole number of steps. */
export function addTimedUpdates(expansion: EquationExpansion): Result<void> {
  for (const [index, update] of expansion.population.text.updates.entries()) {
    const period = stepsBetween(expansion.builder, update.moment);
    if (!period.ok) return period;
    addUpdate(expansion, update, index, period.value);
  }
  return ok(undefined);
}

function stepsBetween(builder: ElementBuilder, { everySeconds }: Moment): Result<number> {
  if (everySeconds === undefined) return ok(1);
  const ratio = everySeconds / builder.timeStepSeconds;
  const steps = Math.round(ratio);
  if (steps >= 1 && steps < 2 ** 31 && Math.abs(ratio - steps) < 1e-4) return ok(steps);
  return failed(
    problem(
      'model/time-step',
      `Updates every ${everySeconds} s do not fall on steps of ${builder.timeStepSeconds} s.`,
      {
        hint: 'Choose an interval that is a whole number of time steps.',
        at: { element: builder.id, path: 'parameters.every_step' },
      },
    ),
  );
}

const sides = { before: beforeSlot, in: 0, after: afterSlot } as const;

function addUpdate(expansion: EquationExpansion, update: TimedUpdate, index: number, period: number): void {
  const { builder } = expansion;
  const { moment } = update;
  const context = isBeforeHeld(moment)
    ? withLastValues(expansion, update.statements, `update_${index}`)
    : expansion.context;
  const scope = createEquationScope(context, `update/${index}`);
  const [single, each] = partShared(expansion, update.statements);
  const body: Statement[] = [];
  if (single.length > 0) {
    const once = createEquationScope(context, `update/${index}/shared`, { prefix: 'shared_' });
    const inner = block(expansion, single, once);
    body.push(...once.declarations(), ...inner);
    const { reads, updates } = once.access();
    for (const signal of [...(reads ?? []), ...(updates ?? [])]) scope.touch(signal);
  }
  if (each.length > 0) {
    const inner = block(expansion, each, scope);
    const woken = wakeBefore(expansion, scope);
    body.push(loop('n', 0, expansion.population.cells, [...woken, ...scope.declarations(), ...inner]));
  }
  const timed = when(ir.equal(ir.remainder(ir.step, ir.i32(period)), ir.i32(0)), body);
  builder.operator({
    name: `update/${index}`,
    slot: moment.slot,
    order: moment.order + sides[moment.side],
    tie: `${builder.id}_run_regularly${index === 0 ? '' : `_${index}`}`,
    ...scope.access(),
    body: period === 1 ? body : [timed],
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

/** Statements that write what all cells share run once, before those of the single cells. */
function partShared(
  { variables }: EquationExpansion,
  statements: readonly StatementTree[],
): readonly [readonly StatementTree[], readonly StatementTree[]] {
  const shared = (statement: StatementTree): boolean => variables.get(statement.target)?.storage?.shared === true;
  return [statements.filter(shared), statements.filter((statement) => !shared(statement))];
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
