/** Expands synapses written in equations into signals and operators: sums, state updates, pathways, regular statements. */
import { defined } from '../../base/assert.ts';
import type { Result } from '../../base/result.ts';
import { andThen, ok } from '../../base/result.ts';
import { name as nameTree } from '../../equations/make-tree.ts';
import type { Definition } from '../../equations/model-equations.ts';
import * as ir from '../ir/expressions.ts';
import { letI32, loop, store } from '../ir/statements.ts';
import type { Expression, SignalId, Statement } from '../ir/types.ts';
import { coupledValues } from '../operators/coupled-values.ts';
import type { ClockedStep } from './clocked-method.ts';
import { carriedValues, layPowers } from './powered-step.ts';
import { asNumber } from '../lower.ts';
import { computeBlock, storeWritten, type Written } from './block.ts';
import { checkSynapses, type CheckedSynapses, type SummedVariable } from './check-synapses.ts';
import type { SynapseDefinition, SynapseSite } from './definition.ts';
import { createEventLoop, dueSynapse } from './event-loop.ts';
import { elapsed } from './event-driven.ts';
import { addOperator, everySynapse, loopOverAll, openFrame, type Frame } from './frame.ts';
import { offerStates } from './observed.ts';
import { emitRegular } from './regular.ts';
import { sweepsOf } from './sweeps.ts';
import {
  asKept,
  required,
  storeCell,
  type SynapseContext,
  type SynapseScope,
  type SynapseVariable,
} from './synapse-scope.ts';
import { createContext } from './synapse-variables.ts';

/** What was built, by the names of the model. */
export interface SynapseSignals {
  readonly variables: ReadonlyMap<string, SynapseVariable>;
}

/** Checks the definition and adds everything that the synapses need; Problems point at the site. */
export function expandSynapses(site: SynapseSite, definition: SynapseDefinition): Result<SynapseSignals> {
  return andThen(checkSynapses(definition, site.id, site.timeStepSeconds), (checked) => {
    const context = createContext(site, definition, checked);
    offerStates(context, checked);
    for (const { definition: held, expression } of checked.held) emitHeld(context, held, expression);
    for (const summed of checked.summed) emitSummed(context, summed);
    if (checked.clocked.equations.length > 0) emitStateUpdate(context, checked);
    const { powers } = checked.stepEventDriven;
    const table = powers === undefined ? undefined : layPowers(context, powers);
    for (const pathway of checked.pathways) emitPathway(context, checked, pathway, table);
    emitRegular(context, checked.regular);
    return ok({ variables: context.variables });
  });
}

/** Slot order of what has to be there before anything else of the step looks. */
const beforeStart = -1e6;

function emitHeld(
  context: SynapseContext,
  held: Definition,
  expression: CheckedSynapses['held'][number]['expression'],
): void {
  const frame = openFrame(context, held.name, everySynapse);
  const cell = frame.scope.cellOf(held.name);
  if (cell === undefined) return;
  const value = asKept(frame.scope.lower(expression), cell.type);
  const body = [loopOverAll(context, frame.close([storeCell(cell, value)]))];
  addOperator(context, frame, {
    name: `${held.name}/hold`,
    slot: 'start',
    order: beforeStart,
    tie: `${context.definition.name}_subexpression_update`,
    body,
  });
}

/** target := 0 + Σ expression; in a vector of its own first, since the expression may read the target. */
function emitSummed(context: SynapseContext, summed: SummedVariable): void {
  const { variable, side, end } = summed.target;
  const frame = openFrame(context, summed.name, everySynapse);
  const sums = context.site.signal({ name: `${summed.name}/sums`, shape: [end.cells], initial: 0, role: 'transient' });
  const value = asNumber(frame.scope.lower(summed.expression));
  const own = frame.cellAt(side);
  const sumIndex = end.first === 0 ? own : ir.subtract(own, ir.i32(end.first));
  const n = ir.i32Local('n');
  const cell = {
    signal: variable.signal,
    index: end.first === 0 ? n : ir.add(n, ir.i32(end.first)),
    type: variable.type,
  };
  addOperator(context, frame, {
    name: `${summed.name}/sum`,
    slot: 'groups',
    order: end.sliced === true ? 0 : -1,
    tie: `${context.definition.name}_summed_variable_${summed.name}`,
    sets: [sums],
    alsoUpdates: [variable.signal],
    body: [
      loop('z', 0, end.cells, [store(sums, ir.i32Local('z'), ir.f64(0))]),
      loopOverAll(
        context,
        frame.close([
          letI32('at', sumIndex),
          store(sums, ir.i32Local('at'), ir.add(ir.load(sums, ir.i32Local('at')), value)),
        ]),
      ),
      loop('n', 0, end.cells, [storeCell({ ...cell, free: undefined }, asKept(ir.load(sums, n), variable.type))]),
    ],
  });
}

function emitStateUpdate(context: SynapseContext, { clocked, stepClocked }: CheckedSynapses): void {
  const frame = openFrame(context, 'step', everySynapse);
  const body: Statement[] = [];
  const results = assignAll(stepClocked, frame.scope, body);
  for (const { variable } of clocked.equations) {
    const cell = frame.scope.cellOf(variable);
    const value = results.get(variable);
    if (cell !== undefined && value !== undefined) body.push(storeCell(cell, asKept(value, cell.type)));
  }
  const tie = `${context.definition.name}_stateupdater`;
  addOperator(context, frame, { name: 'step', slot: 'groups', tie, body: [loopOverAll(context, frame.close(body))] });
}

/** Computes the assignments of a step into locals; gives the new value of every variable. */
function assignAll(step: ClockedStep, scope: SynapseScope, body: Statement[]): Map<string, Expression> {
  for (const { target, expression } of step.assignments)
    scope.define(target, scope.hold(target, scope.lower(expression), body));
  for (const [index, each] of (step.coupled ?? []).entries())
    for (const [name, value] of coupledValues(each, (read) => required(scope, read), `coupled${index}_`, body))
      scope.define(name, value);
  return new Map(Object.entries(step.results).map(([variable, name]) => [variable, required(scope, name)]));
}

/** Event-driven variables up to now, then the statements, then the time of this event; all stored at the end. */
function emitPathway(
  context: SynapseContext,
  checked: CheckedSynapses,
  { pathway, statements }: CheckedSynapses['pathways'][number],
  table: SignalId | undefined,
): void {
  const events = createEventLoop(context, pathway);
  const frames: Frame[] = [];
  const sweeps: Statement[][] = [];
  const held: SignalId[] = [];
  const sweep = (purpose: string, fill: (frame: Frame, body: Statement[], written: Written) => void): void => {
    const frame = openFrame(context, purpose, dueSynapse, { known: pathway.side });
    const body: Statement[] = [];
    const written: Written = new Map();
    fill(frame, body, written);
    frames.push(frame);
    sweeps.push(frame.close(body));
  };
  const cut = sweepsOf(context, statements);
  for (const [index, { statements: block, awaited }] of cut.entries()) {
    const purpose = index === 0 ? pathway.name : `${pathway.name}/${index}`;
    const sums = awaited === undefined ? undefined : heldValues(context, purpose);
    sweep(purpose, ({ scope }, body, written) => {
      if (index === 0 && context.lastUpdate !== undefined)
        advanceToNow(context, checked, { scope, body, written, table });
      computeBlock(block, scope, body, written);
      if (awaited !== undefined && sums !== undefined)
        body.push(store(sums, dueSynapse, asNumber(scope.lower(awaited.expression))));
      body.push(...storeWritten(written, scope));
      const isLast = index === cut.length - 1;
      if (isLast && context.lastUpdate !== undefined) body.push(store(context.lastUpdate, dueSynapse, ir.time));
    });
    if (awaited === undefined || sums === undefined) continue;
    held.push(sums);
    sweep(`${purpose}/apply`, ({ scope }, body, written) => {
      scope.define(heldName, ir.load(sums, dueSynapse));
      computeBlock([{ ...awaited, expression: nameTree(heldName) }], scope, body, written);
      body.push(...storeWritten(written, scope));
    });
  }
  const [first, ...others] = frames;
  addOperator(context, defined(first, 'a sweep'), {
    name: pathway.name,
    slot: 'synapses',
    order: pathway.order ?? (pathway.side === 'pre' ? -1 : 1),
    tie: `${context.definition.name}_${pathway.name}`,
    alsoReads: [...events.reads, ...others.flatMap(({ scope, reads }) => [...scope.reads, ...reads])],
    alsoUpdates: [...events.updates, ...others.flatMap(({ scope }) => [...scope.updates])],
    sets: held,
    body: events.wrap(sweeps),
  });
}

/** What a synapse will change its cell by, while the others still read the cell. */
const heldName = '_held';

function heldValues({ site, definition }: SynapseContext, purpose: string): SignalId {
  return site.signal({
    name: `${purpose}/held`,
    shape: [Math.max(1, definition.count)],
    initial: 0,
    role: 'transient',
  });
}

/** Where event-driven variables are brought up to now. */
interface AdvancePlace {
  readonly scope: SynapseScope;
  readonly body: Statement[];
  readonly written: Written;
  /** Powers of the propagator, where they are needed. */
  readonly table: SignalId | undefined;
}

function advanceToNow(
  context: SynapseContext,
  { stepEventDriven }: CheckedSynapses,
  { scope, body, written, table }: AdvancePlace,
): void {
  const since = scope.hold('elapsed', ir.subtract(ir.time, required(scope, 'lastupdate')), body);
  scope.define(elapsed, since);
  const { powers } = stepEventDriven;
  const made = assignAll(stepEventDriven, scope, body);
  const values =
    powers === undefined || table === undefined
      ? made
      : carriedValues(context, powers, { table, elapsed: since, drives: made }, scope, body);
  for (const [variable, value] of values) {
    const cell = scope.cellOf(variable);
    if (cell === undefined) continue;
    written.set(variable, cell);
    scope.define(variable, value);
  }
}
