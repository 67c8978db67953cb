/** The arithmetic of a dense product: instructions for results in double and in single precision. */
import { defined } from '../../base/assert.ts';
import type { ElementType } from '../../build/program.ts';
import type { SignalPlace } from '../layout.ts';
import { shiftOf } from '../layout.ts';
import { opcodes } from '../wasm/opcodes.ts';
import { vectorOpcodes } from '../wasm/vector-opcodes.ts';
import type { Assembler } from './assembler.ts';
import type { KernelUse } from './implementation.ts';

export interface Arithmetic {
  readonly lanes: number;
  readonly splat: number;
  readonly add: number;
  readonly multiply: number;
  readonly scalar: Readonly<Record<'load' | 'store' | 'add' | 'multiply' | 'extract', number>>;
}

export interface DenseEmitter extends Arithmetic {
  readonly asm: Assembler;
  readonly use: KernelUse;
  readonly matrix: SignalPlace;
  readonly result: SignalPlace;
  /** Absent where a list of rows is added. */
  readonly vector: SignalPlace | undefined;
}

/** Instructions for results of a type. */
export function arithmeticOf(type: ElementType): Arithmetic {
  return type === 'f64' ? double : single;
}

const double: Arithmetic = {
  lanes: 2,
  splat: vectorOpcodes.f64x2Splat,
  add: vectorOpcodes.f64x2Add,
  multiply: vectorOpcodes.f64x2Multiply,
  scalar: {
    load: opcodes.f64Load,
    store: opcodes.f64Store,
    add: opcodes.f64Add,
    multiply: opcodes.f64Multiply,
    extract: vectorOpcodes.f64x2ExtractLane,
  },
};

const single: Arithmetic = {
  lanes: 4,
  splat: vectorOpcodes.f32x4Splat,
  add: vectorOpcodes.f32x4Add,
  multiply: vectorOpcodes.f32x4Multiply,
  scalar: {
    load: opcodes.f32Load,
    store: opcodes.f32Store,
    add: opcodes.f32Add,
    multiply: opcodes.f32Multiply,
    extract: vectorOpcodes.f32x4ExtractLane,
  },
};

/** Pushes a constant in the precision of the result. */
export function pushRound({ asm, result }: DenseEmitter, value: number): void {
  if (result.type === 'f64') asm.f64(value);
  else asm.body.f32(value);
}

/** Pushes element `position` + `ahead` of the vector in the precision of the result, for int8 weights times the scale. */
export function loadVectorElement(emitter: DenseEmitter, position: number, ahead: number): void {
  emitter.asm.scaled(position, shiftOf(defined(emitter.vector, 'vector').type));
  loadVectorAt(emitter, ahead);
}

/** The same for the byte address within the vector that is on the stack. */
export function loadVectorAt(emitter: DenseEmitter, ahead = 0): void {
  const { asm, use, matrix, result, scalar } = emitter;
  const vector = defined(emitter.vector, 'vector');
  const shift = shiftOf(vector.type);
  asm.body.access(vector.type === 'f64' ? opcodes.f64Load : opcodes.f32Load, shift, vector.offset + (ahead << shift));
  if (vector.type === 'f32' && result.type === 'f64') asm.op(opcodes.f64PromoteF32);
  if (vector.type === 'f64' && result.type === 'f32') asm.op(opcodes.f32DemoteF64);
  if (matrix.type !== 'i8') return;
  pushRound(emitter, use.numbers['scale'] ?? 1);
  asm.op(scalar.multiply);
}
