/** Puts a module together: types, imports, functions, globals, one export `run`, code. */
import type { MemoryLayout } from '../layout.ts';
import { placeOf } from '../layout.ts';
import type { OptimisedProgram } from '../optimise.ts';
import { stopSignal } from '../recording.ts';
import type { ByteWriter } from './bytes.ts';
import { createByteWriter } from './bytes.ts';
import type { FunctionBody } from './function-body.ts';
import { createFunctionBody } from './function-body.ts';
import type { FunctionType, FunctionTypeName } from './function-types.ts';
import { firstOperatorFunction, functionTypes, imports, typeIndex } from './function-types.ts';
import { helperBodies } from './helpers.ts';
import { createMathLibrary } from './math-library.ts';
import { opcodes, typeBytes } from './opcodes.ts';
import { emitRegion } from './region-code.ts';

/** Name of the one module that imports come from. */
export const importModule = 'spikeloom';

const sections = { type: 1, import: 2, function: 3, export: 7, code: 10 } as const;
const kinds = { function: 0, memory: 2 } as const;
const maximumPages = 0x10000;

/** The bytes of the module of a program. A module for shared memory runs on no other, and the other way round. */
export function emitModule(program: OptimisedProgram, layout: MemoryLayout, shared: boolean): Uint8Array<ArrayBuffer> {
  const regions = [...program.prologue, ...program.step];
  const library = createMathLibrary(layout, firstOperatorFunction + regions.length + 1);
  const bodies = regions.map((region) => {
    const body = createFunctionBody(1);
    emitRegion(region, { body, layout, library });
    return body;
  });
  const run = runBody({ prologue: program.prologue.length, all: bodies.length }, placeOf(layout, stopSignal).offset);
  const own: FunctionTypeName[] = [
    'integer',
    'integer',
    ...bodies.map(() => 'operators' as const),
    'run',
    ...library.functions.map(({ type }) => type),
  ];
  const module = createByteWriter();
  module.bytes([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]);
  section(module, sections.type, Object.values(functionTypes), writeType);
  writeImports(module, shared);
  section(module, sections.function, own, (part, name) => part.unsigned(typeIndex(name)));
  section(module, sections.export, ['run'], (part, name) => {
    part.name(name);
    part.byte(kinds.function);
    part.unsigned(firstOperatorFunction + bodies.length);
  });
  section(
    module,
    sections.code,
    [...helperBodies(), ...bodies, run, ...library.functions.map(({ body }) => body)],
    (part, body) => part.sized(body.finish()),
  );
  return module.finish();
}

/** A section that is a list; an empty one is left out. */
function section<T>(
  module: ByteWriter,
  id: number,
  items: readonly T[],
  write: (part: ByteWriter, item: T) => void,
): void {
  if (items.length === 0) return;
  const part = createByteWriter();
  part.unsigned(items.length);
  for (const item of items) write(part, item);
  module.byte(id);
  module.sized(part);
}

function writeType(part: ByteWriter, type: FunctionType): void {
  part.byte(typeBytes.function);
  for (const list of [type.parameters, type.results]) {
    part.unsigned(list.length);
    for (const item of list) part.byte(typeBytes[item]);
  }
}

function writeImports(module: ByteWriter, shared: boolean): void {
  const memory = (part: ByteWriter): void => {
    part.name('memory');
    part.bytes(shared ? [kinds.memory, 3] : [kinds.memory, 0]);
    part.unsigned(1);
    if (shared) part.unsigned(maximumPages);
  };
  const writers = imports.map(({ name, type }) => (part: ByteWriter): void => {
    part.name(name);
    part.byte(kinds.function);
    part.unsigned(typeIndex(type));
  });
  section(module, sections.import, [...writers, memory], (part, write) => {
    part.name(importModule);
    write(part);
  });
}

/** `run(firstStep, count)`: calls the functions of the operators for step after step, until done or asked to stop. */
function runBody(functions: { readonly prologue: number; readonly all: number }, stopOffset: number): FunctionBody {
  const body = createFunctionBody(2);
  const [firstStep, count] = [0, 1];
  const done = body.acquire('i32');
  const get = (local: number): void => body.indexed(opcodes.localGet, local);
  for (let index = 0; index < functions.prologue; index += 1) {
    get(firstStep);
    body.indexed(opcodes.call, firstOperatorFunction + index);
  }
  body.plain(opcodes.loop, typeBytes.empty);
  get(done);
  get(count);
  body.plain(opcodes.i32Less, opcodes.if, typeBytes.empty);
  for (let index = functions.prologue; index < functions.all; index += 1) {
    get(firstStep);
    get(done);
    body.plain(opcodes.i32Add);
    body.indexed(opcodes.call, firstOperatorFunction + index);
  }
  get(done);
  body.i32(1);
  body.plain(opcodes.i32Add);
  body.indexed(opcodes.localSet, done);
  body.i32(0);
  body.access(opcodes.i32Load, 2, stopOffset);
  body.plain(opcodes.i32IsZero);
  body.indexed(opcodes.branchIf, 1);
  body.plain(opcodes.end, opcodes.end);
  get(done);
  return body;
}
