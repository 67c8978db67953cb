/** Expands synapses written in equations into signals and operators: sums, state updates, pathways, regular statements. */
import type { Result } from '../../base/result.ts';
import { andThen, ok } from '../../base/result.ts';
import type { StageProgram } from '../../integration/method.ts';
import type { StatementTree } from '../../equations/tree.ts';
import type { Definition } from '../../equations/model-equations.ts';
import * as ir from '../ir/expressions.ts';
import { letI32, loop, store, when } from '../ir/statements.ts';
import type { Expression, SignalId, Statement } from '../ir/types.ts';
import type { OperatorRequest } from '../library-kind.ts';
import { asNumber } from '../lower.ts';
import { computeBlock, storeWritten, type Written } from './block.ts';
import { checkSynapses, type CheckedSynapses, type SummedVariable } from './check-synapses.ts';
import type { Side, SynapseDefinition, SynapseSite } from './definition.ts';
import { endOf, endVariable } from './end-names.ts';
import { createEventLoop, dueSynapse, eventCell } from './event-loop.ts';
import { elapsed } from './event-driven.ts';
import {
  asKept,
  createSynapseScope,
  required,
  storeCell,
  type SynapseContext,
  type SynapsePlace,
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
    for (const { definition: held, expression } of checked.held) emitHeld(context, held, expression);
    for (const summed of checked.summed) emitSummed(context, summed);
    if (checked.clocked.equations.length > 0) emitStateUpdate(context, checked);
    for (const pathway of checked.pathways) emitPathway(context, checked, pathway);
    checked.regular.forEach((entry, index) => emitRegular(context, entry, index));
    return ok({ variables: context.variables });
  });
}

/** A loop under construction: where it stands, what it declares at its start. */
interface Frame {
  readonly scope: SynapseScope;
  /** Declarations of cells at the ends and of loaded names, then the statements. */
  close(statements: readonly Statement[]): Statement[];
  readonly reads: ReadonlySet<SignalId>;
  cellAt(side: Side): Expression;
}

/** A frame at synapse `s`; the cell of `known` side is at hand, the other is looked up where it is needed. */
function openFrame(context: SynapseContext, purpose: string, synapse: Expression, known?: Side, prefix = ''): Frame {
  const declared = new Map<Side, Statement>();
  const asked = new Set<Side>();
  const reads = new Set<SignalId>();
  const cell = (side: Side): Expression => {
    asked.add(side);
    if (side === known) return eventCell;
    const signal = context.cellsAt(side);
    reads.add(signal);
    declared.set(side, letI32(`${prefix}${side}`, ir.loadI32(signal, synapse)));
    return ir.i32Local(`${prefix}${side}`);
  };
  const place: SynapsePlace = { synapse, cell };
  const scope = createSynapseScope(context, place, purpose, prefix);
  return {
    scope,
    reads,
    cellAt: cell,
    close(statements) {
      const woken = [...asked].flatMap((side) => wakeEnd(context, scope, side, cell(side), prefix));
      return [...declared.values(), ...woken, ...scope.declarations(), ...statements];
    },
  };
}

/** Brings the cell at an end up to now, where it is computed at events only and the statements touch what it is made of. */
function wakeEnd(
  { definition, site }: SynapseContext,
  scope: SynapseScope,
  side: Side,
  cell: Expression,
  prefix: string,
): readonly Statement[] {
  const { carry } = endOf(definition, side).access;
  if (carry === undefined || ![...scope.updates].some((signal) => carry.concerns.has(signal))) return [];
  for (const signal of carry.touched) (site.roleOf(signal) === 'constant' ? scope.reads : scope.updates).add(signal);
  return carry.wake(cell, `${prefix}${side}_`);
}

/** Declares the operator of a frame: constants are read, everything that changes in a step is updated in its turn. */
function addOperator(
  context: SynapseContext,
  frame: Frame,
  request: Omit<OperatorRequest, 'reads' | 'updates'> & {
    readonly alsoReads?: readonly SignalId[];
    readonly alsoUpdates?: readonly SignalId[];
  },
): void {
  const { alsoReads = [], alsoUpdates = [], ...placed } = request;
  const updates = new Set([...frame.scope.updates, ...alsoUpdates]);
  const reads = new Set([...frame.scope.reads, ...frame.reads, ...alsoReads]);
  context.site.operator({
    ...placed,
    reads: [...reads].filter((signal) => !updates.has(signal)),
    updates: [...updates],
  });
}

const everySynapse = ir.i32Local('s');

function loopOverAll({ definition }: SynapseContext, body: readonly Statement[]): Statement {
  return loop('s', 0, definition.count, body);
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
  const before: Statement[] = [];
  const value = asKept(frame.scope.lower(expression, before), cell.type);
  const body = [loopOverAll(context, frame.close([...before, storeCell(cell, value)]))];
  addOperator(context, frame, {
    name: `${held.name}/hold`,
    slot: 'start',
    order: beforeStart,
    tie: context.definition.name,
    body,
  });
}

/** target := 0 + Σ expression; in a vector of its own first, since the expression may read the target. */
function emitSummed(context: SynapseContext, summed: SummedVariable): void {
  const { variable, side, end } = summed.target;
  const frame = openFrame(context, summed.name, everySynapse);
  const sums = context.site.signal({ name: `${summed.name}/sums`, shape: [end.cells], initial: 0, role: 'transient' });
  const before: Statement[] = [];
  const value = asNumber(frame.scope.lower(summed.expression, before));
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
          ...before,
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
function assignAll(
  step: Pick<StageProgram, 'assignments' | 'results'>,
  scope: SynapseScope,
  body: Statement[],
): Map<string, Expression> {
  for (const { target, expression } of step.assignments)
    scope.define(target, scope.hold(target, scope.lower(expression, body), body));
  return new Map(Object.entries(step.results).map(([variable, name]) => [variable, required(scope, name)]));
}

/** Event-driven variables up to now, then the statements, then the time of this event; all stored at the end. */
function emitPathway(
  context: SynapseContext,
  checked: CheckedSynapses,
  { pathway, statements }: CheckedSynapses['pathways'][number],
): void {
  const events = createEventLoop(context, pathway);
  const frame = openFrame(context, pathway.name, dueSynapse, pathway.side);
  const { scope } = frame;
  const body: Statement[] = [];
  const written: Written = new Map();
  if (context.lastUpdate !== undefined) advanceToNow(checked, scope, body, written);
  computeBlock(statements, scope, body, written);
  body.push(...storeWritten(written, scope));
  if (context.lastUpdate !== undefined) body.push(store(context.lastUpdate, dueSynapse, ir.time));
  addOperator(context, frame, {
    name: pathway.name,
    slot: 'synapses',
    order: pathway.order ?? (pathway.side === 'pre' ? -1 : 1),
    tie: `${context.definition.name}_${pathway.name}`,
    alsoReads: events.reads,
    alsoUpdates: events.updates,
    body: events.wrap(frame.close(body)),
  });
}

function advanceToNow(
  { stepEventDriven }: CheckedSynapses,
  scope: SynapseScope,
  body: Statement[],
  written: Written,
): void {
  scope.define(elapsed, scope.hold('elapsed', ir.subtract(ir.time, required(scope, 'lastupdate')), body));
  for (const [variable, value] of assignAll(stepEventDriven, scope, body)) {
    const cell = scope.cellOf(variable);
    if (cell === undefined) continue;
    written.set(variable, cell);
    scope.define(variable, value);
  }
}

/** Statements at regular times; those that write shared variables run once, before the loop over the synapses. */
function emitRegular(
  context: SynapseContext,
  { regular, statements }: CheckedSynapses['regular'][number],
  index: number,
): void {
  const isShared = ({ target }: StatementTree): boolean => context.variables.get(target)?.shared === true;
  const once = openFrame(context, `regular_${index}_once`, ir.i32(0), undefined, 'once_');
  const frame = openFrame(context, `regular_${index}`, everySynapse);
  const isTemporary = ({ target }: StatementTree): boolean => !isKept(context, target);
  const shared = statements.some(isShared) ? statements.filter((each) => isShared(each) || isTemporary(each)) : [];
  const body = [
    ...runStatements(once, shared),
    loopOverAll(
      context,
      runStatements(
        frame,
        statements.filter((each) => !isShared(each)),
      ),
    ),
  ];
  const due = ir.equal(ir.remainder(ir.step, ir.i32(regular.everySteps)), ir.i32(0));
  addOperator(context, frame, {
    name: `regular_${index}`,
    slot: regular.slot,
    order: regular.order,
    tie: `${context.definition.name}_run_regularly_${index}`,
    alsoReads: [...once.scope.reads, ...once.reads],
    alsoUpdates: [...once.scope.updates],
    body: regular.everySteps === 1 ? body : [when(due, body)],
  });
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
