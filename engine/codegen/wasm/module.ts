/** Puts a module together: types, imports, functions, globals, one export `run`, code. */
import type { PacedRegion, Region } from '../ir/value.ts';
import type { MemoryLayout } from '../layout.ts';
import { placeOf } from '../layout.ts';
import { controlSignal } from '../threads/control.ts';
import type { Part } from '../threads/ranges.ts';
import type { ByteWriter } from './bytes.ts';
import { createByteWriter } from './bytes.ts';
import { createFunctionBody } from './function-body.ts';
import type { FunctionType, FunctionTypeName } from './function-types.ts';
import { firstOperatorFunction, functionTypes, imports, typeIndex } from './function-types.ts';
import { helperBodies } from './helpers.ts';
import { createMathLibrary } from './math-library.ts';
import { typeBytes } from './opcodes.ts';
import { emitRegion } from './region-code.ts';
import { runBody } from './run-body.ts';
import { runBlocksBody, type BlockCode } from './run-blocks.ts';
import { waitBody } from './wait-body.ts';

/** Name of the one module that imports come from. */
export const importModule = 'spikeloom';

const sections = { type: 1, import: 2, function: 3, export: 7, code: 10 } as const;
const kinds = { function: 0, memory: 2 } as const;
const maximumPages = 0x10000;

/** What a module executes: functions in order when a run begins, and in every step of their pace. */
export interface ModuleCode {
  readonly prologue: readonly Region[];
  /** Threads wait for each other between the lists, and at the end of a step. */
  readonly step: readonly (readonly PacedRegion[])[];
  /** Left out where one thread does all. */
  readonly part?: Part;
  /** Threads do blocks of steps without a wait. `step` has one list then, all of it executed in every step. */
  readonly block?: BlockCode;
}

/** The bytes of the module of a program. A module for shared memory runs on no other, and the other way round. */
export function emitModule(code: ModuleCode, layout: MemoryLayout, shared: boolean): Uint8Array<ArrayBuffer> {
  const { prologue, step, part, block } = code;
  const regions = [...prologue, ...step.flat().map(({ region }) => region), ...(block?.late ?? [])];
  const runIndex = firstOperatorFunction + regions.length;
  const waiting = part === undefined ? [] : [waitBody(placeOf(layout, controlSignal).offset, part.threads)];
  const library = createMathLibrary(layout, runIndex + 1 + waiting.length);
  const bodies = regions.map((region) => {
    const body = createFunctionBody(1);
    emitRegion(region, { body, layout, library });
    return body;
  });
  const functions = { first: firstOperatorFunction, wait: runIndex + 1 };
  const run = block === undefined ? runBody(code, layout, functions) : runBlocksBody(code, block, layout, functions);
  const own: FunctionTypeName[] = [
    'integer',
    'integer',
    ...bodies.map(() => 'operators' as const),
    'run',
    ...waiting.map(() => 'nothing' as const),
    ...library.functions.map(({ type }) => type),
  ];
  const module = createByteWriter();
  module.bytes([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]);
  section(module, sections.type, Object.values(functionTypes), writeType);
  writeImports(module, shared);
  section(module, sections.function, own, (entry, name) => entry.unsigned(typeIndex(name)));
  section(module, sections.export, ['run'], (entry, name) => {
    entry.name(name);
    entry.byte(kinds.function);
    entry.unsigned(runIndex);
  });
  const written = [...helperBodies(), ...bodies, run, ...waiting, ...library.functions.map(({ body }) => body)];
  section(module, sections.code, written, (entry, body) => entry.sized(body.finish()));
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
