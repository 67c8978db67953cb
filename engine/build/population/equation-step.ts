/** The state update of a population: refractoriness, then one step of the integration method. */
import { assert, defined } from '../../base/assert.ts';
import { mapResult, ok, type Result } from '../../base/result.ts';
import { evaluate } from '../../equations/evaluate.ts';
import { isWholeSteps } from '../../equations/tables-text.ts';
import { differentialSystem, type DifferentialSystem } from '../../equations/system.ts';
import type { Tree } from '../../equations/tree.ts';
import { selectMethod } from '../../integration/select.ts';
import type { IntegrationMethod, PreparedValues, StageProgram } from '../../integration/method.ts';
import { functionTable } from '../../math/function-table.ts';
import * as ir from '../ir/expressions.ts';
import { letBool, store } from '../ir/statements.ts';
import type { Expression, Statement } from '../ir/types.ts';
import { unmade } from '../library-kind.ts';
import { asNumber, lower } from '../lower.ts';
import { multiplyByReciprocals } from '../reciprocals.ts';
import { cell, createEquationScope, required, storeHeld, type EquationScope } from './equation-scope.ts';
import { cellLoop, type EquationExpansion } from './equation-expansion.ts';

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
  const heldTables = [...tables.values()].filter(({ intervalSeconds }) => isWholeSteps(intervalSeconds, dt));
  const system = differentialSystem(model, {
    refractory: refractory !== undefined,
    fixed,
    heldFunctions: new Set(heldTables.map(({ name }) => name)),
  });
  if (!system.ok) return system;
  return mapResult(selectMethod(population.method, system.value), (method) => ({ method, system: system.value }));
}

/** Adds the operator of the state update: `not_refractory` first, then all variables at once from the old state. */
export function addStateUpdate(expansion: EquationExpansion, advance: Advance | undefined): void {
  const { builder, context, refractory, expand } = expansion;
  if (advance === undefined && refractory === undefined) return;
  const scope = createEquationScope(context, 'step');
  const body: Statement[] = [];
  if (refractory !== undefined) {
    body.push(letBool('free', refractory.renewed(scope, expand, body)));
    const free = ir.boolLocal('free');
    body.push(store(refractory.mask, cell, ir.toI32(free)));
    scope.touch(refractory.mask);
    scope.define('not_refractory', free);
  }
  if (advance !== undefined) integrate(expansion, advance, scope, body);
  builder.operator({
    name: 'step',
    slot: 'groups',
    tie: `${builder.id}_stateupdater`,
    ...scope.access(),
    body: [cellLoop(expansion, scope, body)],
  });
}

function integrate(
  expansion: EquationExpansion,
  { method, system }: Advance,
  scope: EquationScope,
  body: Statement[],
): void {
  const program = method.step(system, { sampleInput: (name) => name });
  for (const [index, group] of (program.prepared ?? []).entries()) prepareValues(expansion, group, index, scope);
  for (const { target, expression } of program.assignments)
    scope.define(target, scope.hold(`step${target}`, multiplyByReciprocals(scope.lower(expression, body)), body));
  storeResults(expansion, program, scope, body);
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
  const atCell = (n: number): readonly number[] =>
    group.compute((tree) => Number(evaluateAt(expansion, tree, varies, n)));
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

function evaluateAt(expansion: EquationExpansion, tree: Tree, varies: ReadonlyMap<string, Float64Array>, n: number) {
  const { builder, population, context } = expansion;
  return evaluate(tree, {
    value(name) {
      if (name === 'dt') return builder.timeStepSeconds;
      if (name === 'N') return population.cells;
      if (name === 'i') return n;
      const values = varies.get(name);
      return values === undefined
        ? (context.literals.get(name) ?? context.constants.get(name)?.value)
        : values[values.length === 1 ? 0 : n];
    },
    call: callFunction,
  });
}

/** Functions of values known while the network is built, with the bits that the targets give. */
export function callFunction(name: string, values: readonly (number | boolean)[]): number {
  if (name === 'pow') return functionTable.pow(Number(values[0]), Number(values[1]));
  const expression = lower(
    { kind: 'call', function: name, arguments: values.map((value) => treeOf(value)), span: none, nameSpan: none },
    { names: new Map(), random: noRandom },
  );
  return constantOf(asNumber(expression), name);
}
const none = { start: 0, end: 0 };

function treeOf(value: number | boolean): Tree {
  return typeof value === 'boolean'
    ? { kind: 'boolean', value, span: none }
    : { kind: 'number', value, integer: false, span: none };
}

function constantOf(expression: Expression, name: string): number {
  assert(expression.kind === 'f64', `${name} of numbers is no number`);
  return expression.value;
}

function noRandom(): never {
  throw new Error('Bug: random numbers before the run');
}
