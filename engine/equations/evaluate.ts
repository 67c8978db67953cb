/** Plain evaluation of trees, for constant folding, tests and reports; never for the numbers of a run. */
import { defined } from '../base/assert.ts';
import { fixedValue } from './constants.ts';
import {
  isComparison,
  isLogic,
  type ArithmeticOperator,
  type BinaryTree,
  type ComparisonOperator,
  type Tree,
} from './tree.ts';

export type Value = number | boolean;

/** What a tree is evaluated with. */
export interface Evaluation {
  /** The value of a name; undefined leaves it to the constants and units. */
  readonly value: (name: string) => Value | undefined;
  /** The result of a function, `pow` included. */
  readonly call: (name: string, values: readonly Value[]) => Value;
}

/** The value of a tree in double precision, operations in the order written. A name without a value is a bug of the caller. */
export function evaluate(tree: Tree, evaluation: Evaluation): Value {
  switch (tree.kind) {
    case 'number':
    case 'boolean':
      return tree.value;
    case 'name':
      return defined(evaluation.value(tree.name) ?? fixedValue(tree.name)?.value, `no value for ${tree.name}`);
    case 'call':
      return evaluation.call(
        tree.function,
        tree.arguments.map((argument) => evaluate(argument, evaluation)),
      );
    case 'select':
      return evaluate(evaluate(tree.condition, evaluation) === true ? tree.whenTrue : tree.whenFalse, evaluation);
    case 'unary': {
      const operand = evaluate(tree.operand, evaluation);
      if (tree.operator === 'not') return Number(operand) === 0;
      return tree.operator === '-' ? -Number(operand) : Number(operand);
    }
    case 'binary':
      return evaluateBinary(tree, evaluation);
  }
}

/** a // b: the quotient rounded down. Source: Python's and numpy's floor_divide. */
export function floorDivide(left: number, right: number): number {
  if (right === 0) return left / right;
  const remainder = left % right;
  const towardsZero = (left - remainder) / right;
  const quotient = remainder !== 0 && remainder < 0 !== right < 0 ? towardsZero - 1 : towardsZero;
  if (quotient === 0) return left / right < 0 || Object.is(left / right, -0) ? -0 : 0;
  const floored = Math.floor(quotient);
  return quotient - floored > 0.5 ? floored + 1 : floored;
}

/** a % b with the sign of the divisor, also of zero. Source: Python's and numpy's remainder. */
export function floorModulo(left: number, right: number): number {
  const remainder = left % right;
  if (remainder === 0) return right < 0 ? -0 : 0;
  return remainder < 0 === right < 0 || Number.isNaN(remainder) ? remainder : remainder + right;
}

function evaluateBinary(tree: BinaryTree, evaluation: Evaluation): Value {
  const left = evaluate(tree.left, evaluation);
  const right = evaluate(tree.right, evaluation);
  const { operator } = tree;
  if (isLogic(operator)) return operator === 'and' ? left === true && right === true : left === true || right === true;
  if (isComparison(operator)) return compare(operator, Number(left), Number(right));
  return operator === '**'
    ? evaluation.call('pow', [Number(left), Number(right)])
    : arithmetic(operator, Number(left), Number(right));
}

function compare(operator: ComparisonOperator, left: number, right: number): boolean {
  switch (operator) {
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    case '==':
      return left === right;
    case '!=':
      return left !== right;
  }
}

function arithmetic(operator: Exclude<ArithmeticOperator, '**'>, left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '//':
      return floorDivide(left, right);
    case '%':
      return floorModulo(left, right);
  }
}
