/** Expressions as stack code, in exactly the order written. */
import { assert, defined } from '../../base/assert.ts';
import type { BinaryOperator, Expression, ScalarType } from '../../build/ir/types.ts';
import { placeOf } from '../layout.ts';
import { helperIndex, importIndex, nativeFunctions } from './function-types.ts';
import { opcodes, truncateSaturating } from './opcodes.ts';
import type { Scope } from './scope.ts';
import { readVariable, stepLocal, wasmType } from './scope.ts';

/** Pushes the value of an expression and tells its type. */
export function emitExpression(expression: Expression, scope: Scope): ScalarType {
  const { body } = scope;
  switch (expression.kind) {
    case 'f64':
      body.f64(expression.value);
      return 'f64';
    case 'i32':
      body.i32(expression.value);
      return 'i32';
    case 'bool':
      body.i32(expression.value ? 1 : 0);
      return 'bool';
    case 'local':
      readVariable(scope, expression.name);
      return expression.type;
    case 'load':
      emitLoad(expression, scope);
      return expression.type;
    case 'step':
      body.indexed(opcodes.localGet, stepLocal);
      return 'i32';
    case 'time':
      body.indexed(opcodes.localGet, stepLocal);
      body.plain(opcodes.f64ConvertI32);
      body.f64(scope.timeStepSeconds);
      body.plain(opcodes.f64Multiply);
      return 'f64';
    default:
      return emitOperation(expression, scope);
  }
}

/** Binary logarithm of the bytes of an element. */
export const shifts = { f64: 3, f32: 2, i32: 2, u16: 1, i8: 0, u8: 0 } as const;
const loads = {
  f64: opcodes.f64Load,
  f32: opcodes.f32Load,
  i32: opcodes.i32Load,
  u16: opcodes.i32Load16Unsigned,
  i8: opcodes.i32Load8Signed,
  u8: opcodes.i32Load8Unsigned,
} as const;

function emitLoad(expression: Extract<Expression, { kind: 'load' }>, scope: Scope): void {
  const { type } = placeOf(scope.layout, expression.signal);
  const offset = emitAddress(expression.signal, expression.index, scope);
  scope.body.access(loads[type], shifts[type], offset);
  if (type === 'f32') scope.body.plain(opcodes.f64PromoteF32);
}

/** Pushes the address of an element and returns the offset that the access has to add. */
export function emitAddress(signal: string, index: Expression, scope: Scope): number {
  const { type, offset } = placeOf(scope.layout, signal);
  const shift = shifts[type];
  if (index.kind === 'i32') {
    scope.body.i32(0);
    return offset + index.value * 2 ** shift;
  }
  emitExpression(index, scope);
  if (shift > 0) {
    scope.body.i32(shift);
    scope.body.plain(opcodes.i32ShiftLeft);
  }
  return offset;
}

type Operation = Extract<
  Expression,
  { kind: 'unary' | 'binary' | 'call' | 'select' | 'convert' | 'uniform' | 'normal' }
>;

function emitOperation(expression: Operation, scope: Scope): ScalarType {
  switch (expression.kind) {
    case 'unary':
      return emitUnary(expression, scope);
    case 'binary':
      return emitBinary(expression, scope);
    case 'call':
      return emitCall(expression, scope);
    case 'convert':
      return emitConversion(expression.to, emitExpression(expression.operand, scope), scope);
    case 'select': {
      const type = emitExpression(expression.whenTrue, scope);
      emitExpression(expression.whenFalse, scope);
      emitExpression(expression.condition, scope);
      scope.body.plain(opcodes.select);
      return type;
    }
    default:
      return emitRandom(expression, scope);
  }
}

function emitUnary(expression: Extract<Expression, { kind: 'unary' }>, scope: Scope): ScalarType {
  const { body } = scope;
  if (expression.operator === 'not') {
    emitExpression(expression.operand, scope);
    body.plain(opcodes.i32IsZero);
    return 'bool';
  }
  const type = emitExpression(expression.operand, scope);
  if (type === 'f64') body.plain(opcodes.f64Negate);
  else {
    body.i32(-1);
    body.plain(opcodes.i32Multiply);
  }
  return type;
}

function emitCall(expression: Extract<Expression, { kind: 'call' }>, scope: Scope): ScalarType {
  for (const argument of expression.arguments) emitExpression(argument, scope);
  const native = nativeFunctions[expression.function];
  if (native === undefined) scope.body.indexed(opcodes.call, importIndex(expression.function));
  else scope.body.plain(native);
  return 'f64';
}

function emitConversion(to: ScalarType, from: ScalarType, scope: Scope): ScalarType {
  if (to === 'f64' && from !== 'f64') scope.body.plain(opcodes.f64ConvertI32);
  if (to === 'i32' && from === 'f64') scope.body.plain(opcodes.extended, truncateSaturating);
  return to;
}

function emitRandom(expression: Extract<Expression, { kind: 'uniform' | 'normal' }>, scope: Scope): ScalarType {
  scope.body.i32(expression.key);
  scope.body.indexed(opcodes.localGet, stepLocal);
  emitExpression(expression.index, scope);
  scope.body.indexed(opcodes.call, expression.kind === 'uniform' ? helperIndex('uniform') : importIndex('normal'));
  return 'f64';
}

/** Instructions of operators: for f64 operands and for i32 (bool) operands. */
const instructions: Readonly<Partial<Record<BinaryOperator, { readonly f64?: number; readonly i32?: number }>>> = {
  add: { f64: opcodes.f64Add, i32: opcodes.i32Add },
  subtract: { f64: opcodes.f64Subtract, i32: opcodes.i32Subtract },
  multiply: { f64: opcodes.f64Multiply, i32: opcodes.i32Multiply },
  divide: { f64: opcodes.f64Divide },
  equal: { f64: opcodes.f64Equal, i32: opcodes.i32Equal },
  notEqual: { f64: opcodes.f64NotEqual, i32: opcodes.i32NotEqual },
  less: { f64: opcodes.f64Less, i32: opcodes.i32Less },
  lessEqual: { f64: opcodes.f64LessEqual, i32: opcodes.i32LessEqual },
  greater: { f64: opcodes.f64Greater, i32: opcodes.i32Greater },
  greaterEqual: { f64: opcodes.f64GreaterEqual, i32: opcodes.i32GreaterEqual },
  and: { i32: opcodes.i32And },
  or: { i32: opcodes.i32Or },
};

const arithmetic: ReadonlySet<BinaryOperator> = new Set([
  'add',
  'subtract',
  'multiply',
  'divide',
  'remainder',
  'minimum',
  'maximum',
]);

function emitBinary(expression: Extract<Expression, { kind: 'binary' }>, scope: Scope): ScalarType {
  const { operator, left, right } = expression;
  if (operator === 'minimum' || operator === 'maximum') return emitExtreme(operator, left, right, scope);
  const type = emitExpression(left, scope);
  emitExpression(right, scope);
  const instruction = instructions[operator]?.[wasmType(type)];
  if (instruction !== undefined) scope.body.plain(instruction);
  else emitDivision(operator, type, right, scope);
  return arithmetic.has(operator) ? type : 'bool';
}

/** i32 division must not trap: by a harmless constant it is one instruction, else a helper decides. */
function emitDivision(operator: BinaryOperator, type: ScalarType, divisor: Expression, scope: Scope): void {
  assert(operator === 'divide' || operator === 'remainder', `${scope.operator}: ${operator} of ${type}`);
  const { body } = scope;
  if (type === 'f64') return body.indexed(opcodes.call, importIndex('remainder'));
  const harmless = divisor.kind === 'i32' && divisor.value !== 0 && divisor.value !== -1;
  if (harmless) return body.plain(operator === 'divide' ? opcodes.i32Divide : opcodes.i32Remainder);
  body.indexed(opcodes.call, helperIndex(operator === 'divide' ? 'divideI32' : 'remainderI32'));
}

/** Left if left < right (>) else right; both are evaluated once. */
function emitExtreme(operator: 'minimum' | 'maximum', left: Expression, right: Expression, scope: Scope): ScalarType {
  const { body } = scope;
  const type = emitExpression(left, scope);
  const wasm = wasmType(type);
  const leftLocal = body.acquire(wasm);
  body.indexed(opcodes.localSet, leftLocal);
  emitExpression(right, scope);
  const rightLocal = body.acquire(wasm);
  body.indexed(opcodes.localSet, rightLocal);
  for (const local of [leftLocal, rightLocal, leftLocal, rightLocal]) body.indexed(opcodes.localGet, local);
  const comparison = instructions[operator === 'minimum' ? 'less' : 'greater']?.[wasm];
  body.plain(defined(comparison, 'comparison'), opcodes.select);
  body.release(wasm, leftLocal);
  body.release(wasm, rightLocal);
  return type;
}
