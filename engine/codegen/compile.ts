/** Program → code for a target. */
import { assert } from '../base/assert.ts';
import type { Problem } from '../base/problem.ts';
import { problem } from '../base/problem.ts';
import type { Result } from '../base/result.ts';
import { failed, mapResult } from '../base/result.ts';
import { checkOperator } from '../build/ir/check.ts';
import type { Program } from '../build/program.ts';
import { rememberingCode } from './code-memo.ts';
import type { CompiledLoop, CompiledProgram, CompileTarget, StepFunction } from './compiled.ts';
import { interpret } from './interpreter/interpreter.ts';
import type { Precision } from './ir/lower.ts';
import type { LayoutOptions } from './layout.ts';
import { layoutProgram, viewOf } from './layout.ts';
import type { OptimisedProgram } from './optimise.ts';
import { optimise } from './optimise.ts';
import { packMatrices } from './packed-matrices.ts';
import type { RecordingOptions } from './recording.ts';
import { scheduleProbes } from './recording.ts';
import { inSinglePrecision } from './single-precision.ts';
import { imports } from './wasm/function-types.ts';
import { tablesFor } from './wasm/math-library.ts';
import { createModuleCache } from './wasm/module-cache.ts';
import { emitModule, importModule } from './wasm/module.ts';

export interface CompileOptions extends LayoutOptions, RecordingOptions {
  /** The memory will be shared. Default false. */
  readonly shared?: boolean;
  /** Numbers in which the program calculates: double or single precision. Default f64. */
  readonly precision?: Precision;
}

/**
 * Works the recordings into the program, lays out its memory and makes code. Problems: `run/memory` when the layout is
 * too large, `run/unknown-target` for a target or precision that does not exist. An unsound operator is a bug and throws.
 */
export function compile(given: Program, target: CompileTarget, options: CompileOptions = {}): Result<CompiledProgram> {
  const precision = options.precision ?? 'f64';
  if (!isPrecision(precision)) return failed(unknown(`There is no precision "${String(precision)}".`));
  const source = precision === 'f32' ? inSinglePrecision(given) : given;
  const recorded = scheduleProbes(source, options);
  checkProgram(recorded.program);
  const common = { ...recorded, target, source, precision };
  if (target === 'interpreter') {
    return mapResult(layoutProgram(recorded.program, options), (layout) => ({
      ...common,
      layout,
      code: undefined,
      codeBytes: 0,
      packed: new Map(),
      loops: [],
      cacheHit: false,
      instantiate: (memory) => interpret(recorded.program, { layout, memory, precision }),
    }));
  }
  if (target !== 'wasm') return failed(unknown(`There is no target "${String(target)}".`));
  const { program, packed } = packMatrices(recorded.program);
  const made = codeOf(program, { precision, shared: options.shared ?? false, limitBytes: options.limitBytes });
  return mapResult(made, ({ layout, code, tables, loops, module, uses }) => {
    const cacheHit = module.hit || uses.count > 0;
    uses.count += 1;
    const instantiate = (memory: WebAssembly.Memory): StepFunction => {
      for (const { id, initial } of tables) viewOf(layout, memory, id).set(initial as Float64Array);
      return bind(module.module, memory);
    };
    return { ...common, program, packed, layout, code, codeBytes: code.length, loops, cacheHit, instantiate };
  });
}

interface CodeOptions {
  readonly precision: Precision;
  readonly shared: boolean;
  readonly limitBytes: number | undefined;
}

/** Layout, module and loops; the same as last time where only contents are others. */
const codeOf = rememberingCode(16, (program: Program, { precision, shared, limitBytes }: CodeOptions) => {
  const optimised = optimise(program, precision);
  const tables = tablesFor([...optimised.prologue, ...optimised.step]);
  const signals = [...program.signals, ...optimised.signals, ...tables];
  return mapResult(layoutProgram({ signals }, limitBytes === undefined ? {} : { limitBytes }), (layout) => {
    const code = emitModule(optimised, layout, shared);
    const module = cache.moduleOf(code);
    return { layout, code, tables, loops: explainLoops(optimised), module, uses: { count: 0 } };
  });
});

/** Modules of this many programs are kept. */
const cache = createModuleCache(16);

function explainLoops({ loops }: OptimisedProgram): CompiledLoop[] {
  return loops.map(({ loop, lanes, reason }) => ({
    operators: loop.sources,
    lanes,
    ...(reason === undefined ? {} : { reason }),
  }));
}

function isPrecision(precision: unknown): precision is Precision {
  return precision === 'f64' || precision === 'f32';
}

function unknown(message: string): Problem {
  return problem('run/unknown-target', message);
}

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
