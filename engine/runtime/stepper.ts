/** Stepper: executes chunks of steps, drains what they recorded, and takes the state out and puts it back. */
import { assert, defined } from '../base/assert.ts';
import type { Problem } from '../base/problem.ts';
import type { CompiledProgram, StepFunction } from '../codegen/compiled.ts';
import { maximumChunkSteps, stopSignal } from '../codegen/recording.ts';
import { captureSignals, restoreSignals, storedLayout, type Checkpoint, type StoredLayout } from './checkpoint.ts';
import { drainRecording, type ProbeSink } from './drain.ts';
import { createReadoutRun, type ReadoutRun, type TrainerFactory } from './readout-run.ts';
import type { SignalMemory } from './signal-memory.ts';

/** Steps are numbered with 31 bits; a run this long has to be continued as a new one. */
export const mostSteps = 2 ** 31 - 1;

export interface Stepper {
  readonly readouts: readonly ReadoutRun[];
  readonly stored: StoredLayout;
  readonly step: () => number;
  setStep(step: number): void;
  /** Readouts whose time has come are solved. */
  train(): readonly Problem[];
  /** Steps that can be executed at once on the way to step `end`. */
  chunkTo(end: number): number;
  /** Executes up to `count` steps, at least one; records go to `sinks` by probe. */
  execute(count: number, sinks: ReadonlyMap<string, ProbeSink>): void;
  /** Executes exactly so many steps, which caused no Problem before; records are dropped. */
  replay(steps: number): void;
  capture(): Checkpoint;
  restore(checkpoint: Checkpoint): void;
}

const nobody: ReadonlyMap<string, ProbeSink> = new Map();

/** Works on the given memory; `trainerFor` must be there when the program has readouts. */
export function createStepper(
  compiled: CompiledProgram,
  signals: SignalMemory,
  run: StepFunction,
  trainerFor: TrainerFactory | undefined,
): Stepper {
  const readouts = compiled.readouts.map((recordings) => {
    const factory = defined(trainerFor, 'a program with readouts needs trainerFor');
    return createReadoutRun(recordings, signals, factory);
  });
  const stored = storedLayout(compiled.source);
  let step = 0;

  function execute(count: number, sinks: ReadonlyMap<string, ProbeSink>): void {
    signals.writeNumber(stopSignal, 0);
    const executed = run(step, count);
    assert(executed > 0 && executed <= count, 'a chunk executes at least one step and not more than asked');
    const first = step;
    step += executed;
    for (const recording of compiled.probes) drainRecording(recording, signals, first, sinks.get(recording.id));
    for (const readout of readouts) readout.drain(first, executed);
  }

  function train(): readonly Problem[] {
    return readouts.flatMap((readout) => readout.trainBefore(step));
  }

  function chunkTo(end: number): number {
    const boundaries = readouts.map((readout) => readout.plan.trainUntilStep).filter((boundary) => boundary > step);
    return Math.min(end, mostSteps, step + maximumChunkSteps, ...boundaries) - step;
  }

  return {
    readouts,
    stored,
    step: () => step,
    setStep(next) {
      step = next;
    },
    train,
    chunkTo,
    execute,
    replay(steps) {
      const end = step + steps;
      while (step < end) {
        assert(train().length === 0, 'what went well once goes well again');
        execute(chunkTo(end), nobody);
      }
    },
    capture() {
      const contents = new Uint8Array(stored.bytes);
      captureSignals(stored, signals, contents);
      return { step, contents, readouts: readouts.map((readout) => readout.save()) };
    },
    restore(checkpoint) {
      restoreSignals(stored, signals, checkpoint.contents);
      for (const readout of readouts) {
        const saved = checkpoint.readouts.find(({ element }) => element === readout.plan.element);
        readout.restore(defined(saved, 'a checkpoint has every readout'));
      }
      step = checkpoint.step;
    },
  };
}
