/** Division by a constant as multiplication with its reciprocal: a fraction of the time for at most one more rounding. Rule E41. */
import type { BinaryOperator, Expression } from './ir/types.ts';
import * as ir from './ir/expressions.ts';

/** Beyond these a reciprocal would lose digits or become infinite. */
const [smallest, largest] = [1e-290, 1e290];

/**
 * The expression with `x / c` written `x · (1/c)` where c is a constant. What decides (comparisons, conditions) or jumps
 * (rounding, remainders, conversion to whole numbers) keeps its divisions, as there a last bit could make a step.
 */
export function multiplyByReciprocals(expression: Expression): Expression {
  switch (expression.kind) {
    case 'unary':
      return { ...expression, operand: multiplyByReciprocals(expression.operand) };
    case 'binary':
      return smooth.has(expression.operator) ? withReciprocal(expression) : expression;
    case 'call':
      return jumping.has(expression.function)
        ? expression
        : { ...expression, arguments: expression.arguments.map(multiplyByReciprocals) };
    case 'select':
      return {
        ...expression,
        whenTrue: multiplyByReciprocals(expression.whenTrue),
        whenFalse: multiplyByReciprocals(expression.whenFalse),
      };
    default:
      return expression;
  }
}

const smooth: ReadonlySet<BinaryOperator> = new Set(['add', 'subtract', 'multiply', 'divide', 'minimum', 'maximum']);
const jumping: ReadonlySet<string> = new Set(['floor', 'ceil', 'trunc', 'roundHalfEven', 'sign', 'mod', 'floorDivide']);

function withReciprocal(expression: Extract<Expression, { kind: 'binary' }>): Expression {
  const left = multiplyByReciprocals(expression.left);
  const divisor = expression.operator === 'divide' ? constantOf(expression.right) : undefined;
  if (divisor === undefined || !isHarmless(divisor) || left.kind === 'f64')
    return { ...expression, left, right: multiplyByReciprocals(expression.right) };
  return ir.multiply(left, ir.f64(1 / divisor));
}

function isHarmless(divisor: number): boolean {
  const size = Math.abs(divisor);
  return size > smallest && size < largest;
}

const arithmetic: Readonly<Partial<Record<BinaryOperator, (left: number, right: number) => number>>> = {
  add: (left, right) => left + right,
  subtract: (left, right) => left - right,
  multiply: (left, right) => left * right,
  divide: (left, right) => left / right,
};

/** The value of an expression of constants. */
function constantOf(expression: Expression): number | undefined {
  if (expression.kind === 'f64') return expression.value;
  if (expression.kind === 'unary' && expression.operator === 'negate') {
    const value = constantOf(expression.operand);
    return value === undefined ? undefined : -value;
  }
  if (expression.kind !== 'binary') return undefined;
  const operate = arithmetic[expression.operator];
  const [left, right] = [constantOf(expression.left), constantOf(expression.right)];
  return operate === undefined || left === undefined || right === undefined ? undefined : operate(left, right);
}
