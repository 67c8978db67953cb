/** `spikeloom explain PROJECT --stage …`: prints what a stage makes of the project. */
import type { Result } from '../../engine/base/result.ts';
import { andThen, mapResult, ok } from '../../engine/base/result.ts';
import { buildProgram } from '../../engine/build/build-program.ts';
import { printOperator } from '../../engine/build/ir/print.ts';
import type { Program } from '../../engine/build/program.ts';
import { compile } from '../../engine/codegen/compile.ts';
import { batched } from '../../engine/codegen/members/batched.ts';
import { batchChoice } from '../../engine/codegen/members/which-signals.ts';
import type { CompiledProgram } from '../../engine/codegen/compiled.ts';
import { printOptimised } from '../../engine/codegen/explain-code.ts';
import { explainProgram, printExplanation } from '../../engine/codegen/explain.ts';
import { catalogue, library } from '../../engine/library/library.ts';
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import { connectionName } from '../../engine/model/names.ts';
import { findRecord } from '../../engine/model/records.ts';
import { validate } from '../../engine/model/validate.ts';
import type { ValidatedModel } from '../../engine/model/validated.ts';
import { nodeClock } from '../platform/node-seams.ts';
import { openProject } from './command.ts';
import type { Command } from './command.ts';
import { exitCodeOf } from './output.ts';

export const stages = ['document', 'model', 'program', 'code'] as const;
export type Stage = (typeof stages)[number];

export const explainCommand: Command<{ readonly project: string; readonly stage: Stage }> = async (
  output,
  { project, stage },
) => {
  const text = andThen(await openProject(project), (document) => printers[stage](document));
  output.problems(text.problems);
  if (text.ok) output.line(text.value);
  output.result({ stage, ...(text.ok ? { text: text.value } : {}), problems: text.problems });
  return exitCodeOf(text.problems);
};

const printers: Readonly<Record<Stage, (document: SpikeloomDocument) => Result<string>>> = {
  document: (document) => ({ ok: true, value: printJson(document), problems: [] }),
  model: (document) => mapResult(modelOf(document), printJson),
  program: (document) => mapResult(programOf(document), printProgram),
  code: (document) =>
    andThen(programOf(document), (program) =>
      andThen(compiledIn(program), ({ compiled, milliseconds }) => ok(printCode(document, compiled, milliseconds))),
    ),
};

/** Compiled, and how long that took. */
function compiledIn(program: Program): Result<{ readonly compiled: CompiledProgram; readonly milliseconds: number }> {
  const start = nodeClock.now();
  return mapResult(compile(program, 'wasm'), (compiled) => ({ compiled, milliseconds: nodeClock.now() - start }));
}

/** What the program became, then the module itself. */
function printCode(document: SpikeloomDocument, compiled: CompiledProgram, compileMilliseconds: number): string {
  const explanation = printExplanation(explainProgram(compiled, { compileMilliseconds }), (id) => nameOf(document, id));
  const operators = printOptimised(compiled);
  return [explanation, operators, ...(compiled.code === undefined ? [] : [printBytes(compiled.code)])].join('\n\n');
}

function nameOf(document: SpikeloomDocument, id: string): string {
  const connection = findRecord(document.connections, id);
  if (connection !== undefined) return connectionName(document, connection);
  return findRecord(document.elements, id)?.name ?? id;
}

function modelOf(document: SpikeloomDocument): Result<ValidatedModel> {
  return validate(document, catalogue);
}

function programOf(document: SpikeloomDocument): Result<Program> {
  return andThen(modelOf(document), (model) =>
    mapResult(buildProgram(model, library), ({ program }) => batched(program, batchChoice(program))),
  );
}

/** JSON with long arrays of numbers told by their length. */
function printJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (ArrayBuffer.isView(part) ? describe(part) : part), 2);
}

function describe(part: ArrayBufferView): unknown {
  const values = Array.from(part as Float64Array);
  return values.length <= 16 ? values : { values: values.length, first: values.slice(0, 8) };
}

function printProgram(program: Program): string {
  const signals = program.signals.map(
    ({ id, type, shape, role, unit }) => `signal ${id}: ${type}[${shape.join(', ')}] ${role}, unit ${unit}`,
  );
  const head = `program ${program.name}: ${program.timeStepSeconds} s per step, ${program.steps ?? 'open-ended'} steps, seed ${program.seed}`;
  return [head, ...signals, ...program.operators.map(printOperator)].join('\n');
}

/** Bytes of the module as hexadecimal digits, 32 in a line. */
function printBytes(code: Uint8Array): string {
  const digits = Buffer.from(code).toString('hex');
  return `WebAssembly module, ${code.length} bytes\n${digits.replace(/.{64}/g, '$&\n')}`;
}
