/** What a run leaves in some signals, from its first step to its last. */
import { mapResult, failed, ok, andThen, type Result } from '../../base/result.ts';
import type { Program, ProgramProbe, SignalId } from '../../build/program.ts';
import type { CompileTarget } from '../../codegen/compiled.ts';
import { lengthOf } from '../../codegen/layout.ts';
import { createSimulation, type Simulation, type SimulationRequest } from '../../runtime/simulation.ts';
import type { Outcome } from '../gradient-window.ts';

export interface Machine {
  readonly target: CompileTarget;
  readonly memory: SimulationRequest['memory'];
}

export interface RecordedSignal {
  readonly signal: SignalId;
  /** As the step leaves it, or as it begins with it. */
  readonly when: ProgramProbe['when'];
}

export interface RecordingRun {
  readonly steps: number;
  /** Runs from the beginning to the end, with constants that hold other numbers than the program says; of each member. */
  record(contents?: ReadonlyMap<SignalId, ArrayLike<number>>): Result<readonly Outcome[]>;
  dispose(): void;
}

/** A run of the program, without its own probes and readouts. Problems: those of `createSimulation`. */
export function createRecordingRun(
  program: Program,
  signals: readonly RecordedSignal[],
  machine: Machine,
): Result<RecordingRun> {
  const steps = program.steps ?? 1;
  const members = program.batch?.members ?? 1;
  const probes = signals.map(({ signal, when }): ProgramProbe => {
    const form = { target: '', unit: '1', type: 'samples', cells: null } as const;
    return { id: signal, element: signal, signal, when, ...form };
  });
  return mapResult(createSimulation({ program: { ...program, probes, readouts: [] }, ...machine }), (simulation) => {
    const width = (id: SignalId): number => lengthOf(program.signals.find((each) => each.id === id)?.shape ?? []);
    const widths = new Map(signals.map(({ signal }) => [signal, width(signal)]));
    return {
      steps,
      record: (contents = new Map()) => recordOnce(simulation, { steps, members, widths, contents }),
      dispose: () => simulation.dispose(),
    };
  });
}

interface Recorded {
  readonly steps: number;
  readonly members: number;
  /** Of one member. */
  readonly widths: ReadonlyMap<SignalId, number>;
  readonly contents: ReadonlyMap<SignalId, ArrayLike<number>>;
}

function recordOnce(
  simulation: Simulation,
  { steps, members, widths, contents }: Recorded,
): Result<readonly Outcome[]> {
  simulation.reset();
  for (const [id, values] of contents) simulation.writeSignal(id, values);
  const records = new Map([...widths].map(([id, width]) => [id, new Float64Array(steps * members * width)]));
  for (const [id, record] of records)
    simulation.setSink(id, {
      samples: (first, _rows, values) => record.set(values, first * members * (widths.get(id) ?? 1)),
    });
  const problems = simulation.advance(steps);
  if (problems.length > 0) return failed(...problems);
  return ok(
    Array.from({ length: members }, (_, member): Outcome => {
      const parts = new Map([...records].map(([id, all]) => [id, partOf(all, steps, members, member)]));
      return (id) => parts.get(id) ?? new Float64Array();
    }),
  );
}

/** The rows of a member, out of rows that have those of all members side by side. */
function partOf(all: Float64Array, steps: number, members: number, member: number): Float64Array {
  if (members === 1) return all;
  const width = all.length / steps / members;
  const part = new Float64Array(steps * width);
  for (let step = 0; step < steps; step += 1) {
    const from = (step * members + member) * width;
    part.set(all.subarray(from, from + width), step * width);
  }
  return part;
}

/** Records once. */
export function recordRun(
  program: Program,
  signals: readonly RecordedSignal[],
  machine: Machine,
): Result<readonly Outcome[]> {
  return andThen(createRecordingRun(program, signals, machine), (run) => {
    const recorded = run.record();
    run.dispose();
    return recorded;
  });
}
