/** Reads and checks the texts of synapses: model, pathways, regular statements. */
import type { Problem } from '../../base/problem.ts';
import { placed, problem } from '../../base/problem.ts';
import type { Result } from '../../base/result.ts';
import { andThen, collect, failed, mapResult, ok } from '../../base/result.ts';
import { checkModel, type CheckedModel } from '../../equations/check-model.ts';
import { checkStatements } from '../../equations/check-statements.ts';
import type { Definition, ModelEquations } from '../../equations/model-equations.ts';
import { readConstants, type Constant } from '../../equations/constants-text.ts';
import { parseModel } from '../../equations/parse-model.ts';
import { createScope, type Environment, type ExternalName } from '../../equations/scope.ts';
import { parseStatements } from '../../equations/statements.ts';
import { differentialSystem, subexpressionExpander, type DifferentialSystem } from '../../equations/system.ts';
import { namesIn, type StatementTree, type Tree } from '../../equations/tree.ts';
import { describeDimension, dimensionOf, equalDimensions } from '../../units/dimension.ts';
import { tableFunctions, readTables, isWholeSteps, type TimedTable } from '../../equations/tables-text.ts';
import { evaluate } from '../../equations/evaluate.ts';
import { callFunction } from '../population/known-values.ts';
import { clockedStep, type ClockedStep } from './clocked-method.ts';
import type { RegularStatements, SynapseDefinition, SynapsePathway } from './definition.ts';
import { eventMask } from './event-loop.ts';
import { eventDrivenStep, type EventDrivenStep } from './event-driven.ts';
import { endNames, endVariable, resolveEnds, splitSuffix, suffixedName, type EndVariable } from './end-names.ts';

/** A summed variable: each step the target variable becomes the sum of the expression over the synapses. */
export interface SummedVariable {
  readonly name: string;
  readonly target: EndVariable;
  readonly expression: Tree;
}

/** Statements with all names resolved. */
export interface CheckedBlock {
  readonly statements: readonly StatementTree[];
}

export interface CheckedSynapses {
  readonly constants: ReadonlyMap<string, Constant>;
  readonly tables: ReadonlyMap<string, TimedTable>;
  /** Variables that synapses hold: of equations first, then parameters, then values held over a step. */
  readonly states: readonly Definition[];
  readonly parameters: readonly Definition[];
  readonly held: readonly { readonly definition: Definition; readonly expression: Tree }[];
  /** Subexpressions that are computed where they are read. */
  readonly plain: readonly Definition[];
  /** Writes subexpressions and names of the ends out. */
  readonly expand: (tree: Tree) => Tree;
  readonly summed: readonly SummedVariable[];
  readonly clocked: DifferentialSystem;
  readonly stepClocked: ClockedStep;
  readonly eventDriven: DifferentialSystem;
  readonly stepEventDriven: EventDrivenStep;
  readonly pathways: readonly (CheckedBlock & { readonly pathway: SynapsePathway })[];
  readonly regular: readonly (CheckedBlock & { readonly regular: RegularStatements })[];
}

/** What the texts stand in. */
interface Surroundings {
  readonly definition: SynapseDefinition;
  readonly constants: ReadonlyMap<string, Constant>;
  readonly tables: ReadonlyMap<string, TimedTable>;
  readonly timeStepSeconds: number;
}

/** What is known while the parts are checked. */
interface Check extends Surroundings {
  readonly model: CheckedModel;
  readonly own: ReadonlySet<string>;
  readonly expand: (tree: Tree) => Tree;
}

/** Checks all texts; problems are placed at the site, those of code under the path of the code. */
export function checkSynapses(
  definition: SynapseDefinition,
  id: string,
  timeStepSeconds: number,
): Result<CheckedSynapses> {
  const constants = at(readConstants(definition.constants ?? '', callFunction), id, 'parameters.constants');
  const parsed = andThen(constants, (known) =>
    andThen(readTables(definition.tables?.text ?? '', known, callFunction), (tables) =>
      andThen(parseModel(definition.model, 'synapses'), (equations) =>
        checkOwnModel({ definition, constants: known, tables, timeStepSeconds }, equations),
      ),
    ),
  );
  return andThen(at(parsed, id, 'parameters.synapse_model'), (check) => {
    const blocks = collect(definition.pathways.map((pathway) => at(checkPathway(check, pathway), id, pathway.path)));
    const regular = collect((definition.regular ?? []).map((entry) => at(checkRegular(check, entry), id, entry.path)));
    const parts = at(checkParts(check), id, 'parameters.synapse_model');
    if (!parts.ok || !blocks.ok || !regular.ok) {
      return failed(...parts.problems, ...blocks.problems, ...regular.problems);
    }
    return ok({
      ...parts.value,
      constants: check.constants,
      tables: check.tables,
      pathways: blocks.value,
      regular: regular.value,
    });
  });
}

function at<T>(result: Result<T>, element: string, path: string): Result<T> {
  if (result.ok) return result;
  return failed(...result.problems.map((found: Problem) => placed(found, { element, path })));
}

function checkOwnModel(given: Surroundings, equations: ModelEquations): Result<Check> {
  const { definition } = given;
  const taken = takenNames(equations);
  if (taken.length > 0) return failed(...taken);
  return mapResult(checkModel(equations, environmentOf(given, equations)), (model) => {
    const own = new Set(equations.definitions.filter((entry) => !isSummed(entry)).map((entry) => entry.name));
    if (definition.weight !== undefined) own.add(definition.weight.name);
    const expandOwn = subexpressionExpander(model);
    return { ...given, model, own, expand: (tree) => resolveEnds(expandOwn(tree), definition, own) };
  });
}

function takenNames(equations: ModelEquations): Problem[] {
  return equations.definitions
    .filter((entry) => ['j', 'N_pre', 'N_post', 'i_pre', 'i_post', 'lastupdate'].includes(entry.name))
    .map((entry) =>
      problem(
        'equations/reserved-name',
        `"${entry.name}" has a meaning of its own in synapses and cannot be defined.`,
        {
          at: { span: entry.nameSpan },
          hint: 'Choose another name.',
        },
      ),
    );
}

function environmentOf({ definition, constants, tables }: Surroundings, equations: ModelEquations): Environment {
  const names = new Map<string, ExternalName>();
  for (const [name, { dimension, value, integer }] of constants)
    names.set(name, { dimension, value, type: integer ? 'integer' : 'float' });
  for (const [name, external] of endNames(definition)) names.set(name, external);
  if (equations.definitions.some(isEventDriven)) names.set('lastupdate', { dimension: dimensionOf({ s: 1 }) });
  const { weight } = definition;
  if (weight !== undefined) names.set(weight.name, { dimension: weight.dimension, writable: true });
  return { names, functions: tableFunctions(tables) };
}

function isSummed(entry: Definition): boolean {
  return entry.flags.includes('summed');
}

function isHeld(entry: Definition): boolean {
  return entry.flags.includes('constant over dt');
}

export function isEventDriven(entry: Definition): boolean {
  return entry.flags.includes('event-driven');
}

type Parts = Omit<CheckedSynapses, 'pathways' | 'regular' | 'constants' | 'tables'>;

function checkParts(check: Check): Result<Parts> {
  const { model, expand } = check;
  const summed = collect(model.subexpressions.filter(isSummed).map((entry) => checkSummed(check, entry)));
  const event = model.states.filter(isEventDriven);
  const clocked = model.states.filter((entry) => !isEventDriven(entry));
  const mixed = mixedProblems(check, event, clocked);
  if (!summed.ok || mixed.length > 0) return failed(...summed.problems, ...mixed);
  return andThen(systemsOf(check, clocked, event), (systems) =>
    ok({
      ...systems,
      states: model.states,
      parameters: model.parameters,
      held: model.subexpressions
        .filter(isHeld)
        .map((entry) => ({ definition: entry, expression: expand(entry.expression as Tree) })),
      plain: model.subexpressions.filter((entry) => !isHeld(entry) && !isSummed(entry)),
      expand,
      summed: summed.value,
    }),
  );
}

type Systems = Pick<CheckedSynapses, 'clocked' | 'stepClocked' | 'eventDriven' | 'stepEventDriven'>;

function systemsOf(
  check: Check,
  clockedStates: readonly Definition[],
  eventStates: readonly Definition[],
): Result<Systems> {
  const clocked = systemOf(check, clockedStates);
  const eventDriven = systemOf(check, eventStates);
  const known = (tree: Tree): number => knownNumber(check, tree);
  return andThen(clockedStep(check.definition.method, clocked, known), (stepClocked) =>
    mapResult(eventDrivenStep(eventDriven, known), (stepEventDriven) => ({
      clocked,
      stepClocked,
      eventDriven,
      stepEventDriven,
    })),
  );
}

/** A tree of constants and `dt` as a number. */
function knownNumber({ constants, timeStepSeconds }: Check, tree: Tree): number {
  const value = (name: string) => (name === 'dt' ? timeStepSeconds : constants.get(name)?.value);
  return Number(evaluate(tree, { value, call: callFunction }));
}

function systemOf(
  { definition, model, own, constants, tables, timeStepSeconds }: Check,
  states: readonly Definition[],
): DifferentialSystem {
  const known = [...constants.keys()].filter((name) => !own.has(name) && endVariable(definition, name) === undefined);
  const steady = [...tables.values()].filter(({ intervalSeconds }) =>
    isWholeSteps(intervalSeconds, timeStepSeconds, definition.method),
  );
  const heldOutside = [definition.source, definition.target].flatMap(({ access }) => access.tables?.held ?? []);
  const options = {
    fixed: new Set(['dt', ...known]),
    heldFunctions: new Set([...steady.map(({ name }) => name), ...heldOutside]),
  };
  const system = differentialSystem({ ...model, states }, options);
  return {
    ...system,
    equations: system.equations.map((equation) => ({
      ...equation,
      rightSide: resolveEnds(equation.rightSide, definition, own),
    })),
  };
}

/** Between events an event-driven variable has no value that others could follow from step to step. */
function mixedProblems(check: Check, event: readonly Definition[], clocked: readonly Definition[]): Problem[] {
  const names = new Set(event.map((entry) => entry.name));
  const stepped = [...clocked, ...check.model.subexpressions.filter((entry) => isHeld(entry) || isSummed(entry))];
  return stepped.flatMap((entry) => {
    const read = entry.expression === undefined ? [] : [...namesIn(check.expand(entry.expression))];
    const found = read.find((candidate) => names.has(candidate));
    if (found === undefined) return [];
    const message = `${entry.name} is computed at every step and cannot depend on ${found}, which is event-driven.`;
    const hint = `Flag ${found} as (clock-driven).`;
    return [problem('equations/flag', message, { at: { span: entry.nameSpan }, hint })];
  });
}

function checkSummed({ definition, expand }: Check, entry: Definition): Result<SummedVariable> {
  const target = endVariable(definition, entry.name);
  const span = { span: entry.nameSpan };
  if (target === undefined || !target.variable.writable) {
    const split = splitSuffix(entry.name);
    const whose = split?.side === 'pre' ? 'source' : 'target';
    const message =
      split === undefined
        ? `"${entry.name}" does not say at which end it is summed.`
        : `The ${whose} has no parameter "${split.bare}" that could take the sum.`;
    const hint = `Write X_post = … (summed), where X is a parameter of the target population.`;
    return failed(problem('equations/unknown-name', message, { at: span, hint }));
  }
  if (!equalDimensions(target.variable.dimension, entry.unit)) {
    const message = `${entry.name} is declared ${describeDimension(entry.unit)}, but it is ${describeDimension(target.variable.dimension)} in the population.`;
    return failed(problem('equations/dimension', message, { at: { span: entry.unitSpan } }));
  }
  if (target.end.access.carry?.concerns.has(target.variable.signal) === true) {
    const message = `${entry.name} is summed at every step, but the cells it is summed in are computed at events only.`;
    const hint = 'Choose another integration method for the population, such as exact.';
    return failed(problem('integration/not-applicable', message, { at: span, hint }));
  }
  return ok({ name: entry.name, target, expression: expand(entry.expression as Tree) });
}

function checkPathway(check: Check, pathway: SynapsePathway): Result<CheckedSynapses['pathways'][number]> {
  const silent = eventMask(check.definition, pathway) === undefined;
  if (silent) return failed(silentProblem(pathway));
  return mapResult(checkCode(check, pathway.code, pathway.before), (statements) => ({ statements, pathway }));
}

function silentProblem({ side, event = 'spike' }: SynapsePathway): Problem {
  const whose = side === 'pre' ? 'source' : 'target';
  const what = event === 'spike' ? 'never spikes' : `has no event "${event}"`;
  return problem('model/port-type', `The ${whose} of these synapses ${what}, so its statements would never run.`, {
    hint: `Give the ${whose} a threshold, or remove the statements.`,
  });
}

function checkRegular(check: Check, regular: RegularStatements): Result<CheckedSynapses['regular'][number]> {
  return mapResult(checkCode(check, regular.code), (statements) => ({ statements, regular }));
}

function checkCode(
  check: Check,
  code: string,
  before: readonly StatementTree[] = [],
): Result<readonly StatementTree[]> {
  const { definition, model, own, expand } = check;
  return andThen(parseStatements(code), (written) => {
    const statements = [...before, ...written];
    return andThen(checkStatements(statements, createScope(model.equations, model.environment, 'code')), (checked) => {
      const lost = statements.filter(({ target }) => checked.temporaries.has(target) && splitSuffix(target));
      if (lost.length > 0) return failed(...lost.map(lostProblem));
      const inside = new Set([...own, ...checked.temporaries.keys()]);
      return ok(
        statements.map((statement) => ({
          ...statement,
          target: suffixedName(statement.target, definition, inside),
          expression: expand(statement.expression),
        })),
      );
    });
  });
}

/** A new name that looks like a variable of a cell is a slip, not a temporary. */
function lostProblem({ target, targetSpan }: StatementTree): Problem {
  const whose = target.endsWith('_pre') ? 'source' : 'target';
  return problem('equations/unknown-name', `The ${whose} has no variable "${target.replace(/_(pre|post)$/u, '')}".`, {
    at: { span: targetSpan },
    hint: 'Names that end in _pre or _post are variables of the populations.',
  });
}
