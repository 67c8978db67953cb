/** The texts that a population of cells is written in, read and checked together (rules E29–E38 of SPEC.md). */
import { placed, problem, type Problem } from '../base/problem.ts';
import { andThen, failed, mapResult, ok, type Result } from '../base/result.ts';
import { dimensionless, dimensionOf, type Dimension } from '../units/dimension.ts';
import { checkExpression } from './check-expression.ts';
import { checkModel, resultProblems, type CheckedModel } from './check-model.ts';
import { checkStatements } from './check-statements.ts';
import type { Evaluation } from './evaluate.ts';
import { readConstants, type Constant } from './constants-text.ts';
import { parseModel } from './parse-model.ts';
import { parseExpression } from './parser.ts';
import { createScope, forSingleCells, type Environment, type ExternalName, type Scope } from './scope.ts';
import { parseStatements } from './statements.ts';
import { readTables, tableFunctions, type TimedTable } from './tables-text.ts';
import { readEventBlocks, readHandlerBlocks, readTimedBlocks, splitEvent, type TextBlock } from './text-blocks.ts';
import { readMoment, type Moment } from './moment.ts';
import type { StatementTree, Tree } from './tree.ts';

/** The texts by the names of the parameters that hold them; an empty one is not there. */
export const populationTextNames = [
  'constants',
  'tables',
  'model',
  'threshold_condition',
  'reset_statements',
  'refractory_period',
  'custom_events',
  'event_handlers',
  'every_step',
] as const;
export type PopulationTextName = (typeof populationTextNames)[number];
export type PopulationTexts = Readonly<Record<PopulationTextName, string>>;

/** For how long, or while what holds, a cell is refractory after a spike. */
export interface RefractoryRule {
  readonly kind: 'time' | 'condition';
  readonly tree: Tree;
}

export interface CustomEvent {
  readonly name: string;
  readonly condition: Tree;
  readonly statements: readonly StatementTree[];
}

export interface EventHandler {
  readonly port: string;
  readonly statements: readonly StatementTree[];
  /** Dimension of `w`, the weight of the synapse. */
  readonly weight: Dimension;
}

/** Statements that run at a chosen moment of every step, or of every so many steps. */
export interface TimedUpdate {
  readonly moment: Moment;
  readonly statements: readonly StatementTree[];
}

export interface CheckedPopulationText {
  readonly constants: ReadonlyMap<string, Constant>;
  readonly tables: ReadonlyMap<string, TimedTable>;
  readonly model: CheckedModel;
  readonly threshold: Tree | undefined;
  readonly reset: readonly StatementTree[];
  readonly refractory: RefractoryRule | undefined;
  readonly events: readonly CustomEvent[];
  readonly handlers: readonly EventHandler[];
  readonly updates: readonly TimedUpdate[];
}

/**
 * Reads and checks all texts. Fails with all problems of the first stage that finds any (constants and tables, the model,
 * then everything that uses it), each placed at `parameters.<name>` with its span. `call` evaluates functions in constants.
 */
export function checkPopulationText(texts: PopulationTexts, call: Evaluation['call']): Result<CheckedPopulationText> {
  return andThen(at('constants', readConstants(texts.constants, call)), (constants) =>
    andThen(at('tables', readTables(texts.tables, constants, call)), (tables) =>
      andThen(checkedModel(texts, environmentOf(texts, constants, tables)), (model) =>
        mapResult(readRest(texts, model, constants, call), (rest) => ({ constants, tables, model, ...rest })),
      ),
    ),
  );
}

function checkedModel(texts: PopulationTexts, environment: Environment): Result<CheckedModel> {
  return at(
    'model',
    andThen(parseModel(texts.model), (parsed) => checkModel(parsed, environment)),
  );
}

/** Everything that uses the model. */
function readRest(
  texts: PopulationTexts,
  model: CheckedModel,
  constants: ReadonlyMap<string, Constant>,
  call: Evaluation['call'],
): Result<Omit<CheckedPopulationText, 'constants' | 'tables' | 'model'>> {
  const scope = createScope(model.equations, model.environment, 'code');
  const threshold = condition('threshold_condition', 'the threshold', texts.threshold_condition, scope);
  const single = forSingleCells(scope, model.equations);
  const reset = block('reset_statements', texts.reset_statements, single);
  const refractory = readRefractory(texts.refractory_period, scope);
  const events = readEvents(texts.custom_events, single);
  const handlers = readHandlers(texts.event_handlers, single, model);
  const updates = readUpdates(texts.every_step, scope, constants, call);
  const parts: readonly Result<unknown>[] = [threshold, reset, refractory, events, handlers, updates];
  const problems = parts.flatMap((part) => part.problems);
  if (!threshold.ok || !reset.ok || !refractory.ok || !events.ok || !handlers.ok || !updates.ok)
    return failed(...problems);
  return ok({
    threshold: threshold.value,
    reset: reset.value,
    refractory: refractory.value,
    events: events.value,
    handlers: handlers.value,
    updates: updates.value,
  });
}

/** Problems placed at the text they are in. */
function at<T>(name: PopulationTextName, result: Result<T>): Result<T> {
  const problems = result.problems.map((found) => placed(found, { path: `parameters.${name}` }));
  return { ...result, problems };
}

const second = dimensionOf({ s: 1 });

function environmentOf(
  texts: PopulationTexts,
  constants: ReadonlyMap<string, Constant>,
  tables: ReadonlyMap<string, TimedTable>,
): Environment {
  const names = new Map<string, ExternalName>();
  for (const [name, { dimension, value, integer }] of constants)
    names.set(name, { dimension, value, type: integer ? 'integer' : 'float' });
  if (texts.refractory_period.trim() !== '') {
    names.set('not_refractory', { dimension: dimensionless, type: 'boolean' });
    names.set('lastspike', { dimension: second });
  }
  return { names, functions: tableFunctions(tables) };
}

function condition(text: PopulationTextName, what: string, source: string, scope: Scope): Result<Tree | undefined> {
  if (source.trim() === '') return ok(undefined);
  return at(text, expectedExpression(source, scope, { dimension: dimensionless, type: 'boolean', what }));
}

type Expected = Parameters<typeof resultProblems>[2];

function expectedExpression(source: string, scope: Scope, expected: Expected): Result<Tree> {
  const tree = parseExpression(source);
  if (!tree.ok) return tree;
  const found = checkExpression(tree.value, scope);
  if (!found.ok) return found;
  const problems = resultProblems(tree.value, found.value, expected);
  return problems.length === 0 ? tree : failed(...problems);
}

function block(text: PopulationTextName, source: string, scope: Scope): Result<readonly StatementTree[]> {
  return at(text, statementsOf(source, scope));
}

function statementsOf(source: string, scope: Scope): Result<readonly StatementTree[]> {
  const parsed = parseStatements(source);
  return parsed.ok ? mapResult(checkStatements(parsed.value, scope), () => parsed.value) : parsed;
}

/** A boolean is a condition, a time is a period; anything else is a problem of dimensions. */
function readRefractory(source: string, scope: Scope): Result<RefractoryRule | undefined> {
  if (source.trim() === '') return ok(undefined);
  const tree = parseExpression(source);
  if (!tree.ok) return at('refractory_period', tree);
  const found = checkExpression(tree.value, scope);
  if (!found.ok) return at('refractory_period', found);
  if (found.value.type === 'boolean') return ok({ kind: 'condition', tree: tree.value });
  const expected = { dimension: second, type: 'float' as const, what: 'the refractory period' };
  const problems = resultProblems(tree.value, found.value, expected);
  return problems.length === 0 ? ok({ kind: 'time', tree: tree.value }) : at('refractory_period', failed(...problems));
}

function readEvents(source: string, scope: Scope): Result<readonly CustomEvent[]> {
  const blocks = readEventBlocks(source);
  if (!blocks.ok) return at('custom_events', blocks);
  return collected('custom_events', repeated(blocks.value, 'The event'), blocks.value, (entry) => {
    const parts = splitEvent(entry);
    if (!parts.ok) return parts;
    const what = `the condition of ${entry.heading}`;
    const tree = expectedExpression(parts.value.condition, scope, { dimension: dimensionless, type: 'boolean', what });
    const statements = statementsOf(parts.value.statements, scope);
    if (!tree.ok || !statements.ok) return failed(...tree.problems, ...statements.problems);
    return ok({ name: entry.heading, condition: tree.value, statements: statements.value });
  });
}

function readHandlers(source: string, scope: Scope, model: CheckedModel): Result<readonly EventHandler[]> {
  const blocks = readHandlerBlocks(source);
  if (!blocks.ok) return at('event_handlers', blocks);
  return collected('event_handlers', repeated(blocks.value, 'The port'), blocks.value, (entry) => {
    const parsed = parseStatements(entry.content);
    return parsed.ok ? handlerOf(entry.heading, parsed.value, scope, model) : parsed;
  });
}

/** `w` takes the first dimension under which the statements are sound: that of a variable they write, or none. */
function handlerOf(
  port: string,
  statements: readonly StatementTree[],
  scope: Scope,
  model: CheckedModel,
): Result<EventHandler> {
  const written = statements.map(({ target }) => scope.find(target)?.dimension).filter((found) => found !== undefined);
  const all = model.equations.definitions.map(({ unit }) => unit);
  let first: Result<unknown> | undefined;
  for (const weight of [...written, dimensionless, ...all]) {
    const found = checkStatements(statements, withWeight(scope, weight));
    if (found.ok) return ok({ port, statements, weight });
    first ??= found;
  }
  return failed(...(first?.problems ?? checkStatements(statements, withWeight(scope, dimensionless)).problems));
}

/** The scope of a handler: the weight of the synapse is called `w` there, whatever the model calls `w`. */
function withWeight(scope: Scope, dimension: Dimension): Scope {
  return {
    ...scope,
    find: (name) =>
      name === 'w'
        ? { kind: 'external', dimension, type: 'float', value: undefined, writable: false }
        : scope.find(name),
  };
}

function readUpdates(
  source: string,
  scope: Scope,
  constants: ReadonlyMap<string, Constant>,
  call: Evaluation['call'],
): Result<readonly TimedUpdate[]> {
  const blocks = readTimedBlocks(source);
  if (!blocks.ok) return at('every_step', blocks);
  return collected('every_step', [], blocks.value, (entry) => {
    const moment = readMoment(entry, constants, call);
    const statements = statementsOf(entry.content, scope);
    if (!moment.ok || !statements.ok) return failed(...moment.problems, ...statements.problems);
    return ok({ moment: moment.value, statements: statements.value });
  });
}

function repeated(blocks: readonly TextBlock[], what: string): Problem[] {
  const seen = new Set<string>();
  return blocks.flatMap(({ heading, headingSpan }) => {
    const again = seen.has(heading);
    seen.add(heading);
    if (!again) return [];
    return [
      problem('equations/duplicate-name', `${what} ${heading} stands here twice.`, { at: { span: headingSpan } }),
    ];
  });
}

function collected<T, U>(
  text: PopulationTextName,
  before: readonly Problem[],
  entries: readonly T[],
  read: (entry: T) => Result<U>,
): Result<readonly U[]> {
  const values: U[] = [];
  const problems = [...before];
  for (const entry of entries) {
    const found = read(entry);
    if (found.ok) values.push(found.value);
    problems.push(...found.problems);
  }
  return at(text, problems.length === 0 ? ok(values) : failed(...problems));
}
