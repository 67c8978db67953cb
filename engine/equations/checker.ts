/** A check in progress: what has been found wrong so far, and how it is noted. */
import { nearestName } from '../base/nearest-name.ts';
import { problem, type Problem, type Span } from '../base/problem.ts';
import type { Dimension } from '../units/dimension.ts';
import type { ValueType } from './model-equations.ts';
import { printTree } from './print.ts';
import type { Scope } from './scope.ts';
import type { Tree } from './tree.ts';

/** What an expression gives. */
export interface Typed {
  readonly dimension: Dimension;
  readonly type: ValueType;
}

/** A check in progress; problems pile up so that one run finds them all. */
export interface Checker {
  readonly scope: Scope;
  readonly problems: Problem[];
  /** Dimension and type of a part; undefined when it is wrong, which has been noted then. */
  readonly infer: (tree: Tree) => Typed | undefined;
}

/** Notes a problem at a span. Returns undefined, the type of what is wrong. */
export function note(checker: Checker, code: Problem['code'], message: string, span: Span, hint?: string): undefined {
  checker.problems.push(problem(code, message, { at: { span }, ...(hint === undefined ? {} : { hint }) }));
}

/** Notes a boolean where a number has to stand; a boolean variable is a number by itself. */
export function isNumber(checker: Checker, tree: Tree, typed: Typed): boolean {
  if (typed.type !== 'boolean' || tree.kind === 'name') return true;
  note(
    checker,
    'equations/type',
    `"${printTree(tree)}" is true or false; a number is needed here.`,
    tree.span,
    'Write int(…) around it for 0 or 1.',
  );
  return false;
}

/** Notes a number where a condition has to stand. */
export function isCondition(checker: Checker, tree: Tree, typed: Typed): boolean {
  if (typed.type === 'boolean') return true;
  note(
    checker,
    'equations/type',
    `"${printTree(tree)}" is a number; a condition is needed here.`,
    tree.span,
    `Write a comparison, such as ${printTree(tree)} > 0.`,
  );
  return false;
}

/** Notes an unknown name with a suggestion. */
export function noteUnknown(
  checker: Checker,
  name: string,
  span: Span,
  message = `"${name}" is not defined.`,
): undefined {
  const suggestion = nearestName(name, checker.scope.known());
  const hint = suggestion === undefined ? 'Define it as a parameter or constant.' : `Did you mean ${suggestion}?`;
  note(checker, 'equations/unknown-name', message, span, hint);
}
