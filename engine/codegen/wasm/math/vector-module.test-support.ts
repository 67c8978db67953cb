/** Small modules around vector code, with which tests compare it to numbers. */
import { createByteWriter, type ByteWriter } from '../bytes.ts';
import { createFunctionBody, type FunctionBody } from '../function-body.ts';
import { opcodes, typeBytes, type WasmType } from '../opcodes.ts';
import { vectorOpcodes } from '../vector-opcodes.ts';
import type { MathTable } from './index.ts';

/** Bytes before the first array of the memory of a test module. */
const arraysFrom = 0x10000;

interface TestFunction {
  readonly parameters: readonly WasmType[];
  readonly results: readonly WasmType[];
  readonly body: FunctionBody;
}

/** Lays tables from byte 64 on and tells their addresses. */
export function placeTables(tables: readonly MathTable[]): {
  readonly addressOf: (id: string) => number;
  fill(memory: WebAssembly.Memory): void;
} {
  const places = new Map<string, number>();
  let next = 64;
  for (const { id, content } of tables) {
    places.set(id, next);
    next += content.byteLength;
  }
  return {
    addressOf: (id) => places.get(id) as number,
    fill(memory) {
      for (const { id, content } of tables)
        new Float64Array(memory.buffer, places.get(id), content.length).set(content);
    },
  };
}

function section(module: ByteWriter, id: number, count: number, write: (part: ByteWriter) => void): void {
  const part = createByteWriter();
  part.unsigned(count);
  write(part);
  module.byte(id);
  module.sized(part);
}

/** A module that imports the memory and exports its last function as `run`. */
export function buildModule(functions: readonly TestFunction[]): Uint8Array<ArrayBuffer> {
  const module = createByteWriter();
  module.bytes([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]);
  section(module, 1, functions.length, (part) => {
    for (const { parameters, results } of functions) {
      part.byte(typeBytes.function);
      for (const list of [parameters, results]) {
        part.unsigned(list.length);
        for (const item of list) part.byte(typeBytes[item]);
      }
    }
  });
  section(module, 2, 1, (part) => {
    part.name('m');
    part.name('memory');
    part.bytes([2, 0, 1]);
  });
  section(module, 3, functions.length, (part) => functions.forEach((_, index) => part.unsigned(index)));
  section(module, 7, 1, (part) => {
    part.name('run');
    part.byte(0);
    part.unsigned(functions.length - 1);
  });
  section(module, 10, functions.length, (part) => {
    for (const { body } of functions) part.sized(body.finish());
  });
  return module.finish();
}

/** Instantiates a module over a memory of so many bytes. */
export function instantiate(
  bytes: Uint8Array<ArrayBuffer>,
  memory: WebAssembly.Memory,
): (...values: number[]) => number {
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), { m: { memory } });
  return instance.exports['run'] as (...values: number[]) => number;
}

/**
 * `run(count)`: a loop over `arrays` input arrays and one output of so many bytes each, laid one after the other; `emit`
 * pops a vector of every input and pushes the output (`index` is the local with the byte position).
 */
export function loopModule(
  inputs: number,
  bytes: number,
  emit: (body: FunctionBody, index: number) => void,
  callees: readonly TestFunction[] = [],
): Uint8Array<ArrayBuffer> {
  const body = createFunctionBody(1);
  const position = body.acquire('i32');
  const get = (local: number): void => body.indexed(opcodes.localGet, local);
  body.plain(opcodes.loop, typeBytes.empty);
  get(position);
  for (let input = 0; input < inputs; input += 1) {
    get(position);
    body.simdAccess(vectorOpcodes.v128Load, 3, arraysFrom + input * bytes);
  }
  emit(body, position);
  body.simdAccess(vectorOpcodes.v128Store, 3, arraysFrom + inputs * bytes);
  get(position);
  body.i32(16);
  body.plain(opcodes.i32Add);
  body.indexed(opcodes.localTee, position);
  get(0);
  body.plain(opcodes.i32Less);
  body.indexed(opcodes.branchIf, 0);
  body.plain(opcodes.end);
  return buildModule([...callees, { parameters: ['i32'], results: [], body }]);
}

/** A function over arrays of numbers made of a loop module; inputs and outputs have the length of the first input. */
export function runLoop<Numbers extends Float64Array | Float32Array>(
  inputs: readonly Numbers[],
  tables: { fill(memory: WebAssembly.Memory): void },
  makeModule: (bytes: number) => Uint8Array<ArrayBuffer>,
): { readonly output: Numbers; again(): void } {
  const first = inputs[0] as Numbers;
  const bytes = Math.ceil(first.byteLength / 16) * 16;
  const memory = new WebAssembly.Memory({ initial: Math.ceil((arraysFrom + bytes * (inputs.length + 1)) / 0x10000) });
  tables.fill(memory);
  const make = first.constructor as new (buffer: ArrayBufferLike, offset: number, length: number) => Numbers;
  inputs.forEach((input, index) => new make(memory.buffer, arraysFrom + index * bytes, input.length).set(input));
  const run = instantiate(makeModule(bytes), memory);
  run(bytes);
  const output = new make(memory.buffer, arraysFrom + inputs.length * bytes, first.length);
  return { output, again: () => void run(bytes) };
}
