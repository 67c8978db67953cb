/** What operations on constants give, to the bit as the code would. */
import type { BinaryOperator } from '../../build/ir/types.ts';
import { functionsIn } from '../functions.ts';
import type { Operation, ValueType } from '../ir/value.ts';

/** Result of an operation on constants (bools are 0 and 1) of type `operands`; undefined where it is left to the run. */
export function calculate(
  operation: Operation,
  type: ValueType,
  operands: ValueType,
  values: readonly number[],
): number | undefined {
  const [first = 0, second = 0, third = 0] = values;
  switch (operation.kind) {
    case 'negate':
      return arithmetic('subtract', type, type === 'i32' ? 0 : -0, first);
    case 'not':
      return 1 - first;
    case 'select':
      return first === 0 ? third : second;
    case 'convert':
      return convert(type, operands, first);
    case 'call':
      return functionsIn(type === 'f64' ? 'f64' : 'f32')[operation.function](first, second);
    case 'binary':
      return compare(operation.operator, first, second) ?? arithmetic(operation.operator, type, first, second);
    default:
      return undefined;
  }
}

function convert(to: ValueType, from: ValueType, value: number): number {
  return to === 'i32' && from !== 'bool' ? saturate(value) : value;
}

/** Truncates towards zero into the range of i32; NaN gives 0. */
function saturate(value: number): number {
  if (value >= 0x7fffffff) return 0x7fffffff;
  if (value <= -0x80000000) return -0x80000000;
  return Math.trunc(value) | 0;
}

function compare(operator: BinaryOperator, left: number, right: number): number | undefined {
  switch (operator) {
    case 'equal':
      return Number(left === right);
    case 'notEqual':
      return Number(left !== right);
    case 'less':
      return Number(left < right);
    case 'lessEqual':
      return Number(left <= right);
    case 'greater':
      return Number(left > right);
    case 'greaterEqual':
      return Number(left >= right);
    case 'and':
      return left & right;
    case 'or':
      return left | right;
    default:
      return undefined;
  }
}

function arithmetic(operator: BinaryOperator, type: ValueType, left: number, right: number): number | undefined {
  if (operator === 'minimum') return left < right ? left : right;
  if (operator === 'maximum') return left > right ? left : right;
  if (type === 'i32') return wholeArithmetic(operator, left, right);
  const exact = floatArithmetic(operator, left, right);
  return type === 'f32' ? Math.fround(exact) : exact;
}

/** Double precision; rounding the result once more gives what single precision does. */
function floatArithmetic(operator: BinaryOperator, left: number, right: number): number {
  switch (operator) {
    case 'add':
      return left + right;
    case 'subtract':
      return left - right;
    case 'multiply':
      return left * right;
    case 'divide':
      return left / right;
    default:
      return left % right;
  }
}

function wholeArithmetic(operator: BinaryOperator, left: number, right: number): number {
  switch (operator) {
    case 'add':
      return (left + right) | 0;
    case 'subtract':
      return (left - right) | 0;
    case 'multiply':
      return Math.imul(left, right);
    case 'divide':
      return (left / right) | 0;
    default:
      return (left % right) | 0;
  }
}
