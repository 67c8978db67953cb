/** The body of one WebAssembly function while it is written: instructions, and locals that are given out and taken back. */
import type { ByteWriter } from './bytes.ts';
import { createByteWriter } from './bytes.ts';
import type { WasmType } from './opcodes.ts';
import { opcodes, typeBytes } from './opcodes.ts';
import { vectorOpcodes } from './vector-opcodes.ts';

export interface FunctionBody {
  /** Where instructions are written. */
  readonly code: ByteWriter;
  /** An unused local of the type; give it back with `release`. */
  acquire(type: WasmType): number;
  release(type: WasmType, local: number): void;
  /** An instruction without immediates. */
  plain(...instructions: readonly number[]): void;
  /** An instruction with one unsigned immediate: a local, a function, a label. */
  indexed(instruction: number, index: number): void;
  i32(value: number): void;
  i64(value: bigint): void;
  f32(value: number): void;
  f64(value: number): void;
  /** A load or store with natural alignment (log2) and offset. */
  access(instruction: number, alignment: number, offset: number): void;
  /** A vector instruction (`vectorOpcodes`) without immediates other than its lanes (a shuffle has 16). */
  simd(instruction: number, ...lanes: readonly number[]): void;
  /** A vector load or store with alignment (log2) and offset; of one lane if it is given. */
  simdAccess(instruction: number, alignment: number, offset: number, lane?: number): void;
  /** A vector of 16 bytes. */
  v128(bytes: Uint8Array | readonly number[]): void;
  /** A vector with the same f64 in both lanes. */
  f64x2(value: number): void;
  /** A vector with the same f32 in all lanes. */
  f32x4(value: number): void;
  /** A vector with the same i64 in both lanes. */
  i64x2(value: bigint): void;
  /** A vector with the same i32 in all lanes. */
  i32x4(value: number): void;
  /** Locals and code, as the code section wants them. */
  finish(): ByteWriter;
}

/** A body of a function with so many parameters, which are the first locals. */
export function createFunctionBody(parameters: number): FunctionBody {
  const code = createByteWriter();
  const types: WasmType[] = [];
  const free: Record<WasmType, number[]> = { i32: [], i64: [], f32: [], f64: [], v128: [] };
  return {
    code,
    ...scalarCode(code),
    ...vectorCode(code),
    acquire(type) {
      const known = free[type].pop();
      if (known !== undefined) return known;
      types.push(type);
      return parameters + types.length - 1;
    },
    release(type, local) {
      free[type].push(local);
    },
    finish() {
      const body = createByteWriter();
      writeLocals(types, body);
      body.bytes(code.finish());
      body.byte(opcodes.end);
      return body;
    },
  };
}

type ScalarCode = Pick<FunctionBody, 'plain' | 'indexed' | 'i32' | 'i64' | 'f32' | 'f64' | 'access'>;

function scalarCode(code: ByteWriter): ScalarCode {
  return {
    plain(...instructions) {
      code.bytes(instructions);
    },
    indexed(instruction, index) {
      code.byte(instruction);
      code.unsigned(index);
    },
    i32(value) {
      code.byte(opcodes.i32Const);
      code.signed(value);
    },
    i64(value) {
      code.byte(opcodes.i64Const);
      code.signedLong(value);
    },
    f32(value) {
      code.byte(opcodes.f32Const);
      code.single(value);
    },
    f64(value) {
      code.byte(opcodes.f64Const);
      code.double(value);
    },
    access(instruction, alignment, offset) {
      code.byte(instruction);
      code.unsigned(alignment);
      code.unsigned(offset);
    },
  };
}

type VectorCode = Pick<FunctionBody, 'simd' | 'simdAccess' | 'v128' | 'f64x2' | 'f32x4' | 'i64x2' | 'i32x4'>;

function vectorCode(code: ByteWriter): VectorCode {
  const simd = (instruction: number, ...lanes: readonly number[]): void => {
    code.byte(opcodes.simd);
    code.unsigned(instruction);
    code.bytes(lanes);
  };
  const constant = (bytes: Uint8Array): void => simd(vectorOpcodes.v128Const, ...bytes);
  return {
    simd,
    simdAccess(instruction, alignment, offset, lane) {
      simd(instruction);
      code.unsigned(alignment);
      code.unsigned(offset);
      if (lane !== undefined) code.byte(lane);
    },
    v128: (bytes) => simd(vectorOpcodes.v128Const, ...bytes),
    f64x2: (value) => constant(littleEndian(8, (view, at) => view.setFloat64(at, value, true))),
    f32x4: (value) => constant(littleEndian(4, (view, at) => view.setFloat32(at, value, true))),
    i64x2: (value) => constant(littleEndian(8, (view, at) => view.setBigInt64(at, value, true))),
    i32x4: (value) => constant(littleEndian(4, (view, at) => view.setInt32(at, value, true))),
  };
}

/** 16 bytes of lanes of so many bytes, each written by `write`. */
function littleEndian(laneBytes: number, write: (view: DataView, at: number) => void): Uint8Array {
  const view = new DataView(new ArrayBuffer(16));
  for (let at = 0; at < 16; at += laneBytes) write(view, at);
  return new Uint8Array(view.buffer);
}

/** Runs of locals of one type. */
function writeLocals(types: readonly WasmType[], body: ByteWriter): void {
  const runs: { type: WasmType; count: number }[] = [];
  for (const type of types) {
    const last = runs.at(-1);
    if (last?.type === type) last.count += 1;
    else runs.push({ type, count: 1 });
  }
  body.unsigned(runs.length);
  for (const { type, count } of runs) {
    body.unsigned(count);
    body.byte(typeBytes[type]);
  }
}
