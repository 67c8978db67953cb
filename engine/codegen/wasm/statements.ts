/** Statements as WebAssembly code. */
import type { Statement } from '../../build/ir/types.ts';
import { placeOf } from '../layout.ts';
import { kernelImplementations } from '../kernels/kernels.ts';
import { emitAddress, emitExpression, shifts } from './expressions.ts';
import { opcodes, typeBytes } from './opcodes.ts';
import type { Scope } from './scope.ts';
import { declare, forget, readVariable, stepLocal, writeVariable } from './scope.ts';

/** Emits a body; what it declares is out of reach afterwards. */
export function emitBody(statements: readonly Statement[], scope: Scope): void {
  for (const statement of statements) emitStatement(statement, scope);
  forget(
    scope,
    statements.flatMap((statement) => (statement.kind === 'let' ? [statement.name] : [])),
  );
}

/** Emits one statement. */
function emitStatement(statement: Statement, scope: Scope): void {
  switch (statement.kind) {
    case 'let':
      emitExpression(statement.value, scope);
      declare(scope, statement.name, statement.type);
      writeVariable(scope, statement.name);
      return;
    case 'assign':
      emitExpression(statement.value, scope);
      writeVariable(scope, statement.name);
      return;
    case 'store':
      emitStore(statement, scope);
      return;
    case 'loop':
      emitLoop(statement, scope);
      return;
    case 'if':
      emitIf(statement, scope);
      return;
    case 'kernel': {
      const { signals, numbers } = statement;
      const places = Object.entries(signals).map(([name, id]) => [name, placeOf(scope.layout, id)] as const);
      const use = { places: Object.fromEntries(places), numbers, stepLocal };
      kernelImplementations[statement.kernel].emit(scope.body, use);
    }
  }
}

const stores = {
  f64: opcodes.f64Store,
  f32: opcodes.f32Store,
  i32: opcodes.i32Store,
  u16: opcodes.i32Store16,
  i8: opcodes.i32Store8,
  u8: opcodes.i32Store8,
} as const;

function emitStore(statement: Extract<Statement, { kind: 'store' }>, scope: Scope): void {
  const { type } = placeOf(scope.layout, statement.signal);
  const offset = emitAddress(statement.signal, statement.index, scope);
  emitExpression(statement.value, scope);
  if (type === 'f32') scope.body.plain(opcodes.f32DemoteF64);
  scope.body.access(stores[type], shifts[type], offset);
}

function emitIf(statement: Extract<Statement, { kind: 'if' }>, scope: Scope): void {
  emitExpression(statement.condition, scope);
  scope.body.plain(opcodes.if, typeBytes.empty);
  emitBody(statement.then, scope);
  if (statement.else.length > 0) {
    scope.body.plain(opcodes.else);
    emitBody(statement.else, scope);
  }
  scope.body.plain(opcodes.end);
}

/** One test before the first turn, one at the end of each: a turn has a single branch. */
function emitLoop(statement: Extract<Statement, { kind: 'loop' }>, scope: Scope): void {
  const { body } = scope;
  const { index, to } = statement;
  emitExpression(statement.from, scope);
  declare(scope, index, 'i32');
  writeVariable(scope, index);
  const end = body.acquire('i32');
  emitExpression(to, scope);
  body.indexed(opcodes.localSet, end);
  const testEnd = (): void => {
    readVariable(scope, index);
    body.indexed(opcodes.localGet, end);
    body.plain(opcodes.i32Less);
  };
  testEnd();
  body.plain(opcodes.if, typeBytes.empty, opcodes.loop, typeBytes.empty);
  emitBody(statement.body, scope);
  readVariable(scope, index);
  body.i32(1);
  body.plain(opcodes.i32Add);
  writeVariable(scope, index);
  testEnd();
  body.indexed(opcodes.branchIf, 0);
  body.plain(opcodes.end, opcodes.end);
  body.release('i32', end);
  forget(scope, [index]);
}
