/** Constants from outside a model, written `NAME = expression`, one per line (rule E29 of SPEC.md). */
import { problem, type Problem } from '../base/problem.ts';
import { failed, ok, type Result } from '../base/result.ts';
import type { Dimension } from '../units/dimension.ts';
import { checkExpression } from './check-expression.ts';
import { evaluate, type Evaluation } from './evaluate.ts';
import { runTimeCall } from './run-time-calls.ts';
import { reservedReason } from './reserved-names.ts';
import { createScope, type ExternalName, type Scope } from './scope.ts';
import { parseStatements } from './statements.ts';
import type { StatementTree, Tree } from './tree.ts';

/** A number in SI units that a name stands for. */
export interface Constant {
  readonly value: number;
  readonly dimension: Dimension;
  readonly integer: boolean;
}

/** The constants of a text; each may use those above it. Fails with all problems that the lines have. */
export function readConstants(text: string, call: Evaluation['call']): Result<ReadonlyMap<string, Constant>> {
  const parsed = parseStatements(text);
  if (!parsed.ok) return parsed;
  const constants = new Map<string, Constant>();
  const problems: Problem[] = [];
  for (const statement of parsed.value) {
    const defect = nameDefect(statement, constants);
    const value = defect === undefined ? constantValue(statement.expression, constants, call) : failed(defect);
    if (value.ok) constants.set(statement.target, value.value);
    problems.push(...value.problems);
  }
  return problems.length === 0 ? ok(constants) : failed(...problems);
}

/** The value of an expression of numbers, units and constants. */
export function constantValue(
  tree: Tree,
  constants: ReadonlyMap<string, Constant>,
  call: Evaluation['call'],
): Result<Constant> {
  const found = checkExpression(tree, scopeOf(constants));
  if (!found.ok) return found;
  const late = runTimeCall(tree);
  if (late !== undefined) {
    const message = `${late.function}(…) has a value only while the network runs; here one is needed that stays.`;
    return failed(problem('equations/unknown-name', message, { at: { span: late.nameSpan } }));
  }
  const value = Number(evaluate(tree, { value: (name) => constants.get(name)?.value, call }));
  return ok({ value, dimension: found.value.dimension, integer: found.value.type !== 'float' });
}

/** Constants know units and each other, but nothing that lives in a cell or changes with time. */
function scopeOf(constants: ReadonlyMap<string, Constant>): Scope {
  const names = new Map<string, ExternalName>(
    [...constants].map(([name, { dimension, value, integer }]) => [
      name,
      { dimension, value, type: integer ? 'integer' : 'float' },
    ]),
  );
  const scope = createScope(undefined, { names }, 'code');
  const find: Scope['find'] = (name) => {
    const found = scope.find(name);
    return found?.kind === 'special' ? undefined : found;
  };
  return { ...scope, find };
}

function nameDefect(statement: StatementTree, constants: ReadonlyMap<string, Constant>): Problem | undefined {
  const { target, targetSpan: span, operator } = statement;
  const at = { span };
  if (operator !== '=')
    return problem('equations/syntax', `A constant is written ${target} = …, not ${target} ${operator} ….`, { at });
  const reason = reservedReason(target);
  if (reason !== undefined)
    return problem('equations/reserved-name', `"${target}" ${reason} and cannot be defined.`, { at });
  return constants.has(target)
    ? problem('equations/duplicate-name', `"${target}" is defined twice.`, { at })
    : undefined;
}
