/** Emits one operator as a WebAssembly function of the step number. */
import { defined } from '../../base/assert.ts';
import { typeOf } from '../../build/ir/type-of.ts';
import type { Expression, ScalarType, Statement } from '../../build/ir/types.ts';
import type { SharedFunctionName } from '../functions.ts';
import type { MemoryLayout } from '../layout.ts';
import { ByteWriter } from './bytes.ts';
import { emitExpression } from './expression-emitter.ts';
import { opcodes, types } from './opcodes.ts';

/** What the emission of a function needs from the module. */
export interface ModuleContext {
  readonly layout: MemoryLayout;
  readonly timeStepSeconds: number;
  /** Index of an imported function, added on first use. */
  importFunction(name: SharedFunctionName): number;
}

/** State of one function being emitted. Local 0 is the step. */
export interface FunctionContext extends ModuleContext {
  readonly code: ByteWriter;
  /** Index of a named local. */
  local(name: string, type: ScalarType): number;
  /** A local of its own for the duration of the function. */
  scratch(type: ScalarType): number;
}

/** Body of the function: local declarations and code, without its size. */
export function emitFunction(body: readonly Statement[], module: ModuleContext): Uint8Array {
  const code = new ByteWriter();
  const localTypes: ScalarType[] = [];
  const names = new Map<string, number>();
  const scratch = (type: ScalarType): number => localTypes.push(type);
  const context: FunctionContext = {
    ...module,
    code,
    scratch,
    local(name, type) {
      const key = `${name}:${type === 'f64' ? 'f64' : 'i32'}`;
      const known = names.get(key);
      if (known !== undefined) return known;
      const index = scratch(type);
      names.set(key, index);
      return index;
    },
  };
  for (const statement of body) emitStatement(statement, context);
  code.byte(opcodes.end);
  const declarations = new ByteWriter().unsigned(localTypes.length);
  for (const type of localTypes) declarations.unsigned(1).byte(type === 'f64' ? types.f64 : types.i32);
  return new ByteWriter().bytes(declarations.toBytes()).bytes(code.toBytes()).toBytes();
}

function emitStatement(statement: Statement, context: FunctionContext): void {
  const { code } = context;
  switch (statement.kind) {
    case 'let':
      emitExpression(statement.value, context);
      code.byte(opcodes.localSet).unsigned(context.local(statement.name, statement.type));
      return;
    case 'assign':
      emitExpression(statement.value, context);
      code.byte(opcodes.localSet).unsigned(context.local(statement.name, typeOf(statement.value)));
      return;
    case 'store':
      emitStore(statement, context);
      return;
    case 'loop':
      emitLoop(statement, context);
      return;
    case 'if':
      emitExpression(statement.condition, context);
      code.byte(opcodes.if, types.empty);
      for (const inner of statement.then) emitStatement(inner, context);
      if (statement.else.length > 0) code.byte(opcodes.else);
      for (const inner of statement.else) emitStatement(inner, context);
      code.byte(opcodes.end);
      return;
  }
}

const storeInstructions = { f64: opcodes.f64Store, i32: opcodes.i32Store, u8: opcodes.i32Store8 } as const;

function emitStore(statement: Extract<Statement, { kind: 'store' }>, context: FunctionContext): void {
  const place = defined(context.layout.places.get(statement.signal), `signal ${statement.signal}`);
  const { type } = place.signal;
  const offset = emitAddress(statement.index, type, place.offset, context);
  emitExpression(statement.value, context);
  context.code.byte(storeInstructions[type], alignmentHint[type]).unsigned(offset);
}

/** log2 of the natural alignment, also the shift from index to bytes. */
export const alignmentHint = { f64: 3, i32: 2, u8: 0 } as const;

/** Leaves the byte address of an index on the stack and returns the constant offset to be given to the access. */
export function emitAddress(index: Expression, type: 'f64' | 'i32' | 'u8', base: number, context: FunctionContext): number {
  const { code } = context;
  if (index.kind === 'i32' && index.value >= 0) {
    code.byte(opcodes.i32Const).signed(0);
    return base + index.value * 2 ** alignmentHint[type];
  }
  emitExpression(index, context);
  if (type !== 'u8') code.byte(opcodes.i32Const).signed(alignmentHint[type]).byte(opcodes.i32Shl);
  return base;
}

function emitLoop(statement: Extract<Statement, { kind: 'loop' }>, context: FunctionContext): void {
  const { code } = context;
  const index = context.local(statement.index, 'i32');
  const end = context.scratch('i32');
  emitExpression(statement.from, context);
  code.byte(opcodes.localSet).unsigned(index);
  emitExpression(statement.to, context);
  code.byte(opcodes.localSet).unsigned(end);
  code.byte(opcodes.block, types.empty, opcodes.loop, types.empty);
  code.byte(opcodes.localGet).unsigned(index).byte(opcodes.localGet).unsigned(end).byte(opcodes.i32GeS);
  code.byte(opcodes.brIf).unsigned(1);
  for (const inner of statement.body) emitStatement(inner, context);
  code.byte(opcodes.localGet).unsigned(index).byte(opcodes.i32Const).signed(1).byte(opcodes.i32Add);
  code.byte(opcodes.localSet).unsigned(index);
  code.byte(opcodes.br).unsigned(0).byte(opcodes.end, opcodes.end);
}
