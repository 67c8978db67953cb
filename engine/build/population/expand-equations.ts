/** Expands a population written in equations by the user into signals and one operator per part of its step. */
import { placed, type Problem } from '../../base/problem.ts';
import { failed, mapResult, ok, type Result } from '../../base/result.ts';
import { subexpressionExpander } from '../../equations/system.ts';
import type { StatementTree, Tree } from '../../equations/tree.ts';
import * as ir from '../ir/expressions.ts';
import { letBool, letI32, loop, store, when } from '../ir/statements.ts';
import type { SignalId, Statement } from '../ir/types.ts';
import type { ElementBuilder } from '../library-kind.ts';
import type { PopulationAccess, PopulationVariable } from './access.ts';
import { computeBlock, storeWritten, type Written } from './equation-block.ts';
import { createVariables, type EquationPopulation } from './equation-population.ts';
import { addStateUpdate, chooseMethod, type Advance } from './equation-step.ts';
import { cell, createEquationScope, type ScopeContext } from './equation-scope.ts';
import { addHeldValues, addObserved, heldSubexpressions } from './equation-values.ts';
import { createInputs } from './equation-inputs.ts';
import { afterSlot, cellLoop, wakeBefore, type EquationExpansion } from './equation-expansion.ts';
import { createCarriedCells } from './carried-cells.ts';
import { addSettling, addWakingThreshold, addWakingUpdate } from './waking-step.ts';
import { offeredSubexpressions, offeredTables, offeredVariables, outside } from './offered-names.ts';
import { createRefractory } from './refractory.ts';
import { layTables } from './timed-table.ts';
import { addTimedUpdates } from './timed-update.ts';

/**
 * Adds the signals and operators of a population: values held over the step, updates at chosen moments, state update,
 * threshold, custom events, reset. Fails with `integration/not-applicable` when the method cannot take the equations.
 */
export function expandEquations(builder: ElementBuilder, population: EquationPopulation): Result<void> {
  const prepared = prepare(builder, population);
  if (!prepared.ok) return prepared;
  const advance = chooseMethod(prepared.value);
  if (!advance.ok) return failed(...advance.problems.map((found) => methodProblem(found, builder.id)));
  const expansion = withCarriedCells(prepared.value, advance.value);
  if (!expansion.ok) return failed(...expansion.problems.map((found) => methodProblem(found, builder.id)));
  return mapResult(addTimedUpdates(expansion.value), () => addOperators(expansion.value, advance.value));
}

/** With cells that are computed at events only, where the method is such. */
function withCarriedCells(expansion: EquationExpansion, advance: Advance | undefined): Result<EquationExpansion> {
  if (advance?.method.betweenEvents === undefined || expansion.builder.everyStep) return ok(expansion);
  return mapResult(createCarriedCells(expansion, advance, advance.method.betweenEvents), (carried) => ({
    ...expansion,
    carried,
    context: { ...expansion.context, carried },
  }));
}

function methodProblem(found: Problem, element: string): Problem {
  return placed(found, { element, path: 'parameters.method' });
}

function prepare(builder: ElementBuilder, population: EquationPopulation): Result<EquationExpansion> {
  const { text, cells } = population;
  const variables = createVariables(builder, population);
  if (!variables.ok) return variables;
  const table = layTables(builder, population);
  if (!table.ok) return table;
  const inputs = createInputs(builder, population);
  if (!inputs.ok) return inputs;
  const mask = (name: string): SignalId =>
    builder.signal({ name, type: 'u8', shape: [cells], initial: 0, role: 'transient' });
  const held = heldSubexpressions(builder, population);
  const refractory = createRefractory(builder, population);
  const stored = [...variables.value].flatMap(([name, { storage }]) =>
    storage === undefined ? [] : ([[name, storage]] as const),
  );
  const literals = [...variables.value].flatMap(([name, { literal, definition }]) =>
    literal === undefined ? [] : [{ name, literal, type: definition.type }],
  );
  const context: ScopeContext = {
    builder,
    cells,
    constants: text.constants,
    literals: new Map(literals.map(({ name, literal }) => [name, literal])),
    literalTypes: new Map(literals.map(({ name, type }) => [name, type])),
    storages: new Map([...stored, ...inputs.value, ...held, ...(refractory?.storages ?? [])]),
    steady: new Set([...inputs.value, ...held].map(([, { signal }]) => signal)),
    table: table.value,
  };
  const spikes = text.threshold === undefined ? undefined : mask('spikes');
  const events = new Map(text.events.map(({ name }) => [name, mask(`event_${name}`)]));
  const expand = subexpressionExpander(text.model);
  return ok({ builder, population, variables: variables.value, context, refractory, spikes, events, expand });
}

function addOperators(expansion: EquationExpansion, advance: Advance | undefined): void {
  const { builder, spikes, events, population } = expansion;
  addHeldValues(expansion);
  addObserved(expansion);
  if (expansion.carried === undefined || advance === undefined) {
    addStateUpdate(expansion, advance);
    addThreshold(expansion);
  } else {
    addWakingUpdate(expansion, expansion.carried, advance);
    addWakingThreshold(expansion, expansion.carried);
    addSettling(expansion, expansion.carried);
  }
  for (const event of population.text.events) addEvent(expansion, event.name, event.condition, event.statements);
  addReset(expansion);
  if (spikes !== undefined) builder.output('spikes', spikes);
  for (const [name, signal] of events) builder.output(name, signal);
  offerAccess(expansion);
}

/** Where the threshold holds and the cell is not refractory: spike, and the refractory time starts. */
function addThreshold(expansion: EquationExpansion): void {
  const { builder, context, population, spikes, refractory, expand } = expansion;
  if (population.text.threshold === undefined || spikes === undefined) return;
  const scope = createEquationScope(context, 'threshold');
  const body: Statement[] = [];
  const reached = scope.lower(expand(population.text.threshold), body);
  const free = refractory?.free(scope);
  body.push(letBool('spiking', free === undefined ? reached : ir.and(reached, free)));
  const spiking = ir.boolLocal('spiking');
  body.push(store(spikes, cell, ir.toI32(spiking)));
  if (refractory !== undefined) body.push(when(spiking, refractory.onSpike(scope)));
  builder.operator({
    name: 'threshold',
    slot: 'thresholds',
    tie: `${builder.id}_spike_thresholder`,
    ...scope.access([spikes]),
    body: [cellLoop(expansion, scope, body)],
  });
}

/** A custom event: found after the thresholds on the state before the reset, its statements run after the resets. */
function addEvent(
  expansion: EquationExpansion,
  name: string,
  condition: Tree,
  statements: readonly StatementTree[],
): void {
  const { builder, context, events, expand } = expansion;
  const mask = events.get(name);
  if (mask === undefined) return;
  const scope = createEquationScope(context, `event/${name}`, { present: true });
  const body: Statement[] = [];
  const found = scope.lower(expand(condition), body);
  builder.operator({
    name: `event/${name}`,
    slot: 'thresholds',
    order: afterSlot,
    tie: `${builder.id}_${name}_thresholder`,
    ...scope.access([mask]),
    body: [cellLoop(expansion, scope, [...body, store(mask, cell, ir.toI32(found))])],
  });
  addReaction(expansion, mask, statements, { name: `react/${name}`, order: afterSlot, tie: `${name}_resetter` });
}

function addReset(expansion: EquationExpansion): void {
  const { spikes, population } = expansion;
  if (spikes === undefined) return;
  addReaction(expansion, spikes, population.text.reset, { name: 'reset', order: 0, tie: 'spike_resetter' });
}

/** Statements for the cells of a mask. */
function addReaction(
  expansion: EquationExpansion,
  mask: SignalId,
  statements: readonly StatementTree[],
  { name, order, tie }: { readonly name: string; readonly order: number; readonly tie: string },
): void {
  if (statements.length === 0) return;
  const { builder, context, population } = expansion;
  const { list, count } = builder.spikeList(mask, population.cells);
  const scope = createEquationScope(context, name);
  const body: Statement[] = [];
  const written: Written = new Map();
  computeBlock(expansion, statements, scope, body, written);
  body.push(...storeWritten(written, scope));
  const woken = wakeBefore(expansion, scope);
  const inner = [letI32('n', ir.loadI32(list, ir.i32Local('p'))), ...woken, ...scope.declarations(), ...body];
  const access = scope.access();
  builder.operator({
    name,
    slot: 'resets',
    order,
    tie: `${builder.id}_${tie}`,
    ...access,
    reads: [...(access.reads ?? []), list, count],
    body: [loop('p', 0, ir.loadI32(count), inner)],
  });
}

/** Lets synapses see the population; handlers that only add the weight go the short way. */
function offerAccess(expansion: EquationExpansion): void {
  const { builder, population, spikes, events, refractory, carried } = expansion;
  const { text, cells } = population;
  const variables = offeredVariables(expansion);
  const access: PopulationAccess = {
    cells,
    variables,
    subexpressions: offeredSubexpressions(expansion, variables),
    tables: offeredTables(expansion),
    spikes,
    events,
    notRefractory: refractory?.mask,
    handlers: new Map(
      text.handlers.map(({ port, statements }) => [
        port,
        statements.map((statement) => ({ ...statement, expression: outside(expansion, statement.expression) })),
      ]),
    ),
    ...(carried === undefined ? {} : { carry: carried }),
  };
  builder.offer(access);
  for (const [port, statements] of access.handlers) {
    const signal = plainTarget(statements, variables);
    if (signal !== undefined && carried?.concerns.has(signal) !== true) builder.receive(port, { events: signal });
  }
}

/** The variable to which a handler does no more than add the weight. */
function plainTarget(
  statements: readonly StatementTree[],
  variables: ReadonlyMap<string, PopulationVariable>,
): SignalId | undefined {
  const [only] = statements;
  if (statements.length !== 1 || only?.operator !== '+=' || only.expression.kind !== 'name') return undefined;
  const variable = variables.get(only.target);
  const plain = variable?.type === 'float' && !variable.shared && !variable.held;
  return only.expression.name === 'w' && plain ? variable.signal : undefined;
}
