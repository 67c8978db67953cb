/** Reads and checks the equations of a population: text → checked model, system, threshold and statements. */
import type { Problem } from '../../base/problem.ts';
import { placed, problem } from '../../base/problem.ts';
import type { Result } from '../../base/result.ts';
import { andThen, failed, mapResult, ok } from '../../base/result.ts';
import type { CheckedModel } from '../../equations/check-model.ts';
import { checkExpression } from '../../equations/check-expression.ts';
import { checkModel, checkModelExpression } from '../../equations/check-model.ts';
import { checkStatements } from '../../equations/check-statements.ts';
import { parseModel } from '../../equations/parse-model.ts';
import { parseExpression } from '../../equations/parser.ts';
import { createScope, type Environment, type ExternalName } from '../../equations/scope.ts';
import { parseStatements } from '../../equations/statements.ts';
import type { StatementTree, Tree } from '../../equations/tree.ts';
import type { EquationSystem } from '../../equations/system.ts';
import { differentialSystem, subexpressionExpander } from '../../equations/system.ts';
import { exact, exactOverAnyTime } from '../../integration/exact.ts';
import { integrationMethods } from '../../integration/index.ts';
import type { IntegrationMethod } from '../../integration/method.ts';
import { dimensionless, dimensionOf } from '../../units/dimension.ts';
import { dimensionOfUnit } from '../../units/convert.ts';
import type { ParameterSpec } from '../../model/kind.ts';
import type { PopulationDefinition } from './definition.ts';

/** A population whose every text has been checked; subexpressions are written out. */
export interface CheckedPopulation {
  readonly model: CheckedModel;
  readonly system: EquationSystem;
  readonly method: IntegrationMethod;
  /** All state variables: those with a differential equation first, then those declared without. */
  readonly states: readonly string[];
  readonly threshold: Tree | undefined;
  readonly reset: readonly StatementTree[];
  readonly outputs: Readonly<Record<string, Tree>>;
  readonly outputsAfter: Readonly<Record<string, Tree>>;
}

/** Where the texts come from: the element and the parameter specifications of its kind. */
export interface PopulationOwner {
  readonly id: string;
  readonly parameters: readonly ParameterSpec[];
}

/** Checks everything; problems are placed at the element, under `equations`. */
export function checkPopulation(definition: PopulationDefinition, owner: PopulationOwner): Result<CheckedPopulation> {
  const checked = check(definition, owner);
  if (checked.ok) return checked;
  const at = { element: owner.id, path: 'equations' };
  return failed(...checked.problems.map((found: Problem) => placed(found, at)));
}

function check(definition: PopulationDefinition, owner: PopulationOwner): Result<CheckedPopulation> {
  const environment = environmentOf(definition, owner);
  return andThen(parseModel(definition.model), (equations) =>
    andThen(checkModel(equations, environment), (model) =>
      andThen(systemOf(definition, model), (system) =>
        andThen(methodFor(definition, system), (method) =>
          andThen(checkedReset(definition.reset ?? '', model), (reset) =>
            andThen(checkedThreshold(definition, model), (threshold) => {
              const expand = subexpressionExpander(model);
              const states = [...model.states, ...model.parameters].map((state) => state.name);
              return andThen(checkedOutputs(definition.outputs ?? {}, model), (outputs) =>
                andThen(checkedOutputs(definition.outputsAfter ?? {}, model), (outputsAfter) =>
                  ok({
                    model,
                    system,
                    method,
                    states,
                    outputs,
                    outputsAfter,
                    threshold: threshold === undefined ? undefined : expand(threshold),
                    reset: reset.map((statement) => ({ ...statement, expression: expand(statement.expression) })),
                  }),
                ),
              );
            }),
          ),
        ),
      ),
    ),
  );
}

function environmentOf(definition: PopulationDefinition, owner: PopulationOwner): Environment {
  const names = new Map<string, ExternalName>();
  for (const name of definition.parameters) {
    const spec = owner.parameters.find((parameter) => parameter.name === name);
    names.set(name, { dimension: spec?.unit === undefined ? dimensionless : dimensionOfUnit(spec.unit) });
  }
  for (const [name, input] of Object.entries(definition.inputs ?? {})) {
    names.set(name, { dimension: input.unit === 'amp' ? dimensionOf({ A: 1 }) : dimensionOfUnit(input.unit) });
  }
  for (const name of definition.noise ?? []) names.set(name, { dimension: dimensionless });
  return { names };
}

function systemOf(definition: PopulationDefinition, model: CheckedModel): Result<EquationSystem> {
  const inputs = new Set(Object.keys(definition.inputs ?? {}));
  if (definition.update === undefined) {
    return ok(differentialSystem(model, { inputs, refractory: (definition.refractorySeconds ?? 0) > 0 }));
  }
  const scope = createScope(model.equations, model.environment, 'code');
  return andThen(parseStatements(definition.update), (statements) =>
    andThen(checkStatements(statements, scope), () =>
      ok({ kind: 'discrete' as const, statements, variables: model.parameters.map((state) => state.name), inputs }),
    ),
  );
}

function methodFor(definition: PopulationDefinition, system: EquationSystem): Result<IntegrationMethod> {
  const found = integrationMethods.find(definition.method);
  if (found === undefined) {
    return failed(
      problem('integration/not-applicable', `"${definition.method}" is not an integration method.`, {
        hint: 'Choose euler, exponential-euler, rk2 or rk4.',
      }),
    );
  }
  // Nothing is prepared before the run here, so exact solutions are closed forms.
  const method = found === exact ? { ...found, ...exactOverAnyTime } : found;
  const refused = method.applies(system);
  return refused === undefined ? ok(method) : failed(refused);
}

function checkedThreshold(definition: PopulationDefinition, model: CheckedModel): Result<Tree | undefined> {
  if (definition.threshold === undefined) return ok(undefined);
  return andThen(parseExpression(definition.threshold), (tree) =>
    andThen(
      checkModelExpression(tree, model, { dimension: dimensionless, type: 'boolean', what: 'The threshold' }),
      () => ok(tree),
    ),
  );
}

function checkedReset(text: string, model: CheckedModel): Result<readonly StatementTree[]> {
  const scope = createScope(model.equations, model.environment, 'code');
  return andThen(parseStatements(text), (statements) =>
    andThen(checkStatements(statements, scope), () => ok(statements)),
  );
}

/** Outputs may be any expression over the names of the model. */
function checkedOutputs(texts: Readonly<Record<string, string>>, model: CheckedModel): Result<Record<string, Tree>> {
  const expand = subexpressionExpander(model);
  const scope = createScope(model.equations, model.environment, 'code');
  const outputs: Record<string, Tree> = {};
  for (const [name, text] of Object.entries(texts)) {
    const tree = andThen(parseExpression(text), (parsed) => mapResult(checkExpression(parsed, scope), () => parsed));
    if (!tree.ok) return tree;
    outputs[name] = expand(tree.value);
  }
  return ok(outputs);
}
