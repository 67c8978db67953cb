/** Short words for writing kernels: locals, counted loops and addresses over a function body. */
import type { FunctionBody } from '../wasm/function-body.ts';
import type { WasmType } from '../wasm/opcodes.ts';
import { opcodes, typeBytes } from '../wasm/opcodes.ts';

export interface Assembler {
  readonly body: FunctionBody;
  /** A local that is given back by `end`. */
  local(type: WasmType): number;
  get(...locals: readonly number[]): void;
  set(local: number): void;
  tee(local: number): void;
  i32(value: number): void;
  f64(value: number): void;
  /** Instructions without immediates. */
  op(...instructions: readonly number[]): void;
  /** A vector instruction. */
  simd(instruction: number, ...lanes: readonly number[]): void;
  /** Adds a constant to an i32 local. */
  increase(local: number, by: number): void;
  /** Pushes local · 2^shift. */
  scaled(local: number, shift: number): void;
  /** Pops a condition. */
  when(then: () => void, otherwise?: () => void): void;
  /** Repeats while index < end (i32 locals, signed); the body has to raise the index. */
  whileLess(index: number, end: number, repeat: () => void): void;
  /** for index = start; index < end; index += step, `start` and `end` being pushed by the functions. */
  count(range: { index: number; from: () => void; to: () => void; by?: number }, repeat: () => void): void;
  /** Gives the locals back. */
  end(): void;
}

/** An assembler that writes to a body. */
export function assemble(body: FunctionBody): Assembler {
  const taken: (readonly [WasmType, number])[] = [];
  return {
    body,
    ...plainCode(body),
    ...structure(body),
    local(type) {
      const local = body.acquire(type);
      taken.push([type, local]);
      return local;
    },
    end() {
      for (const [type, local] of taken.splice(0)) body.release(type, local);
    },
  };
}

type PlainCode = Pick<Assembler, 'get' | 'set' | 'tee' | 'i32' | 'f64' | 'op' | 'simd' | 'increase' | 'scaled'>;

function plainCode(body: FunctionBody): PlainCode {
  const assembler: PlainCode = {
    get: (...locals) => locals.forEach((local) => body.indexed(opcodes.localGet, local)),
    set: (local) => body.indexed(opcodes.localSet, local),
    tee: (local) => body.indexed(opcodes.localTee, local),
    i32: (value) => body.i32(value),
    f64: (value) => body.f64(value),
    op: (...instructions) => body.plain(...instructions),
    simd: (instruction, ...lanes) => body.simd(instruction, ...lanes),
    increase(local, by) {
      assembler.get(local);
      body.i32(by);
      body.plain(opcodes.i32Add);
      assembler.set(local);
    },
    scaled(local, shift) {
      assembler.get(local);
      if (shift === 0) return;
      body.i32(shift);
      body.plain(opcodes.i32ShiftLeft);
    },
  };
  return assembler;
}

function structure(body: FunctionBody): Pick<Assembler, 'when' | 'whileLess' | 'count'> {
  const { get, set, increase } = plainCode(body);
  const assembler: Pick<Assembler, 'when' | 'whileLess' | 'count'> = {
    when(then, otherwise) {
      body.plain(opcodes.if, typeBytes.empty);
      then();
      if (otherwise !== undefined) {
        body.plain(opcodes.else);
        otherwise();
      }
      body.plain(opcodes.end);
    },
    whileLess(index, end, repeat) {
      get(index, end);
      body.plain(opcodes.i32Less, opcodes.if, typeBytes.empty, opcodes.loop, typeBytes.empty);
      repeat();
      get(index, end);
      body.plain(opcodes.i32Less);
      body.indexed(opcodes.branchIf, 0);
      body.plain(opcodes.end, opcodes.end);
    },
    count({ index, from, to, by = 1 }, repeat) {
      const end = body.acquire('i32');
      from();
      set(index);
      to();
      set(end);
      assembler.whileLess(index, end, () => {
        repeat();
        increase(index, by);
      });
      body.release('i32', end);
    },
  };
  return assembler;
}
