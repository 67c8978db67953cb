/** Builders of IR expressions. Constants are folded only where every host gets the same bits as the code would. */
import type { BinaryOperator, Expression, FunctionName, ScalarType, SignalId } from './types.ts';

/** An index: an i32 expression, or a whole number that becomes one. */
export type Index = Expression | number;

/** A constant of type f64. */
export function f64(value: number): Expression {
  return { kind: 'f64', value };
}

/** A constant of type i32; `value` must be a whole number in range. */
export function i32(value: number): Expression {
  return { kind: 'i32', value: value | 0 };
}

/** A constant of type bool. */
export function bool(value: boolean): Expression {
  return { kind: 'bool', value };
}

/** A local declared by `let…` or the index of an enclosing loop. */
export function local(name: string, type: ScalarType = 'f64'): Expression {
  return { kind: 'local', name, type };
}

/** An i32 local: mostly the index of a loop. */
export function i32Local(name: string): Expression {
  return local(name, 'i32');
}

/** A bool local. */
export function boolLocal(name: string): Expression {
  return local(name, 'bool');
}

/** Element of an f64 signal. */
export function load(signal: SignalId, index: Index = 0): Expression {
  return { kind: 'load', signal, index: toIndex(index), type: 'f64' };
}

/** Element of an i32 or u8 signal, as i32. */
export function loadI32(signal: SignalId, index: Index = 0): Expression {
  return { kind: 'load', signal, index: toIndex(index), type: 'i32' };
}

/** Number of the step being executed, i32. */
export const step: Expression = { kind: 'step' };

/** Time at the start of the step in seconds, f64. */
export const time: Expression = { kind: 'time' };

/** Sum from left to right of two or more terms (all f64 or all i32). */
export function add(first: Expression, ...rest: readonly Expression[]): Expression {
  return rest.reduce((left, right) => binary('add', left, right), first);
}

/** `left − right`. */
export function subtract(left: Expression, right: Expression): Expression {
  return binary('subtract', left, right);
}

/** Product from left to right of two or more factors (all f64 or all i32). */
export function multiply(first: Expression, ...rest: readonly Expression[]): Expression {
  return rest.reduce((left, right) => binary('multiply', left, right), first);
}

/** `left / right`; on i32 truncating, and 0 when `right` is 0. */
export function divide(left: Expression, right: Expression): Expression {
  return binary('divide', left, right);
}

/** Remainder with the sign of `left`; on i32 0 when `right` is 0. */
export function remainder(left: Expression, right: Expression): Expression {
  return binary('remainder', left, right);
}

/** f64: left if left < right else right. */
export function minimum(left: Expression, right: Expression): Expression {
  return binary('minimum', left, right);
}

/** f64: left if left > right else right. */
export function maximum(left: Expression, right: Expression): Expression {
  return binary('maximum', left, right);
}

export function equal(left: Expression, right: Expression): Expression {
  return binary('equal', left, right);
}

export function notEqual(left: Expression, right: Expression): Expression {
  return binary('notEqual', left, right);
}

export function less(left: Expression, right: Expression): Expression {
  return binary('less', left, right);
}

export function greater(left: Expression, right: Expression): Expression {
  return binary('greater', left, right);
}

export function greaterEqual(left: Expression, right: Expression): Expression {
  return binary('greaterEqual', left, right);
}

/** All of the conditions; every one is evaluated. */
export function and(first: Expression, ...rest: readonly Expression[]): Expression {
  return rest.reduce((left, right) => binary('and', left, right), first);
}

/** Any of the conditions; every one is evaluated. */
export function or(first: Expression, ...rest: readonly Expression[]): Expression {
  return rest.reduce((left, right) => binary('or', left, right), first);
}

/** The opposite of a bool. */
export function not(operand: Expression): Expression {
  if (operand.kind === 'bool') return bool(!operand.value);
  return { kind: 'unary', operator: 'not', operand };
}

/** `−operand` for f64 or i32. */
export function negate(operand: Expression): Expression {
  if (operand.kind === 'f64') return f64(-operand.value);
  if (operand.kind === 'i32') return i32(-operand.value);
  return { kind: 'unary', operator: 'negate', operand };
}

/** A function of the table on f64 arguments. */
export function call(name: FunctionName, ...parameters: readonly Expression[]): Expression {
  return { kind: 'call', function: name, arguments: parameters };
}

/** `whenTrue` or `whenFalse` (same type); both are evaluated. */
export function select(condition: Expression, whenTrue: Expression, whenFalse: Expression): Expression {
  if (condition.kind === 'bool') return condition.value ? whenTrue : whenFalse;
  return { kind: 'select', condition, whenTrue, whenFalse };
}

/** i32 or bool as f64. */
export function toF64(operand: Expression): Expression {
  if (operand.kind === 'i32') return f64(operand.value);
  if (operand.kind === 'bool') return f64(operand.value ? 1 : 0);
  return { kind: 'convert', to: 'f64', operand };
}

/** f64 (truncating, saturating, NaN = 0) or bool as i32. */
export function toI32(operand: Expression): Expression {
  return { kind: 'convert', to: 'i32', operand };
}

/** Uniform on (0, 1) from stream `key` at this step and `index`. */
export function uniform(key: number, index: Index): Expression {
  return { kind: 'uniform', key, index: toIndex(index) };
}

/** Standard normal from stream `key` at this step and `index`. */
export function normal(key: number, index: Index): Expression {
  return { kind: 'normal', key, index: toIndex(index) };
}

/** Count of a Poisson distribution from stream `key` at this step and `index`. */
export function poisson(key: number, index: Index, mean: Expression): Expression {
  return { kind: 'poisson', key, index: toIndex(index), mean };
}

/** The expression of an index. */
export function toIndex(index: Index): Expression {
  return typeof index === 'number' ? i32(index) : index;
}

/** A binary operation, folded when both sides are constants of one type or one side leaves the other unchanged bit for bit. */
export function binary(operator: BinaryOperator, left: Expression, right: Expression): Expression {
  if (left.kind === 'f64' && right.kind === 'f64') {
    const folded = foldF64(operator, left.value, right.value);
    if (folded !== undefined) return folded;
  }
  if (left.kind === 'i32' && right.kind === 'i32') {
    const folded = foldI32(operator, left.value, right.value);
    if (folded !== undefined) return folded;
  }
  return simplifyNeutral(operator, left, right) ?? { kind: 'binary', operator, left, right };
}

function foldF64(operator: BinaryOperator, left: number, right: number): Expression | undefined {
  switch (operator) {
    case 'add':
      return f64(left + right);
    case 'subtract':
      return f64(left - right);
    case 'multiply':
      return f64(left * right);
    case 'divide':
      return f64(left / right);
    case 'minimum':
      return f64(left < right ? left : right);
    case 'maximum':
      return f64(left > right ? left : right);
    default:
      return undefined;
  }
}

function foldI32(operator: BinaryOperator, left: number, right: number): Expression | undefined {
  switch (operator) {
    case 'add':
      return i32(left + right);
    case 'subtract':
      return i32(left - right);
    case 'multiply':
      return i32(Math.imul(left, right));
    default:
      return undefined;
  }
}

/** x·1, 1·x, x/1 for both types and x ± 0, 0 + x for i32 only (−0 + 0 is +0 in f64). */
function simplifyNeutral(operator: BinaryOperator, left: Expression, right: Expression): Expression | undefined {
  switch (operator) {
    case 'multiply':
      return isOne(right) ? left : isOne(left) ? right : undefined;
    case 'divide':
      return isOne(right) ? left : undefined;
    case 'add':
      return isZeroI32(right) ? left : isZeroI32(left) ? right : undefined;
    case 'subtract':
      return isZeroI32(right) ? left : undefined;
    default:
      return undefined;
  }
}

function isOne(side: Expression): boolean {
  return (side.kind === 'f64' || side.kind === 'i32') && side.value === 1;
}

function isZeroI32(side: Expression): boolean {
  return side.kind === 'i32' && side.value === 0;
}
