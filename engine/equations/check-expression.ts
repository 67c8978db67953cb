/** Checking expressions: every name is known, every operation fits in dimension and type (rules E14–E18 of SPEC.md). */
import { problem, type Span } from '../base/problem.ts';
import { failed, ok, type Result } from '../base/result.ts';
import {
  describeDimension,
  dimensionless,
  divideDimensions,
  equalDimensions,
  isDimensionless,
  multiplyDimensions,
  powerDimension,
  type Dimension,
} from '../units/dimension.ts';
import { checkCall } from './check-call.ts';
import { isCondition, isNumber, note, noteUnknown, type Checker, type Typed } from './checker.ts';
import { extentOf, isTooLarge } from './extent.ts';
import { builtinFunctions } from './functions.ts';
import type { ValueType } from './model-equations.ts';
import { printTree } from './print.ts';
import { isNoise, type Scope } from './scope.ts';
import { isComparison, isLogic, namesIn, type BinaryTree, type Tree, type UnaryTree } from './tree.ts';

/** Dimension and type of an expression, or everything that is wrong with it, with spans in its text. */
export function checkExpression(tree: Tree, scope: Scope): Result<Typed> {
  const checker: Checker = { scope, problems: [], infer: (part) => infer(checker, part) };
  const typed = checker.infer(tree);
  if (typed !== undefined && outgrows(tree, scope)) {
    const message = 'The expression is too large once its subexpressions are written out.';
    return failed(
      problem('equations/syntax', message, {
        at: { span: tree.span },
        hint: 'Flag one or more of them (constant over dt).',
      }),
    );
  }
  return typed === undefined ? failed(...checker.problems) : ok(typed);
}

/** Whether the expression makes too large what its names stand for; one of those that is too large has a problem of its own. */
function outgrows(tree: Tree, { find }: Scope): boolean {
  const extents = [...namesIn(tree)].map((name) => [name, find(name)?.extent] as const);
  if (extents.some(([, extent]) => extent !== undefined && isTooLarge(extent))) return false;
  const byName = new Map(extents);
  return isTooLarge(extentOf(tree, (name) => byName.get(name)));
}

/** Dimension and type of a tree; undefined when it or a part of it is wrong, which has been noted then. */
function infer(checker: Checker, tree: Tree): Typed | undefined {
  switch (tree.kind) {
    case 'number':
      return { dimension: dimensionless, type: tree.integer ? 'integer' : 'float' };
    case 'boolean':
      return { dimension: dimensionless, type: 'boolean' };
    case 'name':
      return inferName(checker, tree.name, tree.span);
    case 'unary':
      return inferUnary(checker, tree);
    case 'binary':
      return inferBinary(checker, tree);
    case 'call':
      return checkCall(checker, tree);
    case 'select':
      return infer(checker, tree.whenTrue);
  }
}

function inferName(checker: Checker, name: string, span: Span): Typed | undefined {
  const found = checker.scope.find(name);
  if (found !== undefined) return { dimension: found.dimension, type: found.type };
  if (isNoise(name))
    return note(
      checker,
      'equations/unknown-name',
      `"${name}" is noise, which exists only in equations.`,
      span,
      'Use randn() here.',
    );
  if (builtinFunctions.has(name) || checker.scope.findFunction(name) !== undefined) {
    return note(checker, 'equations/unknown-name', `"${name}" is a function, not a value.`, span, `Write ${name}(…).`);
  }
  return noteUnknown(checker, name, span);
}

function inferUnary(checker: Checker, tree: UnaryTree): Typed | undefined {
  const typed = infer(checker, tree.operand);
  if (typed === undefined) return undefined;
  if (tree.operator === 'not') return inferNot(checker, tree, typed);
  if (!isNumber(checker, tree.operand, typed)) return undefined;
  return typed.type === 'boolean' ? { ...typed, type: 'integer' } : typed;
}

/** `not` takes a boolean, or a plain number, of which it tells whether it is zero. */
function inferNot(checker: Checker, tree: UnaryTree, typed: Typed): Typed | undefined {
  if (isDimensionless(typed.dimension)) return { dimension: dimensionless, type: 'boolean' };
  return isCondition(checker, tree.operand, typed) ? typed : undefined;
}

function inferBinary(checker: Checker, tree: BinaryTree): Typed | undefined {
  const left = infer(checker, tree.left);
  const right = infer(checker, tree.right);
  if (left === undefined || right === undefined) return undefined;
  if (isLogic(tree.operator)) return inferLogic(checker, tree, left, right);
  if (isComparison(tree.operator)) return inferComparison(checker, tree, left, right);
  const numbers = [isNumber(checker, tree.left, left), isNumber(checker, tree.right, right)];
  return numbers.includes(false) ? undefined : inferArithmetic(checker, tree, left, right);
}

function inferLogic(checker: Checker, tree: BinaryTree, left: Typed, right: Typed): Typed | undefined {
  const conditions = [isCondition(checker, tree.left, left), isCondition(checker, tree.right, right)];
  return conditions.includes(false) ? undefined : left;
}

function inferComparison(checker: Checker, tree: BinaryTree, left: Typed, right: Typed): Typed | undefined {
  const equality = tree.operator === '==' || tree.operator === '!=';
  if (!(equality && left.type === 'boolean' && right.type === 'boolean')) {
    if (!isNumber(checker, tree.left, left) || !isNumber(checker, tree.right, right)) return undefined;
  }
  return sameDimension(checker, tree, left, right, 'compares')
    ? { dimension: dimensionless, type: 'boolean' }
    : undefined;
}

const verbs = { '+': 'adds', '-': 'subtracts', '%': 'divides with remainder' } as const;

function inferArithmetic(checker: Checker, tree: BinaryTree, left: Typed, right: Typed): Typed | undefined {
  const integer = left.type !== 'float' && right.type !== 'float';
  const type = integer && tree.operator !== '/' ? 'integer' : 'float';
  switch (tree.operator) {
    case '+':
    case '-':
    case '%':
      return sameDimension(checker, tree, left, right, verbs[tree.operator])
        ? { dimension: left.dimension, type }
        : undefined;
    case '*':
      return { dimension: multiplyDimensions(left.dimension, right.dimension), type };
    case '**':
      return inferPower(checker, tree, left, right, type);
    default:
      return { dimension: divideDimensions(left.dimension, right.dimension), type };
  }
}

/** The right operand is marked as the offender. */
function sameDimension(checker: Checker, tree: BinaryTree, left: Typed, right: Typed, verb: string): boolean {
  if (equalDimensions(left.dimension, right.dimension)) return true;
  const sides = `"${printTree(tree.left)}" is ${describeDimension(left.dimension)}, "${printTree(tree.right)}" is ${describeDimension(right.dimension)}`;
  note(
    checker,
    'equations/dimension',
    `"${printTree(tree)}" ${verb} different dimensions: ${sides}.`,
    tree.right.span,
    unitHint(left, tree.right),
  );
  return false;
}

/** For a bare number against a quantity: the usual mistake is a forgotten unit. */
function unitHint(left: Typed, right: Tree): string | undefined {
  const digits = right.kind === 'unary' ? right.operand : right;
  if (digits.kind !== 'number' || isDimensionless(left.dimension)) return undefined;
  return `Numbers need a unit here, such as ${printTree(right)}*${exampleUnit(left.dimension)}.`;
}

function exampleUnit(dimension: Dimension): string {
  const found = /\((\w+)\)$/u.exec(describeDimension(dimension))?.[1];
  if (found === 'volt') return 'mV';
  return found === 'second' ? 'ms' : (found ?? 'unit');
}

function inferPower(
  checker: Checker,
  tree: BinaryTree,
  base: Typed,
  exponent: Typed,
  type: ValueType,
): Typed | undefined {
  if (!isDimensionless(exponent.dimension)) {
    const message = `The exponent "${printTree(tree.right)}" is ${describeDimension(exponent.dimension)}; it has to be a plain number.`;
    return note(checker, 'equations/dimension', message, tree.right.span);
  }
  if (isDimensionless(base.dimension)) return { dimension: dimensionless, type };
  const value = constantValue(checker.scope, tree.right);
  if (value !== undefined && Number.isFinite(value)) return { dimension: powerDimension(base.dimension, value), type };
  const message = `"${printTree(tree.left)}" is ${describeDimension(base.dimension)}, so its exponent "${printTree(tree.right)}" has to be a constant number.`;
  return note(checker, 'equations/dimension', message, tree.right.span);
}

/** The value of an expression of numbers and known constants; undefined for anything else. */
function constantValue(scope: Scope, tree: Tree): number | undefined {
  if (tree.kind === 'number') return tree.value;
  if (tree.kind === 'name') return scope.find(tree.name)?.value;
  if (tree.kind === 'unary') return signedValue(tree.operator, constantValue(scope, tree.operand));
  if (tree.kind !== 'binary') return undefined;
  const left = constantValue(scope, tree.left);
  const right = constantValue(scope, tree.right);
  return left === undefined || right === undefined ? undefined : constantArithmetic(tree.operator, left, right);
}

function signedValue(operator: UnaryTree['operator'], value: number | undefined): number | undefined {
  if (value === undefined || operator === 'not') return undefined;
  return operator === '-' ? -value : value;
}

function constantArithmetic(operator: BinaryTree['operator'], left: number, right: number): number | undefined {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    default:
      return undefined;
  }
}
