/** Emits IR expressions: every operation in the order written, nothing contracted or reassociated. */
import { defined } from '../../base/assert.ts';
import { typeOf } from '../../build/ir/type-of.ts';
import type { Expression } from '../../build/ir/types.ts';
import { alignmentHint, emitAddress, type FunctionContext } from './function-emitter.ts';
import { floatInstructions, functionInstructions, integerInstructions, opcodes } from './opcodes.ts';

type Kind<K extends Expression['kind']> = Extract<Expression, { kind: K }>;

/** Leaves the value of the expression on the stack. */
export function emitExpression(expression: Expression, context: FunctionContext): void {
  const { code } = context;
  switch (expression.kind) {
    case 'f64':
      code.byte(opcodes.f64Const).float64(expression.value);
      return;
    case 'i32':
      code.byte(opcodes.i32Const).signed(expression.value);
      return;
    case 'bool':
      code.byte(opcodes.i32Const).signed(expression.value ? 1 : 0);
      return;
    case 'local':
      code.byte(opcodes.localGet).unsigned(context.local(expression.name, expression.type));
      return;
    case 'step':
      code.byte(opcodes.localGet).unsigned(0);
      return;
    case 'time':
      code.byte(opcodes.localGet).unsigned(0).byte(opcodes.f64ConvertI32S);
      code.byte(opcodes.f64Const).float64(context.timeStepSeconds).byte(opcodes.f64Mul);
      return;
    case 'load':
      emitLoad(expression, context);
      return;
    default:
      emitCompound(expression, context);
  }
}

type Compound = Kind<'unary' | 'binary' | 'call' | 'select' | 'convert' | 'uniform' | 'normal'>;

function emitCompound(expression: Compound, context: FunctionContext): void {
  switch (expression.kind) {
    case 'unary':
      emitUnary(expression, context);
      return;
    case 'binary':
      emitBinary(expression, context);
      return;
    case 'call':
      emitCall(expression, context);
      return;
    case 'select':
      emitExpression(expression.whenTrue, context);
      emitExpression(expression.whenFalse, context);
      emitExpression(expression.condition, context);
      context.code.byte(opcodes.select);
      return;
    case 'convert':
      emitConversion(expression, context);
      return;
    case 'uniform':
    case 'normal':
      context.code.byte(opcodes.i32Const).signed(expression.key).byte(opcodes.localGet).unsigned(0);
      emitExpression(expression.index, context);
      context.code.byte(opcodes.call).unsigned(context.importFunction(expression.kind));
      return;
  }
}

const loadInstructions = { f64: opcodes.f64Load, i32: opcodes.i32Load, u8: opcodes.i32Load8U } as const;

function emitLoad(expression: Kind<'load'>, context: FunctionContext): void {
  const place = defined(context.layout.places.get(expression.signal), `signal ${expression.signal}`);
  const { type } = place.signal;
  const offset = emitAddress(expression.index, type, place.offset, context);
  context.code.byte(loadInstructions[type], alignmentHint[type]).unsigned(offset);
}

function emitUnary(expression: Kind<'unary'>, context: FunctionContext): void {
  const { code } = context;
  if (expression.operator === 'negate' && typeOf(expression.operand) === 'i32') {
    code.byte(opcodes.i32Const).signed(0);
    emitExpression(expression.operand, context);
    code.byte(opcodes.i32Sub);
    return;
  }
  emitExpression(expression.operand, context);
  code.byte(expression.operator === 'not' ? opcodes.i32Eqz : opcodes.f64Neg);
}

function emitBinary(expression: Kind<'binary'>, context: FunctionContext): void {
  const float = typeOf(expression.left) === 'f64';
  const instruction = (float ? floatInstructions : integerInstructions)[expression.operator];
  if (instruction !== undefined) {
    emitExpression(expression.left, context);
    emitExpression(expression.right, context);
    context.code.byte(instruction);
    return;
  }
  if (expression.operator === 'minimum' || expression.operator === 'maximum') {
    emitExtreme(expression, context);
    return;
  }
  emitDivision(expression, float, context);
}

/** minimum: left if left < right else right; maximum with >. */
function emitExtreme(expression: Kind<'binary'>, context: FunctionContext): void {
  const { code } = context;
  const left = context.scratch('f64');
  const right = context.scratch('f64');
  emitExpression(expression.left, context);
  code.byte(opcodes.localTee).unsigned(left);
  emitExpression(expression.right, context);
  code.byte(opcodes.localTee).unsigned(right);
  code.byte(opcodes.localGet).unsigned(left).byte(opcodes.localGet).unsigned(right);
  code.byte(expression.operator === 'minimum' ? opcodes.f64Lt : opcodes.f64Gt, opcodes.select);
}

/** i32 division by a positive constant is an instruction; everything that could trap goes through a function. */
function emitDivision(expression: Kind<'binary'>, float: boolean, context: FunctionContext): void {
  const { left, right, operator } = expression;
  emitExpression(left, context);
  emitExpression(right, context);
  if (!float && right.kind === 'i32' && right.value > 0) {
    context.code.byte(operator === 'divide' ? opcodes.i32DivS : opcodes.i32RemS);
    return;
  }
  const integer = operator === 'divide' ? 'divideInteger' : 'remainderInteger';
  context.code.byte(opcodes.call).unsigned(context.importFunction(float ? 'remainder' : integer));
}

function emitCall(expression: Kind<'call'>, context: FunctionContext): void {
  for (const argument of expression.arguments) emitExpression(argument, context);
  const instruction = functionInstructions[expression.function];
  if (instruction !== undefined) context.code.byte(instruction);
  else context.code.byte(opcodes.call).unsigned(context.importFunction(expression.function));
}

function emitConversion(expression: Kind<'convert'>, context: FunctionContext): void {
  const from = typeOf(expression.operand);
  emitExpression(expression.operand, context);
  if (expression.to === 'f64' && from !== 'f64') context.code.byte(opcodes.f64ConvertI32S);
  if (expression.to === 'i32' && from === 'f64') context.code.byte(opcodes.prefix, opcodes.truncSatF64S);
}
