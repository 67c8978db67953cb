/** Interpreter of expressions: each becomes a closure that computes its value from memory and locals. */
import { defined, unreachable } from '../../base/assert.ts';
import { typeOf } from '../../build/ir/type-of.ts';
import type { BinaryOperator, Expression, SignalId } from '../../build/ir/types.ts';
import { sharedFunctions } from '../functions.ts';

/** Value of an expression now. Conditions are 0 or 1. */
export type Evaluate = () => number;

/** What closures read: the signals as typed arrays, the locals, the step. */
export interface Frame {
  readonly arrays: ReadonlyMap<SignalId, Float64Array | Int32Array | Uint8Array>;
  readonly locals: Float64Array;
  /** Slot of a local by name, made on first use. */
  slot(name: string): number;
  step: number;
  readonly timeStepSeconds: number;
}

type Compute = (left: number, right: number) => number;

const floatOperators: Readonly<Record<BinaryOperator, Compute>> = {
  add: (left, right) => left + right,
  subtract: (left, right) => left - right,
  multiply: (left, right) => left * right,
  divide: (left, right) => left / right,
  remainder: sharedFunctions.remainder,
  minimum: (left, right) => (left < right ? left : right),
  maximum: (left, right) => (left > right ? left : right),
  equal: (left, right) => Number(left === right),
  notEqual: (left, right) => Number(left !== right),
  less: (left, right) => Number(left < right),
  lessEqual: (left, right) => Number(left <= right),
  greater: (left, right) => Number(left > right),
  greaterEqual: (left, right) => Number(left >= right),
  and: (left, right) => left & right,
  or: (left, right) => left | right,
};

const integerOperators: Readonly<Record<BinaryOperator, Compute>> = {
  ...floatOperators,
  add: (left, right) => (left + right) | 0,
  subtract: (left, right) => (left - right) | 0,
  multiply: (left, right) => Math.imul(left, right),
  divide: sharedFunctions.divideInteger,
  remainder: sharedFunctions.remainderInteger,
};

/** The closure of an expression. */
export function evaluator(expression: Expression, frame: Frame): Evaluate {
  switch (expression.kind) {
    case 'f64':
    case 'i32':
      return constant(expression.value);
    case 'bool':
      return constant(Number(expression.value));
    case 'local': {
      const slot = frame.slot(expression.name);
      return () => frame.locals[slot] as number;
    }
    case 'load': {
      const array = defined(frame.arrays.get(expression.signal), `signal ${expression.signal}`);
      const index = evaluator(expression.index, frame);
      return () => array[index()] as number;
    }
    case 'step':
      return () => frame.step;
    case 'time':
      return () => frame.step * frame.timeStepSeconds;
    default:
      return compound(expression, frame);
  }
}

type Compound = Extract<Expression, { kind: 'unary' | 'binary' | 'call' | 'select' | 'convert' | 'uniform' | 'normal' }>;

function compound(expression: Compound, frame: Frame): Evaluate {
  switch (expression.kind) {
    case 'unary': {
      const operand = evaluator(expression.operand, frame);
      if (expression.operator === 'not') return () => 1 - operand();
      return typeOf(expression.operand) === 'i32' ? () => -operand() | 0 : () => -operand();
    }
    case 'binary': {
      const table = typeOf(expression.left) === 'f64' ? floatOperators : integerOperators;
      const compute = table[expression.operator];
      const left = evaluator(expression.left, frame);
      const right = evaluator(expression.right, frame);
      return () => compute(left(), right());
    }
    case 'call':
      return callEvaluator(expression, frame);
    case 'select': {
      const [condition, whenTrue, whenFalse] = [expression.condition, expression.whenTrue, expression.whenFalse].map((part) => evaluator(part, frame)) as [Evaluate, Evaluate, Evaluate];
      return () => (condition() === 1 ? whenTrue() : whenFalse());
    }
    case 'convert':
      return conversion(expression.to, evaluator(expression.operand, frame));
    case 'uniform':
    case 'normal':
      return randomEvaluator(expression, frame);
    default:
      return unreachable(expression);
  }
}

function constant(value: number): Evaluate {
  return () => value;
}

function callEvaluator(expression: Extract<Expression, { kind: 'call' }>, frame: Frame): Evaluate {
  const compute = sharedFunctions[expression.function] as Compute;
  const [first, second] = expression.arguments.map((argument) => evaluator(argument, frame));
  const left = defined(first, 'a function has an argument');
  return second === undefined ? () => compute(left(), Number.NaN) : () => compute(left(), second());
}

function conversion(to: string, operand: Evaluate): Evaluate {
  return to === 'i32' ? () => saturate(operand()) : operand;
}

/** f64 → i32: truncating, saturating, NaN = 0. */
function saturate(value: number): number {
  if (Number.isNaN(value)) return 0;
  return Math.min(2147483647, Math.max(-2147483648, Math.trunc(value)));
}

function randomEvaluator(expression: Extract<Expression, { kind: 'uniform' | 'normal' }>, frame: Frame): Evaluate {
  const draw = sharedFunctions[expression.kind];
  const index = evaluator(expression.index, frame);
  return () => draw(expression.key, frame.step, index());
}
