/** Simulation: a compiled program with its memory, executed in chunks that are drained to sinks. Rules R1–R14 of SPEC.md. */
import type { Disposable } from '../base/disposable.ts';
import type { Problem } from '../base/problem.ts';
import { problem } from '../base/problem.ts';
import type { Result } from '../base/result.ts';
import { andThen, failed, mapResult, ok } from '../base/result.ts';
import type { Program, SignalContents, SignalId } from '../build/program.ts';
import { compile } from '../codegen/compile.ts';
import type { CompiledProgram, CompileTarget } from '../codegen/compiled.ts';
import type { Precision } from '../codegen/ir/lower.ts';
import { batched } from '../codegen/members/batched.ts';
import { batchChoice } from '../codegen/members/which-signals.ts';
import { counterOf, withSpikeCounters } from '../codegen/spike-counters.ts';
import type { MemoryProvider } from '../platform/seams.ts';
import type { Checkpoint, StoredLayout } from './checkpoint.ts';
import type { ThreadGain } from './chosen-threads.ts';
import type { ProbeSink } from './drain.ts';
import { createGuard } from './guard.ts';
import { createNumberWatch, unguarded, type NumberWatch } from './number-watch.ts';
import type { ReadoutRun, ReadoutState, TrainerFactory } from './readout-run.ts';
import { shareRun, type HelpedBy, type SharedRun } from './shared-run.ts';
import { createSignalMemory, writeMembers, type SignalMemory } from './signal-memory.ts';
import { createStepper, mostSteps, type Stepper } from './stepper.ts';

export interface SimulationRequest {
  readonly program: Program;
  /** So many members of a batch side by side (`codegen/members`). Default: what the program says; those with readouts have one. */
  readonly members?: number;
  /** Constants of which each member has its own contents: tables of input that differ. */
  readonly own?: readonly SignalId[];
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
  /** Whether state that is not finite stops the run; only measurements and tests of the guard turn it off. Default on. */
  readonly guard?: 'on' | 'off';
  /** Threads that may help, for shared memory. */
  readonly help?: HelpedBy;
}

export interface Simulation extends Disposable {
  readonly compiled: CompiledProgram;
  readonly program: Program;
  /** Number of steps executed; the next step has this number. */
  readonly step: number;
  /**
   * Executes up to `steps` steps; stops early only for a Problem, which it returns. Where more calls follow at once, the
   * guard may look at a later one.
   */
  advance(steps: number, following?: 'more follow'): readonly Problem[];
  /** Where records of a probe go; without one they are dropped. */
  setSink(probe: string, sink: ProbeSink | undefined): void;
  /** A copy of the contents of a signal. */
  readSignal(id: SignalId): SignalContents;
  /** Contents for one member of a batch; without a number those of all, or what all of them get. */
  writeSignal(id: SignalId, values: ArrayLike<number>, member?: number): void;
  /** Back to step 0 and the initial contents; readouts forget what they learnt. */
  reset(): void;
  /** Continues as if so many steps had been executed (state carried over from another simulation). */
  setStep(step: number): void;
  /** What a checkpoint of this run stores, signal by signal. */
  readonly stored: StoredLayout;
  /** Everything that the run needs to go on from here bit for bit. */
  capture(): Checkpoint;
  /** Goes back (or on) to a checkpoint of a run of the same program, on whichever target. Sinks are told nothing. */
  restore(checkpoint: Checkpoint): void;
  /** Executes steps that had been executed without a Problem before; their records are dropped. */
  replay(steps: number): void;
  /** Spikes of a spike signal of the program since the last call, of all members of a batch together. */
  takeSpikeCount(spikes: SignalId): number;
  readoutStates(): readonly ReadoutState[];
  readonly readouts: readonly ReadoutRun[];
  /** Threads that execute steps now, and what that gains. */
  threads(): ThreadGain;
}

/** Compiles and allocates. Problems: `run/memory`, `run/unknown-target`. */
export function createSimulation(request: SimulationRequest): Result<Simulation> {
  const { target, memory, shared = false, precision = 'f64', limitBytes } = request;
  const { members, own = [] } = request;
  const counted = withSpikeCounters(request.program);
  const program = batched(counted, members === undefined ? batchChoice(counted) : { members, own });
  const threads = request.help?.team.threads ?? 1;
  const options = { shared, precision, threads, ...(limitBytes === undefined ? {} : { limitBytes }) };
  return andThen(compile(program, target, options), (compiled) => {
    const allocated = allocate(memory, Math.max(1, compiled.layout.totalBytes), shared);
    return mapResult(allocated, (given) =>
      startSimulation(compiled, createSignalMemory(compiled, given), shareRun(compiled, given, request.help), request),
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
  shared: SharedRun,
  request: SimulationRequest,
): Simulation {
  const sinks = new Map<string, ProbeSink>();
  const stepper = createStepper(compiled, signals, shared.run, request.trainerFor);
  const watch = request.guard === 'off' ? unguarded : watchOver(compiled, signals, stepper);
  signals.initialise('fresh');

  /** Executes a chunk of at most `count` steps, hands out its records and looks at the numbers. */
  function executeChunk(count: number, isLast: (step: number) => boolean): readonly Problem[] {
    watch.before();
    stepper.execute(count, sinks);
    const ahead = stepper.step();
    const found = watch.after(isLast(ahead));
    if (found === undefined) return [];
    for (const sink of sinks.values()) sink.truncate?.(stepper.step());
    return [found];
  }

  return {
    compiled,
    program: compiled.source,
    get step() {
      return stepper.step();
    },
    advance(steps, following) {
      const end = stepper.step() + steps;
      const isLast = (step: number): boolean => following === undefined && step >= end;
      while (stepper.step() < end) {
        if (stepper.step() >= mostSteps) return [tooLong()];
        const trained = stepper.train();
        if (trained.length > 0) return trained;
        const found = executeChunk(stepper.chunkTo(end), isLast);
        if (found.length > 0) return found;
      }
      return [];
    },
    ...outsideOf(sinks, shared),
    ...signalAccess(signals, watch),
    reset() {
      watch.forget();
      stepper.setStep(0);
      signals.initialise();
      for (const readout of stepper.readouts) readout.reset();
    },
    setStep(next) {
      watch.forget();
      stepper.setStep(next);
    },
    stored: stepper.stored,
    capture: () => stepper.capture(),
    restore(checkpoint) {
      watch.forget();
      stepper.restore(checkpoint);
    },
    replay: (steps) => stepper.replay(steps),
    readoutStates: () => stepper.readouts.map((readout) => readout.state()),
    readouts: stepper.readouts,
  };
}

/** Who listens and who helps. */
function outsideOf(
  sinks: Map<string, ProbeSink>,
  shared: SharedRun,
): Pick<Simulation, 'setSink' | 'threads' | 'dispose'> {
  return {
    setSink: (probe, sink) => void (sink === undefined ? sinks.delete(probe) : sinks.set(probe, sink)),
    threads: () => shared.threads(),
    dispose() {
      sinks.clear();
      shared.leave();
    },
  };
}

function watchOver(compiled: CompiledProgram, signals: SignalMemory, stepper: Stepper): NumberWatch {
  return createNumberWatch(compiled.source, signals, createGuard(compiled.source, signals), stepper);
}

/** Reading and writing of signals from outside. */
function signalAccess(
  signals: SignalMemory,
  watch: NumberWatch,
): Pick<Simulation, 'readSignal' | 'writeSignal' | 'takeSpikeCount'> {
  return {
    readSignal: (id) => signals.read(id),
    writeSignal(id, values, member) {
      watch.forget();
      writeMembers(signals, id, values, member);
    },
    takeSpikeCount(spikes) {
      const counts = signals.view(counterOf(spikes));
      let sum = 0;
      for (const count of counts) sum += count;
      counts.fill(0);
      return sum;
    },
  };
}

function tooLong(): Problem {
  return problem('run/duration', `A run cannot have more than ${mostSteps} steps.`, {
    hint: 'Reset the run, or use a longer time step.',
  });
}
