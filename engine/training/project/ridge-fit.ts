/** Fitting ridge readouts: a run of the whole project, after which they hold what they learnt. */
import { mapResult, type Result } from '../../base/result.ts';
import type { Problem } from '../../base/problem.ts';
import type { Program, ProgramReadout } from '../../build/program.ts';
import { encodeArray } from '../../model/arrays.ts';
import type { SingleEdit } from '../../model/edits/edit.ts';
import type { ReadoutState, TrainerFactory } from '../../runtime/readout-run.ts';
import { createSimulation, type Simulation } from '../../runtime/simulation.ts';
import type { Machine } from './record-run.ts';

export interface RidgeFit {
  /** Executes some steps; false at the end of the run. */
  advance(): boolean;
  readonly problems: readonly Problem[];
  /** Of readouts that have learnt: their weights and biases as parameters. */
  edits(): SingleEdit[];
  states(): readonly ReadoutState[];
  dispose(): void;
}

/** Steps at a time: far less than a second for most networks. */
const stepsAtOnce = 1024;

/** A run of the program to its end. Problems: those of `createSimulation`. */
export function createRidgeFit(program: Program, machine: Machine, trainerFor: TrainerFactory): Result<RidgeFit> {
  const steps = program.steps ?? 1;
  return mapResult(createSimulation({ program: { ...program, probes: [] }, ...machine, trainerFor }), (simulation) => {
    let problems: readonly Problem[] = [];
    return {
      advance() {
        problems = simulation.advance(Math.min(stepsAtOnce, steps - simulation.step));
        return problems.length === 0 && simulation.step < steps;
      },
      get problems() {
        return problems;
      },
      edits: () => program.readouts.flatMap((readout) => editsOf(readout, simulation)),
      states: () => simulation.readoutStates(),
      dispose: () => simulation.dispose(),
    };
  });
}

function editsOf({ element, weights, bias, trained, held }: ProgramReadout, simulation: Simulation): SingleEdit[] {
  if (held === true || simulation.readSignal(trained)[0] !== 1) return [];
  const signals = new Map(simulation.program.signals.map((signal) => [signal.id, signal]));
  return Object.entries({ weights, bias }).map(([name, id]) => {
    const array = encodeArray(simulation.readSignal(id), signals.get(id)?.shape ?? [], { source: `${name}, fitted` });
    const value = { array: array.id, unit: '1' };
    return { type: 'element.setParameter', id: element, name, value, arrays: [array] };
  });
}
