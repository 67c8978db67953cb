/** Simplification that keeps every bit: constants folded, operations that change nothing dropped, cheaper equals taken. */
import type { BinaryOperator } from '../../build/ir/types.ts';
import type { Rewriter } from '../ir/rewrite.ts';
import type { Value, ValueType } from '../ir/value.ts';
import { constant, constantOf, makeValue } from '../ir/value.ts';
import { calculate } from './calculate.ts';

type Place = (value: Value) => Value;

/** The rule as a rewriter, for passes that simplify while they do something else. A NaN may become another NaN, nothing else changes. */
export const simplifyValue: NonNullable<Rewriter['value']> = (candidate, place) => {
  const folded = fold(candidate);
  if (folded !== undefined) return folded;
  switch (candidate.operation.kind) {
    case 'binary':
      return simplifyBinary(candidate, candidate.operation.operator, place);
    case 'negate':
    case 'not':
      return simplifyOpposite(candidate, place);
    case 'select':
      return simplifySelect(candidate, place);
    case 'convert':
      return simplifyConversion(candidate);
    default:
      return candidate;
  }
};

function fold({ operation, type, inputs, lanes }: Value): Value | undefined {
  const values = inputs.map(constantOf);
  if (values.length === 0 || values.some((value) => value === undefined)) return undefined;
  const result = calculate(operation, type, (inputs[0] as Value).type, values as number[]);
  return result === undefined ? undefined : constant(type, result, lanes);
}

function simplifyBinary(candidate: Value, operator: BinaryOperator, place: Place): Value {
  const [left, right] = candidate.inputs as [Value, Value];
  const neutral = dropNeutral(operator, candidate.type, left, right);
  if (neutral !== undefined) return neutral;
  if (operator === 'divide' && candidate.type !== 'i32') return divisionAsProduct(candidate, left, right, place);
  if (operator === 'notEqual') return conditionAgain(left, right) ?? candidate;
  if (operator === 'add' || operator === 'subtract') return signedSum(candidate, operator, place);
  return candidate;
}

/** x·1, x/1, x − 0, x + (−0); for whole numbers x + 0; for conditions true and false; the left or right side as it is. */
function dropNeutral(operator: BinaryOperator, type: ValueType, left: Value, right: Value): Value | undefined {
  const [one, other] = [constantOf(left), constantOf(right)];
  switch (operator) {
    case 'multiply':
      return other === 1 ? left : one === 1 ? right : undefined;
    case 'divide':
      return other === 1 ? left : undefined;
    case 'subtract':
      return Object.is(other, 0) ? left : undefined;
    case 'add':
      return isZeroToAdd(type, other) ? left : isZeroToAdd(type, one) ? right : undefined;
    case 'and':
      return neutralCondition(left, right, 1);
    case 'or':
      return neutralCondition(left, right, 0);
    default:
      return undefined;
  }
}

function isZeroToAdd(type: ValueType, value: number | undefined): boolean {
  return type === 'i32' ? value === 0 : Object.is(value, -0);
}

/** `neutral` leaves the other side; its opposite decides. */
function neutralCondition(left: Value, right: Value, neutral: number): Value | undefined {
  for (const [side, other] of [
    [left, right],
    [right, left],
  ] as const) {
    const value = constantOf(side);
    if (value !== undefined) return value === neutral ? other : side;
  }
  return left === right ? left : undefined;
}

/** Division by a power of two is a product: both round the same exact number once. */
function divisionAsProduct(candidate: Value, left: Value, right: Value, place: Place): Value {
  const divisor = constantOf(right);
  if (divisor === undefined || !isPowerOfTwo(divisor, candidate.type)) return candidate;
  const factor = constant(candidate.type, 1 / divisor, candidate.lanes);
  return place(makeValue({ kind: 'binary', operator: 'multiply' }, candidate.type, [left, factor], candidate.lanes));
}

/** Whether the value and its inverse are powers of two within the range of normal numbers. */
function isPowerOfTwo(value: number, type: ValueType): boolean {
  const size = Math.abs(value);
  const limit = type === 'f32' ? 2 ** 126 : 2 ** 1000;
  if (!(size >= 1 / limit && size <= limit)) return false;
  return 2 ** Math.round(Math.log2(size)) === size;
}

/** bool → i32 ≠ 0 is the condition itself. */
function conditionAgain(left: Value, right: Value): Value | undefined {
  if (left.type !== 'i32' || constantOf(right) !== 0 || left.operation.kind !== 'convert') return undefined;
  const [source] = left.inputs;
  return source?.type === 'bool' ? source : undefined;
}

/** a + (−b) is a − b, a − (−b) is a + b, (−a) + b is b − a. */
function signedSum(candidate: Value, operator: 'add' | 'subtract', place: Place): Value {
  const [left, right] = candidate.inputs as [Value, Value];
  const make = (kind: 'add' | 'subtract', inputs: readonly Value[]): Value =>
    place(makeValue({ kind: 'binary', operator: kind }, candidate.type, inputs, candidate.lanes));
  if (right.operation.kind === 'negate')
    return make(operator === 'add' ? 'subtract' : 'add', [left, right.inputs[0] as Value]);
  if (operator === 'add' && left.operation.kind === 'negate') return make('subtract', [right, left.inputs[0] as Value]);
  return candidate;
}

const opposites: Readonly<Partial<Record<BinaryOperator, BinaryOperator>>> = {
  equal: 'notEqual',
  notEqual: 'equal',
};

const wholeOpposites: Readonly<Partial<Record<BinaryOperator, BinaryOperator>>> = {
  less: 'greaterEqual',
  greaterEqual: 'less',
  greater: 'lessEqual',
  lessEqual: 'greater',
};

/** −(−x), not not x, not of a comparison (with an order only of whole numbers, since NaN has none). */
function simplifyOpposite(candidate: Value, place: Place): Value {
  const [operand] = candidate.inputs as [Value];
  const { kind } = candidate.operation;
  if (operand.operation.kind === kind) return operand.inputs[0] as Value;
  if (kind !== 'not' || operand.operation.kind !== 'binary') return candidate;
  const { operator } = operand.operation;
  const whole = (operand.inputs[0] as Value).type === 'i32';
  const opposite = opposites[operator] ?? (whole ? wholeOpposites[operator] : undefined);
  if (opposite === undefined) return candidate;
  return place(makeValue({ kind: 'binary', operator: opposite }, 'bool', operand.inputs, candidate.lanes));
}

function simplifySelect(candidate: Value, place: Place): Value {
  const [condition, whenTrue, whenFalse] = candidate.inputs as [Value, Value, Value];
  if (whenTrue === whenFalse) return whenTrue;
  const decided = constantOf(condition);
  if (decided !== undefined) return decided !== 0 ? whenTrue : whenFalse;
  if (condition.operation.kind !== 'not') return candidate;
  const swapped = [condition.inputs[0] as Value, whenFalse, whenTrue];
  return place(makeValue({ kind: 'select' }, candidate.type, swapped, candidate.lanes));
}

/** A conversion to the type that a value has already. */
function simplifyConversion(candidate: Value): Value {
  const [operand] = candidate.inputs as [Value];
  return operand.type === candidate.type ? operand : candidate;
}
