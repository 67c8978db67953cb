/** Code of a program for several threads: a module for each, in which the ranges of its cells stand as numbers. */
import type { Signal } from '../../build/program.ts';
import type { Region } from '../ir/value.ts';
import type { MemoryLayout } from '../layout.ts';
import { lengthOf, placeOf } from '../layout.ts';
import { emitModule } from '../wasm/module.ts';
import type { Room } from '../wasm/run-blocks.ts';
import { controlSignal } from './control.ts';
import type { SplitRows } from './row-splits.ts';
import type { KnownSignals, ThreadPlan } from './thread-plan.ts';

export interface ThreadedCode {
  readonly threads: number;
  /** The module of each thread; made when first asked for. */
  modules(): readonly WebAssembly.Module[];
  /** Byte address of the control words. */
  readonly control: number;
  /** Rows whose tables have to be filled before the first step. */
  readonly rows: readonly SplitRows[];
  /** Most steps that threads do without a wait; 1 where they wait for each other in every step. */
  readonly blockSteps: number;
}

/** The modules of a plan. The first thread executes what comes before the first step; the others wait for it. */
export function emitThreads(
  { threads, steps, rows, block }: ThreadPlan,
  prologue: readonly Region[],
  rooms: readonly Room[],
  layout: MemoryLayout,
): ThreadedCode {
  const make = (): readonly WebAssembly.Module[] =>
    steps.map((step, thread) => {
      const code = { prologue: thread === 0 ? prologue : [], step, part: { thread, threads } };
      const blocks = block === undefined ? {} : { block: { ...block, late: thread === 0 ? block.late : [], rooms } };
      return new WebAssembly.Module(emitModule({ ...code, ...blocks }, layout, true));
    });
  let made: readonly WebAssembly.Module[] | undefined;
  const control = placeOf(layout, controlSignal).offset;
  return { threads, modules: () => (made ??= make()), control, rows, blockSteps: block?.steps ?? 1 };
}

/** Types and lengths of signals. */
export function knownSignals(signals: readonly Signal[]): KnownSignals {
  const known = new Map(signals.map((signal) => [signal.id, signal]));
  return {
    lengthOf: (id) => lengthOf(known.get(id)?.shape ?? []),
    typeOf: (id) => known.get(id)?.type ?? 'f64',
    ringRows: (id) => (known.get(id)?.ring === true ? known.get(id)?.shape[0] : undefined),
  };
}
