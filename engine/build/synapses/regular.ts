/** Statements of synapses at regular times; those that write shared variables run once, before the loop over the synapses. */
import type { StatementTree } from '../../equations/tree.ts';
import * as ir from '../ir/expressions.ts';
import { when } from '../ir/statements.ts';
import type { Expression, Statement } from '../ir/types.ts';
import { slots } from '../program.ts';
import { eventsBetween, isDue, wholeSteps, type RegularClock } from '../regular-clock.ts';
import { computeBlock, storeWritten, type Written } from './block.ts';
import type { CheckedSynapses } from './check-synapses.ts';
import { endVariable } from './end-names.ts';
import { addOperator, everySynapse, loopOverAll, openFrame, type Frame } from './frame.ts';
import type { SynapseContext } from './synapse-scope.ts';

type Entry = CheckedSynapses['regular'][number];

/** Statements under construction: the frames they are made in, and what they do. */
interface Made {
  readonly once: Frame;
  readonly each: Frame;
  readonly body: Statement[];
}

/** Adds the operators of all regular statements. */
export function emitRegular(context: SynapseContext, entries: readonly Entry[]): void {
  const dt = context.site.timeStepSeconds;
  entries.forEach((entry, index) => {
    const { everySeconds, slot, order } = entry.regular;
    const { once, each, body } = make(context, entry, `regular_${index}`);
    const period = everySeconds === undefined ? 1 : wholeSteps(everySeconds, dt);
    const due =
      period === undefined
        ? isDue(clockOf(context, entry))
        : ir.equal(ir.remainder(ir.step, ir.i32(period)), ir.i32(0));
    addOperator(context, each, {
      name: `regular_${index}`,
      slot,
      order,
      tie: tieOf(context, index),
      alsoReads: [...once.scope.reads, ...once.reads],
      alsoUpdates: [...once.scope.updates],
      body: period === 1 ? body : [when(due, body)],
    });
  });
  const wandering = entries.map((entry, index) => ({ entry, index })).filter(({ entry }) => wanders(context, entry));
  if (wandering.length > 0) emitBetween(context, wandering);
}

function wanders({ site }: SynapseContext, { regular: { everySeconds } }: Entry): boolean {
  return everySeconds !== undefined && wholeSteps(everySeconds, site.timeStepSeconds) === undefined;
}

function clockOf({ site }: SynapseContext, { regular }: Entry): RegularClock {
  const { timeStepSeconds } = site;
  return { everySeconds: regular.everySeconds ?? timeStepSeconds, timeStepSeconds };
}

function tieOf({ definition }: SynapseContext, index: number): string {
  return `${definition.name}_run_regularly${index === 0 ? '' : `_${index}`}`;
}

/** Before everything else of a step, where populations have theirs. */
const beforeAll = -2e6;

function emitBetween(
  context: SynapseContext,
  wandering: readonly { readonly entry: Entry; readonly index: number }[],
): void {
  const inOrder = [...wandering].sort(
    ({ entry: { regular: left }, index: first }, { entry: { regular: right }, index: second }) =>
      slots.indexOf(left.slot) - slots.indexOf(right.slot) ||
      left.order - right.order ||
      (tieOf(context, first) < tieOf(context, second) ? -1 : 1),
  );
  const frames: Frame[] = [];
  const events = inOrder.map(({ entry, index }) => ({
    clock: clockOf(context, entry),
    body(round: Expression) {
      const { once, each, body } = make(context, entry, `regular_${index}/between`, round);
      frames.push(once, each);
      return body;
    },
  }));
  const body = [...eventsBetween(events)];
  const frame = openFrame(context, 'between', everySynapse);
  addOperator(context, frame, {
    name: 'regular/between',
    slot: 'start',
    order: beforeAll,
    tie: tieOf(context, 0),
    alsoReads: frames.flatMap(({ scope, reads }) => [...scope.reads, ...reads]),
    alsoUpdates: frames.flatMap(({ scope }) => [...scope.updates]),
    body,
  });
}

function make(context: SynapseContext, { statements }: Entry, purpose: string, round?: Expression): Made {
  const count = ir.i32(context.definition.count);
  const draw = round === undefined ? everySynapse : ir.add(everySynapse, ir.multiply(round, count));
  const once = openFrame(context, `${purpose}_once`, ir.i32(0), { prefix: 'once_', draw: round ?? ir.i32(0) });
  const each = openFrame(context, purpose, everySynapse, { draw });
  const isShared = ({ target }: StatementTree): boolean => context.variables.get(target)?.shared === true;
  const isTemporary = ({ target }: StatementTree): boolean => !isKept(context, target);
  const single = statements.some(isShared)
    ? statements.filter((statement) => isShared(statement) || isTemporary(statement))
    : [];
  const rest = statements.filter((statement) => !isShared(statement));
  return { once, each, body: [...runStatements(once, single), loopOverAll(context, runStatements(each, rest))] };
}

function isKept({ definition, variables }: SynapseContext, target: string): boolean {
  return variables.has(target) || endVariable(definition, target) !== undefined;
}

function runStatements(frame: Frame, statements: readonly StatementTree[]): Statement[] {
  const body: Statement[] = [];
  const written: Written = new Map();
  computeBlock(statements, frame.scope, body, written);
  body.push(...storeWritten(written, frame.scope));
  return frame.close(body);
}
