/** Emits a whole module: one function per operator and `run(first, count)` that calls them step by step. */
import { functionArity } from '../../build/ir/check.ts';
import type { Operator } from '../../build/program.ts';
import type { SharedFunctionName } from '../functions.ts';
import type { MemoryLayout } from '../layout.ts';
import { ByteWriter, section } from './bytes.ts';
import { emitFunction } from './function-emitter.ts';
import { opcodes, types } from './opcodes.ts';

/** Pages of 64 KiB that a layout needs. */
export function pagesFor(bytes: number): number {
  return Math.ceil(bytes / 65_536);
}

export interface EmittedModule {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Functions to import under module `env`, in order. */
  readonly imports: readonly SharedFunctionName[];
}

export interface EmitRequest {
  readonly operators: readonly Operator[];
  readonly layout: MemoryLayout;
  readonly timeStepSeconds: number;
  /** The memory will be shared. */
  readonly shared: boolean;
}

/** Types 0 … 5 of every module. */
const signatures = {
  operator: 0, // (step: i32)
  run: 1, // (first: i32, count: i32)
  unary: 2, // (f64) → f64
  binary: 3, // (f64, f64) → f64
  random: 4, // (key: i32, step: i32, index: i32) → f64
  integer: 5, // (i32, i32) → i32
} as const;

/** Emits the module. Function indices: imports first, then operators, then `run`. */
export function emitModule(request: EmitRequest): EmittedModule {
  const imports: SharedFunctionName[] = [];
  const context = {
    layout: request.layout,
    timeStepSeconds: request.timeStepSeconds,
    importFunction(name: SharedFunctionName): number {
      const known = imports.indexOf(name);
      return known >= 0 ? known : imports.push(name) - 1;
    },
  };
  const bodies = request.operators.map((operator) => emitFunction(operator.body, context));
  const run = emitRun(imports.length, bodies.length);
  const sections = [
    section(1, typeSection()),
    section(2, importSection(imports, request)),
    section(3, functionSection(bodies.length)),
    section(7, new ByteWriter().unsigned(1).text('run').byte(0).unsigned(imports.length + bodies.length)),
    section(10, codeSection([...bodies, run])),
  ];
  const module = new ByteWriter().byte(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00);
  for (const bytes of sections) module.bytes(bytes);
  return { bytes: module.toBytes(), imports };
}

function typeSection(): ByteWriter {
  const { i32, f64 } = types;
  const list: readonly (readonly [readonly number[], readonly number[]])[] = [
    [[i32], []],
    [[i32, i32], []],
    [[f64], [f64]],
    [[f64, f64], [f64]],
    [[i32, i32, i32], [f64]],
    [[i32, i32], [i32]],
  ];
  const writer = new ByteWriter().unsigned(list.length);
  for (const [parameters, results] of list) {
    writer.byte(types.function).unsigned(parameters.length).byte(...parameters).unsigned(results.length).byte(...results);
  }
  return writer;
}

function signatureOf(name: SharedFunctionName): number {
  if (name === 'uniform' || name === 'normal') return signatures.random;
  if (name === 'divideInteger' || name === 'remainderInteger') return signatures.integer;
  if (name === 'remainder') return signatures.binary;
  return functionArity[name] === 2 ? signatures.binary : signatures.unary;
}

function importSection(imports: readonly SharedFunctionName[], request: EmitRequest): ByteWriter {
  const writer = new ByteWriter().unsigned(imports.length + 1);
  const pages = pagesFor(request.layout.totalBytes);
  writer.text('env').text('memory').byte(2);
  if (request.shared) writer.byte(3).unsigned(pages).unsigned(65_536);
  else writer.byte(0).unsigned(pages);
  for (const name of imports) writer.text('env').text(name).byte(0).unsigned(signatureOf(name));
  return writer;
}

function functionSection(operators: number): ByteWriter {
  const writer = new ByteWriter().unsigned(operators + 1);
  for (let index = 0; index < operators; index += 1) writer.unsigned(signatures.operator);
  return writer.unsigned(signatures.run);
}

function codeSection(bodies: readonly Uint8Array[]): ByteWriter {
  const writer = new ByteWriter().unsigned(bodies.length);
  for (const body of bodies) writer.unsigned(body.length).bytes(body);
  return writer;
}

/** for (step = first; step < first + count; step += 1) every operator(step). */
function emitRun(firstOperator: number, operators: number): Uint8Array {
  const code = new ByteWriter().unsigned(0);
  code.byte(opcodes.localGet).unsigned(0).byte(opcodes.localGet).unsigned(1).byte(opcodes.i32Add, opcodes.localSet).unsigned(1);
  code.byte(opcodes.block, types.empty, opcodes.loop, types.empty);
  code.byte(opcodes.localGet).unsigned(0).byte(opcodes.localGet).unsigned(1).byte(opcodes.i32GeS, opcodes.brIf).unsigned(1);
  for (let index = 0; index < operators; index += 1) {
    code.byte(opcodes.localGet).unsigned(0).byte(opcodes.call).unsigned(firstOperator + index);
  }
  code.byte(opcodes.localGet).unsigned(0).byte(opcodes.i32Const).signed(1).byte(opcodes.i32Add, opcodes.localSet).unsigned(0);
  code.byte(opcodes.br).unsigned(0).byte(opcodes.end, opcodes.end, opcodes.end);
  return code.toBytes();
}
