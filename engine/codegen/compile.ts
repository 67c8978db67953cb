/** Program → code for a target. */
import { assert } from '../base/assert.ts';
import { problem } from '../base/problem.ts';
import type { Result } from '../base/result.ts';
import { failed, mapResult } from '../base/result.ts';
import { checkOperator } from '../build/ir/check.ts';
import type { Program } from '../build/program.ts';
import type { CompiledProgram, CompileTarget, StepFunction } from './compiled.ts';
import { interpret } from './interpreter/interpreter.ts';
import type { LayoutOptions, MemoryLayout } from './layout.ts';
import { layoutProgram } from './layout.ts';
import type { RecordedProgram, RecordingOptions } from './recording.ts';
import { scheduleProbes } from './recording.ts';
import { imports } from './wasm/function-types.ts';
import { emitModule, importModule } from './wasm/module.ts';

export interface CompileOptions extends LayoutOptions, RecordingOptions {
  /** The memory will be shared. Default false. */
  readonly shared?: boolean;
}

/**
 * Works the recordings into the program, lays out its memory and makes code. Problems: `run/memory` when the layout is
 * too large, `run/unknown-target`. An unsound operator is a bug and throws.
 */
export function compile(source: Program, target: CompileTarget, options: CompileOptions = {}): Result<CompiledProgram> {
  const recorded = scheduleProbes(source, options);
  checkProgram(recorded.program);
  const placed = layoutProgram(recorded.program, options);
  if (!placed.ok) return placed;
  const make = targets[target] as TargetCompiler | undefined;
  if (make === undefined) return failed(problem('run/unknown-target', `There is no target "${target}".`));
  return mapResult(placed, (layout) => ({
    ...recorded,
    ...make(recorded, layout, options.shared ?? false),
    target,
    source,
    layout,
  }));
}

type TargetCompiler = (
  recorded: RecordedProgram,
  layout: MemoryLayout,
  shared: boolean,
) => Pick<CompiledProgram, 'code' | 'codeBytes' | 'instantiate'>;

const targets: Readonly<Record<CompileTarget, TargetCompiler>> = {
  interpreter: ({ program }, layout) => ({
    code: undefined,
    codeBytes: 0,
    instantiate: (memory) => interpret(program, layout, memory),
  }),
  wasm: ({ program }, layout, shared) => {
    const code = emitModule(program, layout, shared);
    const module = new WebAssembly.Module(code);
    return { code, codeBytes: code.length, instantiate: (memory) => bind(module, memory) };
  },
};

function checkProgram(program: Program): void {
  const signals = new Map(program.signals.map((signal) => [signal.id, signal]));
  assert(signals.size === program.signals.length, 'two signals of the program have the same id');
  const found = program.operators.flatMap((operator) => checkOperator(operator, signals));
  assert(found.length === 0, `unsound operators\n${found.join('\n')}`);
}

function bind(module: WebAssembly.Module, memory: WebAssembly.Memory): StepFunction {
  const given = Object.fromEntries(imports.map(({ name, implementation }) => [name, implementation]));
  const { run } = new WebAssembly.Instance(module, { [importModule]: { ...given, memory } }).exports;
  return run as unknown as StepFunction;
}
