/**
 * Division by a constant as multiplication with its reciprocal, constant factors taken together, terms that are zero
 * left out: a fraction of the time for a rounding more or less. Rule E41.
 */
import type { BinaryOperator, Expression } from './ir/types.ts';
import * as ir from './ir/expressions.ts';

/** Beyond these a reciprocal would lose digits or become infinite. */
const [smallest, largest] = [1e-290, 1e290];

/**
 * The expression with `x / c` written `x · (1/c)` where c is a constant, `c · (d · x)` written `x · (c · d)`, and without
 * factors 0, 1 and −1 and terms 0. What decides (comparisons, conditions) or jumps (rounding, remainders, conversion to
 * whole numbers) keeps its divisions, as there a last bit could make a step.
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
  if (expression.operator === 'divide' && divisor === undefined && isSteady(expression.right) && !isSteady(left)) {
    return scaledLate(left, ir.divide(ir.f64(1), expression.right));
  }
  if (divisor === undefined || !isHarmless(divisor) || left.kind === 'f64')
    return withoutNeutral(joined({ ...expression, left, right: settled(multiplyByReciprocals(expression.right)) }));
  return withoutNeutral(scaled(left, 1 / divisor));
}

/** A number in place of an expression of constants. */
function settled(expression: Expression): Expression {
  const value = constantOf(expression);
  return value !== undefined && (value === 0 || isHarmless(value)) ? ir.f64(value) : expression;
}

/** x·0 is 0, x·1 and x ± 0 are x, x·(−1) and 0 − x are −x. */
function withoutNeutral(expression: Expression): Expression {
  if (expression.kind !== 'binary') return expression;
  const { operator, left, right } = expression;
  const [one, other] = [left, right].map((side) => (side.kind === 'f64' ? side.value : undefined));
  switch (operator) {
    case 'multiply':
      return product(left, other) ?? product(right, one) ?? expression;
    case 'add':
      return other === 0 ? left : one === 0 ? right : expression;
    case 'subtract':
      return other === 0 ? left : one === 0 ? ir.negate(right) : expression;
    default:
      return expression;
  }
}

/** The product with 0, 1 or −1. */
function product(value: Expression, factor: number | undefined): Expression | undefined {
  if (factor === 0) return ir.f64(0);
  if (factor === 1) return value;
  return factor === -1 ? ir.negate(value) : undefined;
}

/** A product of a constant and a product, with the constants together. */
function joined(expression: Extract<Expression, { kind: 'binary' }>): Expression {
  const { operator, left, right } = expression;
  if (operator !== 'multiply' || left.kind === right.kind) return expression;
  const late = joinedLate(left, right) ?? joinedLate(right, left);
  if (late !== undefined) return late;
  if (left.kind === 'f64' && isHarmless(left.value)) return scaled(right, left.value);
  if (right.kind === 'f64' && isHarmless(right.value)) return scaled(left, right.value);
  return expression;
}

/**
 * The product with a constant; constant factors come together, unless their product would leave the usual range. (c − x)·d
 * is (x − c)·(−d), so that equations which hold one and the other compute the difference once.
 */
function scaled(value: Expression, factor: number): Expression {
  const turned = turnedDifference(value);
  if (turned !== undefined) return ir.multiply(turned, ir.f64(-factor));
  if (hasLateFactor(value)) return scaledLate(value, ir.f64(factor));
  const joint = value.kind === 'binary' && value.operator === 'multiply' ? withFactor(value, factor) : undefined;
  return joint ?? ir.multiply(value, ir.f64(factor));
}

/** x − c where the value is c − x and c is steady. */
function turnedDifference(value: Expression): Expression | undefined {
  if (value.kind !== 'binary' || value.operator !== 'subtract') return undefined;
  return isSteady(value.left) && !isSteady(value.right) ? ir.subtract(value.right, value.left) : undefined;
}

/** A product one of whose factors is a number, with that number times the factor. */
function withFactor({ left, right }: Extract<Expression, { kind: 'binary' }>, factor: number): Expression | undefined {
  for (const [constant, other] of [
    [left, right],
    [right, left],
  ] as const) {
    if (constant.kind !== 'f64') continue;
    const product = constant.value * factor;
    if (isHarmless(product)) return ir.multiply(other, ir.f64(product));
  }
  return undefined;
}

function joinedLate(factor: Expression, value: Expression): Expression | undefined {
  return isLate(factor) && !isSteady(value) ? scaledLate(value, factor) : undefined;
}

/** The product with a factor that is known when the run begins; such factors come together, as they are computed once. */
function scaledLate(value: Expression, factor: Expression): Expression {
  const turned = turnedDifference(value);
  if (turned !== undefined) return ir.multiply(turned, ir.negate(factor));
  if (value.kind === 'binary' && value.operator === 'multiply') {
    if (isSteady(value.left)) return ir.multiply(value.right, ir.multiply(value.left, factor));
    if (isSteady(value.right)) return ir.multiply(value.left, ir.multiply(value.right, factor));
  }
  return ir.multiply(value, factor);
}

function hasLateFactor(value: Expression): boolean {
  return value.kind === 'binary' && value.operator === 'multiply' && (isLate(value.left) || isLate(value.right));
}

/** A steady value that is no number yet. */
function isLate(expression: Expression): boolean {
  return expression.kind !== 'f64' && isSteady(expression);
}

/** Numbers, numbers that all cells share and nothing writes, and what is computed from them alone. */
function isSteady(expression: Expression): boolean {
  switch (expression.kind) {
    case 'f64':
      return true;
    case 'load':
      return expression.index.kind === 'i32';
    case 'unary':
      return expression.operator === 'negate' && isSteady(expression.operand);
    case 'binary':
      return expression.operator in arithmetic && isSteady(expression.left) && isSteady(expression.right);
    default:
      return false;
  }
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
