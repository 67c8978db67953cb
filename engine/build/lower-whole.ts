/** Whole numbers of the equation language as i32: operations that stay whole (rule E38 of the language). */
import { defined } from '../base/assert.ts';
import { floorDivide, floorModulo } from '../equations/evaluate.ts';
import type { BinaryTree, CallTree, Tree } from '../equations/tree.ts';
import * as ir from './ir/expressions.ts';
import { typeOf } from './ir/type-of.ts';
import type { Expression } from './ir/types.ts';
import type { LoweringScope } from './lower.ts';

/** What tells constants that are whole from others. */
type Wholeness = Pick<LoweringScope, 'isWhole'>;

/** An operation on two whole numbers; undefined for others, and for those that give fractions or conditions. */
export function wholeBinary(
  tree: BinaryTree,
  [left, right]: readonly [Expression, Expression],
  scope: Wholeness,
): Expression | undefined {
  if (left.kind === 'f64' && right.kind === 'f64')
    return isWholeTree(tree, scope) ? constantResult(tree, left.value, right.value) : undefined;
  const sides = [asWhole(tree.left, left, scope), asWhole(tree.right, right, scope)] as const;
  return sides[0] === undefined || sides[1] === undefined ? undefined : wholeResult(tree, sides[0], sides[1]);
}

function wholeResult({ operator }: BinaryTree, left: Expression, right: Expression): Expression | undefined {
  switch (operator) {
    case '+':
      return ir.add(left, right);
    case '-':
      return ir.subtract(left, right);
    case '*':
      return ir.multiply(left, right);
    case '//':
      return wholeQuotient('floorDivide', left, right);
    case '%':
      return wholeQuotient('mod', left, right);
    case '**':
      return wholePower(left, right);
    default:
      return undefined;
  }
}

/** Constants have as many digits as a double holds, and no wrapping. */
function constantResult({ operator }: BinaryTree, left: number, right: number): Expression | undefined {
  const results: Partial<Record<BinaryTree['operator'], number>> = {
    '+': left + right,
    '-': left - right,
    '*': left * right,
    '//': floorDivide(left, right),
    '%': floorModulo(left, right),
  };
  const result = results[operator];
  return result !== undefined && Number.isSafeInteger(result) ? ir.f64(result + 0) : undefined;
}

/** Functions of whole numbers that are whole; undefined for others. */
export function wholeCall(tree: CallTree, values: readonly Expression[], scope: Wholeness): Expression | undefined {
  const whole = values.map((value, place) => asWhole(defined(tree.arguments[place], 'an argument'), value, scope));
  if (!values.some((value) => typeOf(value) === 'i32') || whole.includes(undefined)) return undefined;
  const [first, second, third] = whole as [Expression, Expression, Expression];
  switch (tree.function) {
    case 'abs':
      return ir.select(ir.less(first, ir.i32(0)), ir.negate(first), first);
    case 'sign':
      return ir.subtract(ir.toI32(ir.less(ir.i32(0), first)), ir.toI32(ir.less(first, ir.i32(0))));
    case 'min':
      return smaller(first, second);
    case 'max':
      return larger(first, second);
    case 'clip':
      return smaller(larger(first, second), third);
    case 'floor':
    case 'ceil':
      return first;
    default:
      return undefined;
  }
}

function smaller(left: Expression, right: Expression): Expression {
  return ir.select(ir.less(right, left), right, left);
}

function larger(left: Expression, right: Expression): Expression {
  return ir.select(ir.less(left, right), right, left);
}

/** An i32 as it is, a constant without fraction as i32 where it fits. */
function asWhole(tree: Tree, value: Expression, scope: Wholeness): Expression | undefined {
  if (typeOf(value) === 'i32') return value;
  if (value.kind !== 'f64' || !isWholeTree(tree, scope)) return undefined;
  return toInt32(value.value) === value.value ? ir.i32(value.value) : undefined;
}

/** Whether a tree of numbers and constants is written without fractions. */
function isWholeTree(tree: Tree, scope: Wholeness): boolean {
  switch (tree.kind) {
    case 'number':
      return tree.integer;
    case 'name':
      return scope.isWhole?.(tree.name) === true;
    case 'unary':
      return tree.operator !== 'not' && isWholeTree(tree.operand, scope);
    case 'binary':
      return wholeOperators.has(tree.operator) && isWholeTree(tree.left, scope) && isWholeTree(tree.right, scope);
    case 'call':
      return tree.function === 'int';
    default:
      return false;
  }
}

const wholeOperators: ReadonlySet<string> = new Set(['+', '-', '*', '//', '%']);

/** Quotient or remainder of two i32, rounded down; 0 where the divisor is 0. */
function wholeQuotient(name: 'floorDivide' | 'mod', left: Expression, right: Expression): Expression {
  const found = ir.toI32(ir.call(name, ir.toF64(left), ir.toF64(right)));
  if (right.kind === 'i32' && right.value !== 0) return found;
  return ir.select(ir.equal(right, ir.i32(0)), ir.i32(0), found);
}

/** Larger powers stay fractions: they are past 32 bits for all but small bases. */
const mostFactors = 8;

/** A constant power is a product; others may be negative and stay fractions. */
function wholePower(base: Expression, exponent: Expression): Expression | undefined {
  if (exponent.kind !== 'i32' || exponent.value < 1 || exponent.value > mostFactors) return undefined;
  return Array.from({ length: exponent.value }, () => base).reduce((left, right) => ir.multiply(left, right));
}

/** Cut towards zero and kept within 32 bits. */
export function toInt32(value: number): number {
  return Number.isNaN(value) ? 0 : Math.trunc(Math.max(-0x80000000, Math.min(0x7fffffff, value))) + 0;
}
