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
import type { RecordedProgram, RecordingOptions } from './recording.ts';
import { scheduleProbes } from './recording.ts';
import { inSinglePrecision } from './single-precision.ts';
import { tablesFor } from './wasm/math-library.ts';
import { createModuleCache } from './wasm/module-cache.ts';
import { bindRun } from './wasm/bind-run.ts';
import { emitModule } from './wasm/module.ts';
import type { Room } from './wasm/run-blocks.ts';
import { emitThreads, knownSignals } from './threads/threaded-code.ts';
import { planThreads } from './threads/thread-plan.ts';

export interface CompileOptions extends LayoutOptions, RecordingOptions {
  /** The memory will be shared. Default false. */
  readonly shared?: boolean;
  /** Numbers in which the program calculates: double or single precision. Default f64. */
  readonly precision?: Precision;
  /** Make code for so many threads besides that for one, where the program can be shared; needs shared memory. Default 1. */
  readonly threads?: number;
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
      threads: undefined,
      cacheHit: false,
      instantiate: (memory) => interpret(recorded.program, { layout, memory, precision }),
    }));
  }
  if (target !== 'wasm') return failed(unknown(`There is no target "${String(target)}".`));
  const { program, packed } = packMatrices(recorded.program);
  const { shared = false, threads = 1, limitBytes } = options;
  const rooms = roomsOf(recorded);
  const made = codeOf(program, { precision, shared, threads: shared ? threads : 1, limitBytes, rooms });
  return mapResult(made, ({ layout, code, tables, loops, module, uses, ...parts }) => {
    const cacheHit = module.hit || uses.count > 0;
    uses.count += 1;
    const instantiate = (memory: WebAssembly.Memory): StepFunction => {
      for (const { id, initial } of tables) viewOf(layout, memory, id).set(initial as Float64Array);
      return bindRun(module.module, memory);
    };
    const whole = { program, packed, layout, code, codeBytes: code.length, loops, cacheHit, instantiate };
    return { ...common, ...whole, threads: parts.threads };
  });
}

interface CodeOptions {
  readonly precision: Precision;
  readonly shared: boolean;
  readonly threads: number;
  readonly limitBytes: number | undefined;
  /** What recordings have room for. */
  readonly rooms: readonly Room[];
}

/** Layout, module and loops; the same as last time where only contents are others. */
const codeOf = rememberingCode(16, (program: Program, options: CodeOptions) => {
  const { precision, shared, threads, limitBytes, rooms } = options;
  const optimised = optimise(program, precision);
  const { prologue, step } = optimised;
  const tables = tablesFor([...prologue, ...step.map(({ region }) => region)]);
  const own = [...program.signals, ...optimised.signals, ...tables];
  const plan = threads < 2 ? undefined : planThreads(optimised.wholes, threads, knownSignals(own));
  const signals = [...own, ...(plan?.signals ?? [])];
  return mapResult(layoutProgram({ signals }, limitBytes === undefined ? {} : { limitBytes }), (layout) => {
    const code = emitModule({ prologue, step: [step] }, layout, shared);
    const module = cache.moduleOf(code);
    const parts = plan === undefined ? undefined : emitThreads(plan, prologue, rooms, layout);
    return { layout, code, tables, loops: explainLoops(optimised), module, threads: parts, uses: { count: 0 } };
  });
});

function roomsOf({ probes, readouts }: RecordedProgram): readonly Room[] {
  const ofReadouts = readouts.flatMap(({ features, target, prediction }) => [features, target, prediction]);
  return [...probes, ...ofReadouts].map(({ type, count, capacity, channels }) => {
    return { count, capacity, perStep: type === 'samples' ? 1 : Math.max(1, channels) };
  });
}

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
