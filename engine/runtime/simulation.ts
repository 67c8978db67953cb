/** Simulation: a compiled program with its memory, executed in chunks that are drained to sinks. Rules R1–R12 of SPEC.md. */
import { assert, defined } from '../base/assert.ts';
import type { Disposable } from '../base/disposable.ts';
import type { Problem } from '../base/problem.ts';
import { problem } from '../base/problem.ts';
import type { Result } from '../base/result.ts';
import { andThen, failed, mapResult, ok } from '../base/result.ts';
import type { Program, SignalContents, SignalId } from '../build/program.ts';
import { compile } from '../codegen/compile.ts';
import type { CompiledProgram, CompileTarget, StepFunction } from '../codegen/compiled.ts';
import type { Precision } from '../codegen/ir/lower.ts';
import { maximumChunkSteps, stopSignal } from '../codegen/recording.ts';
import { counterOf, withSpikeCounters } from '../codegen/spike-counters.ts';
import type { MemoryProvider } from '../platform/seams.ts';
import { drainRecording, type ProbeSink } from './drain.ts';
import { findNonFinite } from './guard.ts';
import { createReadoutRun, type ReadoutRun, type ReadoutState, type TrainerFactory } from './readout-run.ts';
import { createSignalMemory, type SignalMemory } from './signal-memory.ts';

export interface SimulationRequest {
  readonly program: Program;
  readonly target: CompileTarget;
  readonly memory: MemoryProvider;
  /** Numbers in which it calculates. Default f64. */
  readonly precision?: Precision;
  /** Ask for shared memory. Default false. */
  readonly shared?: boolean;
  /** More bytes are refused with `run/memory` before anything is allocated. */
  readonly limitBytes?: number;
  /** Makes the trainer of a readout; required when the program has readouts. */
  readonly trainerFor?: TrainerFactory;
}

export interface Simulation extends Disposable {
  readonly compiled: CompiledProgram;
  readonly program: Program;
  /** Number of steps executed; the next step has this number. */
  readonly step: number;
  /** Executes up to `steps` steps; stops early only for a Problem, which it returns. */
  advance(steps: number): readonly Problem[];
  /** Where records of a probe go; without one they are dropped. */
  setSink(probe: string, sink: ProbeSink | undefined): void;
  /** A copy of the contents of a signal. */
  readSignal(id: SignalId): SignalContents;
  writeSignal(id: SignalId, values: ArrayLike<number>): void;
  /** Back to step 0 and the initial contents; readouts forget what they learnt. */
  reset(): void;
  /** Continues as if so many steps had been executed (state carried over from another simulation). */
  setStep(step: number): void;
  /** Spikes of a spike signal of the program since the last call. */
  takeSpikeCount(spikes: SignalId): number;
  readoutStates(): readonly ReadoutState[];
  readonly readouts: readonly ReadoutRun[];
}

/** Steps are numbered with 31 bits; a run this long has to be continued as a new one. */
export const mostSteps = 2 ** 31 - 1;

/** Compiles and allocates. Problems: `run/memory`, `run/unknown-target`. */
export function createSimulation(request: SimulationRequest): Result<Simulation> {
  const { target, memory, shared = false, precision = 'f64', limitBytes } = request;
  const program = withSpikeCounters(request.program);
  const options = { shared, precision, ...(limitBytes === undefined ? {} : { limitBytes }) };
  return andThen(compile(program, target, options), (compiled) => {
    const allocated = allocate(memory, Math.max(1, compiled.layout.totalBytes), shared);
    return mapResult(allocated, (given) =>
      startSimulation(compiled, createSignalMemory(compiled, given), compiled.instantiate(given), request),
    );
  });
}

/** The host may have less memory than the limit allows: that is no bug. */
function allocate(provider: MemoryProvider, bytes: number, shared: boolean): Result<WebAssembly.Memory> {
  try {
    return ok(provider.allocate(bytes, shared));
  } catch (reason) {
    return failed(
      problem('run/memory', `The computer does not give the ${(bytes / 2 ** 20).toFixed(1)} MiB that the run needs.`, {
        hint: 'Close other programs, use fewer cells or synapses, or record fewer cells.',
        cause: String(reason),
      }),
    );
  }
}

function startSimulation(
  compiled: CompiledProgram,
  signals: SignalMemory,
  run: StepFunction,
  request: SimulationRequest,
): Simulation {
  const sinks = new Map<string, ProbeSink>();
  const readouts = compiled.readouts.map((recordings) => {
    const factory = defined(request.trainerFor, 'a program with readouts needs trainerFor');
    return createReadoutRun(recordings, signals, factory);
  });
  let step = 0;
  signals.initialise('fresh');

  /** Executes a chunk of at most `count` steps and hands out its records. */
  function executeChunk(count: number): readonly Problem[] {
    signals.writeNumber(stopSignal, 0);
    const executed = run(step, count);
    assert(executed > 0 && executed <= count, 'a chunk executes at least one step and not more than asked');
    const first = step;
    step += executed;
    for (const recording of compiled.probes) drainRecording(recording, signals, first, sinks.get(recording.id));
    for (const readout of readouts) readout.drain(first, executed);
    const found = findNonFinite(compiled, signals, step);
    return found === undefined ? [] : [found];
  }

  function advance(steps: number): readonly Problem[] {
    const end = step + steps;
    while (step < end) {
      if (step >= mostSteps) return [tooLong()];
      const trained = readouts.flatMap((readout) => readout.trainBefore(step));
      if (trained.length > 0) return trained;
      const boundaries = readouts.map((readout) => readout.plan.trainUntilStep).filter((boundary) => boundary > step);
      const stop = Math.min(end, mostSteps, step + maximumChunkSteps, ...boundaries);
      const found = executeChunk(stop - step);
      if (found.length > 0) return found;
    }
    return [];
  }

  return {
    compiled,
    program: compiled.source,
    get step() {
      return step;
    },
    advance,
    setSink: (probe, sink) => void (sink === undefined ? sinks.delete(probe) : sinks.set(probe, sink)),
    ...signalAccess(signals),
    reset() {
      step = 0;
      signals.initialise();
      for (const readout of readouts) readout.reset();
    },
    setStep(next) {
      step = next;
    },
    readoutStates: () => readouts.map((readout) => readout.state()),
    readouts,
    dispose: () => sinks.clear(),
  };
}

/** Reading and writing of signals from outside. */
function signalAccess(signals: SignalMemory): Pick<Simulation, 'readSignal' | 'writeSignal' | 'takeSpikeCount'> {
  return {
    readSignal: (id) => signals.read(id),
    writeSignal: (id, values) => signals.write(id, values),
    takeSpikeCount(spikes) {
      const count = signals.readNumber(counterOf(spikes));
      signals.writeNumber(counterOf(spikes), 0);
      return count;
    },
  };
}

function tooLong(): Problem {
  return problem('run/duration', `A run cannot have more than ${mostSteps} steps.`, {
    hint: 'Reset the run, or use a longer time step.',
  });
}
