/** The body of one WebAssembly function while it is written: instructions, and locals that are given out and taken back. */
import type { ByteWriter } from './bytes.ts';
import { createByteWriter } from './bytes.ts';
import type { WasmType } from './opcodes.ts';
import { opcodes, typeBytes } from './opcodes.ts';

export interface FunctionBody {
  /** Where instructions are written. */
  readonly code: ByteWriter;
  /** An unused local of the type; give it back with `release`. */
  acquire(type: 'i32' | 'f64'): number;
  release(type: 'i32' | 'f64', local: number): void;
  /** An instruction without immediates. */
  plain(...instructions: readonly number[]): void;
  /** An instruction with one unsigned immediate: a local, a function, a label. */
  indexed(instruction: number, index: number): void;
  i32(value: number): void;
  f64(value: number): void;
  /** A load or store with natural alignment (log2) and offset. */
  access(instruction: number, alignment: number, offset: number): void;
  /** Locals and code, as the code section wants them. */
  finish(): ByteWriter;
}

/** A body of a function with so many parameters, which are the first locals. */
export function createFunctionBody(parameters: number): FunctionBody {
  const code = createByteWriter();
  const types: WasmType[] = [];
  const free: Record<'i32' | 'f64', number[]> = { i32: [], f64: [] };
  return {
    code,
    acquire(type) {
      const known = free[type].pop();
      if (known !== undefined) return known;
      types.push(type);
      return parameters + types.length - 1;
    },
    release(type, local) {
      free[type].push(local);
    },
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
    f64(value) {
      code.byte(opcodes.f64Const);
      code.double(value);
    },
    access(instruction, alignment, offset) {
      code.byte(instruction);
      code.unsigned(alignment);
      code.unsigned(offset);
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
