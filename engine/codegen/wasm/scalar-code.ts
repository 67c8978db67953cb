/** Operations on single values as stack code. */
import { assert, defined } from '../../base/assert.ts';
import type { BinaryOperator, FunctionName } from '../../build/ir/types.ts';
import type { Value, ValueType } from '../ir/value.ts';
import { constantOf } from '../ir/value.ts';
import type { Emission } from './emission.ts';
import { push, wasmTypeOf } from './emission.ts';
import type { FunctionBody } from './function-body.ts';
import { helperIndex, importIndex, nativeFunctions } from './function-types.ts';
import { emitLoad } from './memory-code.ts';
import { opcodes, truncateSaturating } from './opcodes.ts';
import { drawNumber } from './random-code.ts';
import { callOnNumbers } from './vector-functions.ts';

/** Pushes the result of an operation on single values. */
export function emitScalar(value: Value, emission: Emission): void {
  const { operation, inputs } = value;
  switch (operation.kind) {
    case 'load':
      return emitLoad(value, operation.signal, emission);
    case 'binary':
      return emitBinary(value, operation.operator, emission);
    case 'select': {
      const [condition, whenTrue, whenFalse] = inputs as [Value, Value, Value];
      for (const part of [whenTrue, whenFalse, condition]) push(part, emission);
      return emission.body.plain(opcodes.select);
    }
    default:
      for (const input of inputs) push(input, emission);
      return applyScalar(value, emission);
  }
}

/** An operation whose operands are on the stack. */
export function applyScalar(value: Value, emission: Emission): void {
  const { body } = emission;
  const { operation, inputs, type } = value;
  const [first, second] = inputs as [Value, Value];
  switch (operation.kind) {
    case 'negate':
      return negate(type, body);
    case 'not':
      return body.plain(opcodes.i32IsZero);
    case 'convert':
      return convert(first.type, type, body);
    case 'call':
      return callFunction(operation.function, type, emission);
    case 'draw':
      return drawNumber(operation, type, emission);
    case 'binary':
      return applyBinary(operation.operator, first.type, second, body);
    default:
      assert(false, `no code for ${operation.kind}`);
  }
}

function negate(type: ValueType, body: FunctionBody): void {
  if (type === 'f64') return body.plain(opcodes.f64Negate);
  if (type === 'f32') return body.plain(opcodes.f32Negate);
  body.i32(-1);
  body.plain(opcodes.i32Multiply);
}

function convert(from: ValueType, to: ValueType, body: FunctionBody): void {
  const whole = from === 'i32' || from === 'bool';
  if (to === 'f64') return body.plain(whole ? opcodes.f64ConvertI32 : opcodes.f64PromoteF32);
  if (to === 'f32') return body.plain(whole ? opcodes.f32ConvertI32 : opcodes.f32DemoteF64);
  if (from === 'f64') body.plain(opcodes.extended, truncateSaturating);
  if (from === 'f32') body.plain(opcodes.extended, truncateSaturatingSingle);
}

/** Second byte of the signed saturating conversion f32 → i32. */
const truncateSaturatingSingle = 0;

const nativeSingles: Readonly<Partial<Record<FunctionName, number>>> = {
  sqrt: opcodes.f32Sqrt,
  floor: opcodes.f32Floor,
  ceil: opcodes.f32Ceil,
  trunc: opcodes.f32Trunc,
  abs: opcodes.f32Abs,
  roundHalfEven: opcodes.f32Nearest,
};

function callFunction(name: FunctionName, type: ValueType, emission: Emission): void {
  const native = (type === 'f64' ? nativeFunctions : nativeSingles)[name];
  if (native !== undefined) emission.body.plain(native);
  else callOnNumbers(name, type === 'f64' ? 'f64' : 'f32', emission);
}

/** Calls a function of two numbers of double precision on singles. */
function widenedCall(index: number, body: FunctionBody): void {
  const second = body.acquire('f32');
  body.indexed(opcodes.localSet, second);
  body.plain(opcodes.f64PromoteF32);
  body.indexed(opcodes.localGet, second);
  body.plain(opcodes.f64PromoteF32);
  body.release('f32', second);
  body.indexed(opcodes.call, index);
  body.plain(opcodes.f32DemoteF64);
}

type Instructions = Readonly<Partial<Record<ValueType, number>>>;

/** Instructions by type of the operands. */
const instructions: Readonly<Partial<Record<BinaryOperator, Instructions>>> = {
  add: { f64: opcodes.f64Add, f32: opcodes.f32Add, i32: opcodes.i32Add },
  subtract: { f64: opcodes.f64Subtract, f32: opcodes.f32Subtract, i32: opcodes.i32Subtract },
  multiply: { f64: opcodes.f64Multiply, f32: opcodes.f32Multiply, i32: opcodes.i32Multiply },
  divide: { f64: opcodes.f64Divide, f32: opcodes.f32Divide },
  equal: { f64: opcodes.f64Equal, f32: opcodes.f32Equal, i32: opcodes.i32Equal },
  notEqual: { f64: opcodes.f64NotEqual, f32: opcodes.f32NotEqual, i32: opcodes.i32NotEqual },
  less: { f64: opcodes.f64Less, f32: opcodes.f32Less, i32: opcodes.i32Less },
  lessEqual: { f64: opcodes.f64LessEqual, f32: opcodes.f32LessEqual, i32: opcodes.i32LessEqual },
  greater: { f64: opcodes.f64Greater, f32: opcodes.f32Greater, i32: opcodes.i32Greater },
  greaterEqual: { f64: opcodes.f64GreaterEqual, f32: opcodes.f32GreaterEqual, i32: opcodes.i32GreaterEqual },
  and: { bool: opcodes.i32And },
  or: { bool: opcodes.i32Or },
};

function emitBinary(value: Value, operator: BinaryOperator, emission: Emission): void {
  const [left, right] = value.inputs as [Value, Value];
  push(left, emission);
  push(right, emission);
  if (operator === 'minimum' || operator === 'maximum') return extreme(operator, left, emission.body);
  applyBinary(operator, left.type, right, emission.body);
}

function applyBinary(operator: BinaryOperator, type: ValueType, right: Value, body: FunctionBody): void {
  const instruction = instructions[operator]?.[type];
  if (instruction !== undefined) return body.plain(instruction);
  assert(operator === 'divide' || operator === 'remainder', `${operator} of ${type}`);
  if (type === 'f64') return body.indexed(opcodes.call, importIndex('remainder'));
  if (type === 'f32') return widenedCall(importIndex('remainder'), body);
  divideWhole(operator, right, body);
}

/** Whole division must not trap: by a harmless constant it is one instruction, else a helper decides. */
function divideWhole(operator: 'divide' | 'remainder', right: Value, body: FunctionBody): void {
  const divisor = constantOf(right);
  const harmless = divisor !== undefined && divisor !== 0 && divisor !== -1;
  if (harmless) return body.plain(operator === 'divide' ? opcodes.i32Divide : opcodes.i32Remainder);
  body.indexed(opcodes.call, helperIndex(operator === 'divide' ? 'divideI32' : 'remainderI32'));
}

/** Left if left < right (>) else right; both are on the stack. */
function extreme(operator: 'minimum' | 'maximum', operand: Value, body: FunctionBody): void {
  const wasm = wasmTypeOf(operand);
  const [left, right] = [body.acquire(wasm), body.acquire(wasm)];
  body.indexed(opcodes.localSet, right);
  body.indexed(opcodes.localSet, left);
  for (const local of [left, right, left, right]) body.indexed(opcodes.localGet, local);
  const comparison = instructions[operator === 'minimum' ? 'less' : 'greater']?.[operand.type];
  body.plain(defined(comparison, 'comparison'), opcodes.select);
  body.release(wasm, left);
  body.release(wasm, right);
}
