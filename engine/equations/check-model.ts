/** Checking model equations: names, dimensions, types, and the order of subexpressions (rules E14–E20 of SPEC.md). */
import { problem, type Problem, type Span } from '../base/problem.ts';
import { failed, ok, type Result } from '../base/result.ts';
import {
  describeDimension,
  dimensionOf,
  divideDimensions,
  equalDimensions,
  type Dimension,
} from '../units/dimension.ts';
import { checkExpression } from './check-expression.ts';
import type { Typed } from './checker.ts';
import type { Definition, ModelEquations, ValueType } from './model-equations.ts';
import { printTree } from './print.ts';
import { createScope, isNoise, type Environment, type Scope } from './scope.ts';
import { orderSubexpressions } from './subexpression-order.ts';
import { children, namesIn, type Tree } from './tree.ts';

/** A model whose every expression has been checked. */
export interface CheckedModel {
  readonly equations: ModelEquations;
  readonly environment: Environment;
  /** Differential equations in the order written. */
  readonly states: readonly Definition[];
  readonly parameters: readonly Definition[];
  /** Subexpressions so that each comes after those it reads. */
  readonly subexpressions: readonly Definition[];
  /** Noise names (`xi`, `xi_1`) in the order of first use. */
  readonly noises: readonly string[];
}

/**
 * Checks a parsed model against what surrounds it. Fails with all of `equations/unknown-name`, `equations/dimension`,
 * `equations/type`, `equations/cycle`; spans are places in the model string.
 */
export function checkModel(equations: ModelEquations, environment: Environment): Result<CheckedModel> {
  const scope = createScope(equations, environment, 'equations');
  const problems = equations.definitions.flatMap((definition) => definitionProblems(definition, scope));
  const ordered = orderSubexpressions(equations.definitions);
  problems.push(...sharedNoise(equations.definitions));
  if (!ordered.ok) problems.push(...ordered.problems);
  if (!ordered.ok || problems.length > 0) return failed(...problems);
  return ok({
    equations,
    environment,
    states: equations.definitions.filter((definition) => definition.kind === 'differential'),
    parameters: equations.definitions.filter((definition) => definition.kind === 'parameter'),
    subexpressions: ordered.value,
    noises: noisesOf(equations.definitions),
  });
}

/** What an expression has to be: `condition` is a boolean, else a number of a dimension. */
export type Expected = { readonly dimension: Dimension; readonly type: ValueType; readonly what: string };

/** Checks a single expression (threshold, refractory period) of a checked model and that it gives what is expected. */
export function checkModelExpression(tree: Tree, model: CheckedModel, expected: Expected): Result<Typed> {
  const found = checkExpression(tree, createScope(model.equations, model.environment, 'code'));
  if (!found.ok) return found;
  const problems = resultProblems(tree, found.value, expected);
  return problems.length === 0 ? found : failed(...problems);
}

function definitionProblems(definition: Definition, scope: Scope): readonly Problem[] {
  const { expression, name, unit, type } = definition;
  if (expression === undefined) return [];
  const found = checkExpression(expression, scope);
  if (!found.ok) return found.problems;
  if (definition.kind === 'subexpression')
    return resultProblems(expression, found.value, { dimension: unit, type, what: name });
  const derivative = { dimension: divideDimensions(unit, dimensionOf({ s: 1 })), type, what: `d${name}/dt` };
  return resultProblems(expression, found.value, derivative);
}

/** The problems of a whole expression that has another dimension, or a boolean instead of a number. */
export function resultProblems(tree: Tree, found: Typed, expected: Expected): readonly Problem[] {
  const at: { span: Span } = { span: tree.span };
  const text = printTree(tree);
  if (expected.type === 'boolean' && found.type !== 'boolean') {
    return [
      problem('equations/type', `"${text}" is a number; ${expected.what} has to be true or false.`, {
        at,
        hint: 'Write a comparison.',
      }),
    ];
  }
  if (expected.type !== 'boolean' && found.type === 'boolean' && tree.kind !== 'name') {
    return [
      problem('equations/type', `"${text}" is true or false; ${expected.what} has to be a number.`, {
        at,
        hint: 'Write int(…) around it.',
      }),
    ];
  }
  if (equalDimensions(found.dimension, expected.dimension)) return [];
  const message = `"${text}" is ${describeDimension(found.dimension)}; ${expected.what} is ${describeDimension(expected.dimension)}.`;
  return [problem('equations/dimension', message, { at })];
}

/** Plain `xi` belongs to one equation; noise that several share has a name of its own. */
function sharedNoise(definitions: readonly Definition[]): readonly Problem[] {
  const users = definitions.filter(({ expression }) => expression !== undefined && namesIn(expression).has('xi'));
  const [first, ...others] = users;
  return others.map(({ name, expression }) =>
    problem('equations/duplicate-name', `"xi" stands in the equations of ${first?.name ?? ''} and ${name}.`, {
      at: { span: placeOf('xi', expression as Tree) ?? (expression as Tree).span },
      hint: 'Write xi_a and xi_b for noise of their own, or the same xi_a in both for common noise.',
    }),
  );
}

function placeOf(name: string, tree: Tree): Span | undefined {
  if (tree.kind === 'name') return tree.name === name ? tree.span : undefined;
  return children(tree)
    .map((child) => placeOf(name, child))
    .find((span) => span !== undefined);
}

function noisesOf(definitions: readonly Definition[]): string[] {
  const names = new Set<string>();
  for (const { expression } of definitions) if (expression !== undefined) namesIn(expression, names);
  return [...names].filter(isNoise);
}
