/** The state update of a population: refractoriness, then one step of the integration method. */
import { defined } from '../../base/assert.ts';
import { mapResult, ok, type Result } from '../../base/result.ts';
import { isWholeSteps } from '../../equations/tables-text.ts';
import { differentialSystem, type DifferentialSystem } from '../../equations/system.ts';
import { selectMethod } from '../../integration/select.ts';
import type { IntegrationMethod, PreparedValues, StageProgram } from '../../integration/method.ts';
import * as ir from '../ir/expressions.ts';
import { coupledValues } from '../operators/coupled-values.ts';
import { letBool, store } from '../ir/statements.ts';
import type { Statement } from '../ir/types.ts';
import { unmade } from '../library-kind.ts';
import { multiplyByReciprocals } from '../reciprocals.ts';
import { cell, createEquationScope, required, storeHeld, type EquationScope } from './equation-scope.ts';
import { cellLoop, type EquationExpansion } from './equation-expansion.ts';
import { movingNames, stageInputs } from './equation-inputs.ts';
import { evaluateKnown } from './known-values.ts';

/** The method that advances a population, with its system. */
export interface Advance {
  readonly method: IntegrationMethod;
  readonly system: DifferentialSystem;
}

/** The method asked for, or the first of those that `auto` tries; undefined without differential equations. */
export function chooseMethod(expansion: EquationExpansion): Result<Advance | undefined> {
  const { population, refractory, context } = expansion;
  const { model, tables } = population.text;
  if (model.states.length === 0) return ok(undefined);
  const fixed = new Set(['dt', 'N', 'i', ...context.constants.keys()]);
  for (const [name, variable] of expansion.variables) if (variable.fixed !== undefined) fixed.add(name);
  const dt = expansion.builder.timeStepSeconds;
  const heldTables = [...tables.values()].filter(({ intervalSeconds }) =>
    isWholeSteps(intervalSeconds, dt, population.method),
  );
  const system = differentialSystem(model, {
    inputs: movingNames(population),
    refractory: refractory !== undefined,
    fixed,
    heldFunctions: new Set(heldTables.map(({ name }) => name)),
  });
  return mapResult(selectMethod(population.method, system), (method) => ({ method, system }));
}

/** Adds the operator of the state update. */
export function addStateUpdate(expansion: EquationExpansion, advance: Advance | undefined): void {
  const { builder, context, refractory } = expansion;
  if (advance === undefined && refractory === undefined) return;
  const scope = createEquationScope(context, 'step');
  const body = cellUpdate(expansion, advance, scope);
  builder.operator({
    name: 'step',
    slot: 'groups',
    tie: `${builder.id}_stateupdater`,
    ...scope.access(),
    body: [cellLoop(expansion, scope, body)],
  });
}

/** One step of a cell: `not_refractory` first, then all variables at once from the old state. */
export function cellUpdate(
  expansion: EquationExpansion,
  advance: Advance | undefined,
  scope: EquationScope,
): Statement[] {
  const { refractory, expand } = expansion;
  const body: Statement[] = [];
  if (refractory !== undefined) {
    body.push(letBool('free', refractory.renewed(scope, expand, body)));
    const free = ir.boolLocal('free');
    body.push(store(refractory.mask, cell, ir.toI32(free)));
    scope.touch(refractory.mask);
    scope.define('not_refractory', free);
  }
  if (advance !== undefined) integrate(expansion, advance, scope, body);
  return body;
}

function integrate(
  expansion: EquationExpansion,
  { method, system }: Advance,
  scope: EquationScope,
  body: Statement[],
): void {
  const program = method.step(system, stageInputs(expansion.population));
  for (const [index, group] of (program.prepared ?? []).entries()) prepareValues(expansion, group, index, scope);
  for (const { target, expression } of program.assignments)
    scope.define(target, scope.hold(`step${target}`, multiplyByReciprocals(scope.lower(expression, body)), body));
  defineCoupled(program.coupled, 'step_', scope, body);
  storeResults(expansion, program, scope, body);
}

/** Defines the results of coupled steps. */
export function defineCoupled(
  coupled: StageProgram['coupled'],
  prefix: string,
  scope: EquationScope,
  body: Statement[],
): void {
  for (const [index, each] of (coupled ?? []).entries())
    for (const [name, value] of coupledValues(each, (read) => required(scope, read), `${prefix}coupled${index}_`, body))
      scope.define(name, value);
}

function storeResults(
  { context }: EquationExpansion,
  program: StageProgram,
  scope: EquationScope,
  body: Statement[],
): void {
  for (const [variable, name] of Object.entries(program.results)) {
    const storage = defined(context.storages.get(variable), `storage of ${variable}`);
    scope.touch(storage.signal);
    body.push(storeHeld(storage, required(scope, name)));
  }
}

/** Computes what a method prepares before the run, once where all cells agree, else for every cell. */
function prepareValues(expansion: EquationExpansion, group: PreparedValues, index: number, scope: EquationScope): void {
  const { builder, population, context } = expansion;
  const varies = new Map(
    [...expansion.variables].flatMap(([name, { fixed, literal }]) =>
      fixed === undefined || literal !== undefined ? [] : [[name, fixed] as const],
    ),
  );
  const perCell = group.mentions.some((name) => name === 'i' || varies.has(name));
  const atCell = (n: number): readonly number[] => group.compute((tree) => evaluateKnown(expansion, tree, varies, n));
  if (!perCell) return atCell(0).forEach((value, k) => scope.define(defined(group.names[k], 'a name'), ir.f64(value)));
  const columns = group.names.map(() => (builder.outline ? unmade : new Float64Array(population.cells)));
  if (!builder.outline)
    for (let n = 0; n < population.cells; n += 1)
      atCell(n).forEach((value, k) => (defined(columns[k], 'a column')[n] = value));
  group.names.forEach((name, k) => {
    const initial = defined(columns[k], 'a column');
    const first = initial[0];
    if (first !== undefined && initial.every((value) => value === first)) return scope.define(name, ir.f64(first));
    const signal = builder.signal({
      name: `prepared_${index}${name}`,
      shape: [population.cells],
      initial,
      role: 'constant',
    });
    prepared(context, scope, signal, name);
  });
}

function prepared(context: EquationExpansion['context'], scope: EquationScope, signal: string, name: string): void {
  context.steady.add(signal);
  scope.touch(signal);
  scope.define(name, ir.load(signal, cell));
}
