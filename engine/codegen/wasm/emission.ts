/** What emitting a region has to know, and pushing values on the stack. */
import { defined } from '../../base/assert.ts';
import type { Value, ValueType } from '../ir/value.ts';
import type { MemoryLayout } from '../layout.ts';
import type { FunctionBody } from './function-body.ts';
import type { MathLibrary } from './math-library.ts';
import type { WasmType } from './opcodes.ts';
import { opcodes } from './opcodes.ts';

export interface Emission {
  readonly body: FunctionBody;
  readonly layout: MemoryLayout;
  readonly library: MathLibrary;
  /** Values that are computed where they are used: once, or cheaply. */
  readonly inlined: ReadonlySet<Value>;
  /** Locals of all other values. */
  readonly locals: Map<Value, number>;
  /** Pushes the result of an operation. */
  readonly operation: (value: Value, emission: Emission) => void;
}

/** Local that holds the number of the step: the parameter of every function made from operators. */
export const stepLocal = 0;

/** Type of a value on the stack. */
export function wasmTypeOf({ type, lanes }: Pick<Value, 'type' | 'lanes'>): WasmType {
  if (lanes > 1) return 'v128';
  return type === 'bool' ? 'i32' : type;
}

/** Pushes a value. */
export function push(value: Value, emission: Emission): void {
  const { body, locals, inlined } = emission;
  if (value.operation.kind === 'constant') return pushConstant(value, value.operation.value, body);
  if (value.operation.kind === 'step') return body.indexed(opcodes.localGet, stepLocal);
  if (inlined.has(value)) return emission.operation(value, emission);
  body.indexed(opcodes.localGet, defined(locals.get(value), 'a value is used before it is computed'));
}

/** Pushes a constant of a type in one or more lanes; a condition in lanes has all bits set or none. */
export function pushConstant({ type, lanes }: Value, number: number, body: FunctionBody): void {
  if (lanes === 1) return pushScalar(type, number, body);
  switch (type) {
    case 'f64':
      return body.f64x2(number);
    case 'f32':
      return body.f32x4(number);
    case 'i32':
      return body.i32x4(number);
    case 'bool':
      return body.i32x4(number === 0 ? 0 : -1);
  }
}

function pushScalar(type: ValueType, number: number, body: FunctionBody): void {
  if (type === 'f64') body.f64(number);
  else if (type === 'f32') body.f32(number);
  else body.i32(number);
}

/** Pops the top of the stack into a local of its own that stands for the value. */
export function keep(value: Value, { body, locals }: Emission): void {
  const local = locals.get(value) ?? body.acquire(wasmTypeOf(value));
  locals.set(value, local);
  body.indexed(opcodes.localSet, local);
}
