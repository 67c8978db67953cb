/** Checking statement blocks: what may be written, with which dimension; new names are temporaries (rules E21–E23 of SPEC.md). */
import { nearestName } from '../base/nearest-name.ts';
import { problem, type Problem } from '../base/problem.ts';
import { failed, ok, type Result } from '../base/result.ts';
import { checkExpression } from './check-expression.ts';
import type { Typed } from './checker.ts';
import { resultProblems } from './check-model.ts';
import { reservedReason } from './reserved-names.ts';
import { withTemporaries, type NameInfo, type Scope } from './scope.ts';
import type { BinaryTree, StatementTree, Tree } from './tree.ts';

/** A block whose every statement has been checked. */
export interface CheckedStatements {
  readonly statements: readonly StatementTree[];
  /** Names that live only inside the block, with what they hold. */
  readonly temporaries: ReadonlyMap<string, Typed>;
}

/**
 * Checks statements in order, each seeing the names written before. Fails with all of `equations/write`,
 * `equations/reserved-name`, `equations/unknown-name`, `equations/dimension`, `equations/type`.
 */
export function checkStatements(statements: readonly StatementTree[], scope: Scope): Result<CheckedStatements> {
  const temporaries = new Map<string, NameInfo>();
  const inner = withTemporaries(scope, temporaries);
  const problems: Problem[] = [];
  for (const statement of statements) {
    const found = checkStatement(statement, inner);
    problems.push(...found.problems);
    if (found.ok && inner.find(statement.target) === undefined) {
      temporaries.set(statement.target, { kind: 'temporary', ...found.value, value: undefined, writable: true });
    }
  }
  return problems.length > 0 ? failed(...problems) : ok({ statements, temporaries });
}

/** The value that is written: the right-hand side of `=`, else the operation on the old value (`x += y` is `x + y`). */
export function writtenValue(statement: StatementTree): Tree {
  if (statement.operator === '=') return statement.expression;
  const left: Tree = { kind: 'name', name: statement.target, span: statement.targetSpan };
  const operator = statement.operator.slice(0, 1) as BinaryTree['operator'];
  return { kind: 'binary', operator, left, right: statement.expression, span: statement.span };
}

function checkStatement(statement: StatementTree, scope: Scope): Result<Typed> {
  const target = scope.find(statement.target);
  const refused = target === undefined ? newNameProblem(statement, scope) : writeProblem(statement, target);
  if (refused !== undefined) return failed(refused);
  const found = checkExpression(writtenValue(statement), scope);
  if (!found.ok || target === undefined) return found;
  const whole = { ...writtenValue(statement), span: statement.expression.span };
  const problems = resultProblems(whole, found.value, { ...target, what: statement.target });
  return problems.length === 0 ? found : failed(...problems);
}

function newNameProblem(statement: StatementTree, scope: Scope): Problem | undefined {
  const { target, targetSpan, operator } = statement;
  const at = { span: targetSpan };
  const reason = reservedReason(target);
  if (reason !== undefined)
    return problem('equations/reserved-name', `"${target}" ${reason} and cannot be written to.`, { at });
  if (operator === '=') return undefined;
  const suggestion = nearestName(target, scope.known());
  const hint = suggestion === undefined ? 'Define it in the equations.' : `Did you mean ${suggestion}?`;
  return problem('equations/unknown-name', `"${target}" is not defined, so ${operator} has nothing to change.`, {
    at,
    hint,
  });
}

const reasons: Readonly<Partial<Record<NameInfo['kind'], string>>> = {
  subexpression: 'is a subexpression, which follows from other values,',
  fixed: 'is a constant or unit',
  special: 'has a meaning of its own in equations',
};

function writeProblem(statement: StatementTree, target: NameInfo): Problem | undefined {
  if (target.writable) return undefined;
  const reason = target.refusal ?? reasons[target.kind] ?? 'comes from outside the model';
  return problem('equations/write', `"${statement.target}" ${reason} and cannot be written to.`, {
    at: { span: statement.targetSpan },
  });
}
