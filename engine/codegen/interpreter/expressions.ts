/** Expressions as closures: the plainest reading of the IR, with every index checked. */
import { assert, defined, unreachable } from '../../base/assert.ts';
import { uniformAt, uniformSingleAt } from '../../base/random.ts';
import type { BinaryOperator, Expression, ScalarType, SignalId } from '../../build/ir/types.ts';
import { poissonAt } from '../../math/poisson.ts';
import { functionsIn, normalOf } from '../functions.ts';
import type { Precision } from '../ir/lower.ts';
import type { SignalView } from '../layout.ts';

/** Gives the present value; bools are 0 and 1. */
export type Evaluate = () => number;

export interface TypedEvaluate {
  readonly type: ScalarType;
  readonly evaluate: Evaluate;
}

/** What the closures of one operator work on. */
export interface Frame {
  readonly operator: string;
  readonly timeStepSeconds: number;
  readonly precision: Precision;
  /** The step being executed. */
  readonly clock: { step: number };
  /** Values of locals; an i32 is exact in a double. */
  readonly locals: Float64Array;
  /** Place of each declared local. */
  readonly slots: ReadonlyMap<string, number>;
  view(signal: SignalId): SignalView;
}

/** The place of a local in `frame.locals`. */
export function slotOf(frame: Frame, name: string): number {
  return defined(frame.slots.get(name), `${frame.operator}: ${name} is not declared`);
}

/** Compiles an expression. In single precision every number is rounded as soon as it is there. */
export function compileExpression(expression: Expression, frame: Frame): TypedEvaluate {
  const compiled = compileKind(expression, frame);
  if (frame.precision === 'f64' || compiled.type !== 'f64') return compiled;
  const { evaluate } = compiled;
  return { type: 'f64', evaluate: () => Math.fround(evaluate()) };
}

function compileKind(expression: Expression, frame: Frame): TypedEvaluate {
  switch (expression.kind) {
    case 'f64':
    case 'i32':
      return constant(expression.kind, expression.value);
    case 'bool':
      return constant('bool', expression.value ? 1 : 0);
    case 'local':
      return compileLocal(expression.name, expression.type, frame);
    case 'load':
      return { type: expression.type, evaluate: compileLoad(expression.signal, expression.index, frame) };
    case 'step':
      return { type: 'i32', evaluate: () => frame.clock.step };
    case 'time':
      return { type: 'f64', evaluate: () => frame.clock.step * frame.timeStepSeconds };
    case 'uniform':
    case 'normal':
      return { type: 'f64', evaluate: compileRandom(expression, frame) };
    case 'poisson':
      return { type: 'f64', evaluate: compilePoisson(expression, frame) };
    default:
      return compileOperation(expression, frame);
  }
}

function constant(type: ScalarType, value: number): TypedEvaluate {
  return { type, evaluate: () => value };
}

function compileLocal(name: string, type: ScalarType, frame: Frame): TypedEvaluate {
  const { locals } = frame;
  const slot = slotOf(frame, name);
  return { type, evaluate: () => locals[slot] as number };
}

function compileLoad(signal: SignalId, index: Expression, frame: Frame): Evaluate {
  const view = frame.view(signal);
  const { evaluate: position } = compileExpression(index, frame);
  return () => {
    const value = view[position()];
    if (value === undefined) outside(frame, signal, position());
    return value as number;
  };
}

/** An index outside a signal is a bug of the operator. */
export function outside(frame: Frame, signal: SignalId, index: number): never {
  throw new Error(`Bug: ${frame.operator} reaches element ${index} of ${signal}`);
}

function compileRandom(expression: Extract<Expression, { kind: 'uniform' | 'normal' }>, frame: Frame): Evaluate {
  const { clock } = frame;
  const { key } = expression;
  const uniform = frame.precision === 'f64' ? uniformAt : uniformSingleAt;
  const draw = expression.kind === 'uniform' ? uniform : normalOf;
  const { evaluate: index } = compileExpression(expression.index, frame);
  return () => draw(key, clock.step, index());
}

function compilePoisson(expression: Extract<Expression, { kind: 'poisson' }>, frame: Frame): Evaluate {
  const { clock } = frame;
  const { evaluate: index } = compileExpression(expression.index, frame);
  const { evaluate: mean } = compileExpression(expression.mean, frame);
  return () => poissonAt(expression.key >>> 0, clock.step, index(), mean());
}

type Operation = Extract<Expression, { kind: 'unary' | 'binary' | 'call' | 'select' | 'convert' }>;

function compileOperation(expression: Operation, frame: Frame): TypedEvaluate {
  switch (expression.kind) {
    case 'unary': {
      const { type, evaluate } = compileExpression(expression.operand, frame);
      if (expression.operator === 'not') return { type, evaluate: () => 1 - evaluate() };
      return { type, evaluate: type === 'i32' ? () => -evaluate() | 0 : () => -evaluate() };
    }
    case 'binary': {
      const left = compileExpression(expression.left, frame);
      const right = compileExpression(expression.right, frame);
      return compileBinary(expression.operator, left.type, left.evaluate, right.evaluate);
    }
    case 'call':
      return { type: 'f64', evaluate: compileCall(expression, frame) };
    case 'select':
      return compileSelect(expression, frame);
    case 'convert':
      return compileConversion(expression.to, compileExpression(expression.operand, frame));
  }
}

function compileCall(expression: Extract<Expression, { kind: 'call' }>, frame: Frame): Evaluate {
  const calculate = functionsIn(frame.precision)[expression.function];
  const [first, second] = expression.arguments.map((argument) => compileExpression(argument, frame).evaluate);
  assert(first !== undefined, `${expression.function} has no argument`);
  if (second === undefined) return () => calculate(first(), 0);
  return () => calculate(first(), second());
}

function compileSelect(expression: Extract<Expression, { kind: 'select' }>, frame: Frame): TypedEvaluate {
  const { evaluate: condition } = compileExpression(expression.condition, frame);
  const { type, evaluate: whenTrue } = compileExpression(expression.whenTrue, frame);
  const { evaluate: whenFalse } = compileExpression(expression.whenFalse, frame);
  const evaluate = (): number => {
    const one = whenTrue();
    const other = whenFalse();
    return condition() !== 0 ? one : other;
  };
  return { type, evaluate };
}

function compileConversion(to: ScalarType, operand: TypedEvaluate): TypedEvaluate {
  const { evaluate } = operand;
  if (to === 'i32' && operand.type === 'f64') return { type: to, evaluate: () => saturate(evaluate()) };
  return { type: to, evaluate };
}

/** Truncates towards zero into the range of i32; NaN gives 0. */
function saturate(value: number): number {
  if (value >= 0x7fffffff) return 0x7fffffff;
  if (value <= -0x80000000) return -0x80000000;
  return Math.trunc(value) | 0;
}

function compileBinary(operator: BinaryOperator, operands: ScalarType, left: Evaluate, right: Evaluate): TypedEvaluate {
  const comparison = compileComparison(operator, left, right);
  if (comparison !== undefined) return { type: 'bool', evaluate: comparison };
  return {
    type: operands,
    evaluate: operands === 'f64' ? compileF64(operator, left, right) : compileI32(operator, left, right),
  };
}

function compileComparison(operator: BinaryOperator, left: Evaluate, right: Evaluate): Evaluate | undefined {
  switch (operator) {
    case 'equal':
      return () => (left() === right() ? 1 : 0);
    case 'notEqual':
      return () => (left() !== right() ? 1 : 0);
    case 'less':
      return () => (left() < right() ? 1 : 0);
    case 'lessEqual':
      return () => (left() <= right() ? 1 : 0);
    case 'greater':
      return () => (left() > right() ? 1 : 0);
    case 'greaterEqual':
      return () => (left() >= right() ? 1 : 0);
    case 'and':
      return () => left() & right();
    case 'or':
      return () => left() | right();
    default:
      return undefined;
  }
}

type Arithmetic = 'add' | 'subtract' | 'multiply' | 'divide' | 'remainder' | 'minimum' | 'maximum';

function compileF64(operator: BinaryOperator, left: Evaluate, right: Evaluate): Evaluate {
  switch (operator as Arithmetic) {
    case 'add':
      return () => left() + right();
    case 'subtract':
      return () => left() - right();
    case 'multiply':
      return () => left() * right();
    case 'divide':
      return () => left() / right();
    case 'remainder':
      return () => left() % right();
    case 'minimum':
      return smaller(left, right);
    case 'maximum':
      return larger(left, right);
    default:
      return unreachable(operator as never);
  }
}

function compileI32(operator: BinaryOperator, left: Evaluate, right: Evaluate): Evaluate {
  switch (operator as Arithmetic) {
    case 'add':
      return () => (left() + right()) | 0;
    case 'subtract':
      return () => (left() - right()) | 0;
    case 'multiply':
      return () => Math.imul(left(), right());
    case 'divide':
      return () => (left() / right()) | 0;
    case 'remainder':
      return () => (left() % right()) | 0;
    case 'minimum':
      return smaller(left, right);
    case 'maximum':
      return larger(left, right);
    default:
      return unreachable(operator as never);
  }
}

/** Left if left < right else right: right when one is not a number. */
function smaller(left: Evaluate, right: Evaluate): Evaluate {
  return () => {
    const one = left();
    const other = right();
    return one < other ? one : other;
  };
}

function larger(left: Evaluate, right: Evaluate): Evaluate {
  return () => {
    const one = left();
    const other = right();
    return one > other ? one : other;
  };
}
