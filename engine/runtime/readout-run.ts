/** A readout during a run: gathers pairs, has the weights solved at its step, then scores its predictions. */
import type { Problem } from '../base/problem.ts';
import { placed } from '../base/problem.ts';
import type { Result } from '../base/result.ts';
import type { ProgramReadout } from '../build/program.ts';
import type { ReadoutRecordings, Recording } from '../codegen/recording.ts';
import type { SavedReadout } from './checkpoint.ts';
import type { SignalMemory } from './signal-memory.ts';

/** The regression of a readout; the composition supplies it (`training/live-ridge.ts`). */
export interface ReadoutTrainer {
  addPair(features: Float64Array, target: Float64Array): void;
  /** Weights [features, targets] row-major and bias [targets]. */
  solve(): Result<{ readonly weights: Float64Array; readonly bias: Float64Array }>;
  /** A prediction with what came true and what came true `horizon` steps before (undefined while unknown). */
  addScore(prediction: Float64Array, target: Float64Array, before: Float64Array | undefined): void;
  scores(): {
    readonly nrmse: number | undefined;
    readonly persistenceNrmse: number | undefined;
    readonly scoredSteps: number;
  };
  /** Every number it remembers, as a copy. */
  save(): Float64Array<ArrayBuffer>;
  /** Goes on where `numbers` were saved by a trainer of the same readout. */
  restore(numbers: Float64Array): void;
}

export type TrainerFactory = (plan: ProgramReadout, features: number, targets: number) => ReadoutTrainer;

export interface ReadoutState {
  readonly element: string;
  readonly phase: 'washout' | 'collecting' | 'predicting' | 'scored';
  readonly nrmse: number | undefined;
  readonly persistenceNrmse: number | undefined;
  readonly scoredSteps: number;
}

export interface ReadoutRun {
  readonly plan: ProgramReadout;
  /** Takes the records of a chunk of `executed` steps from `firstStep` on. */
  drain(firstStep: number, executed: number): void;
  /** Solves and writes the weights when `step` is the first one after training. Problems when there is no solution. */
  trainBefore(step: number): readonly Problem[];
  state(): ReadoutState;
  reset(): void;
  /** What it has learnt and scored so far, for a run that takes over. */
  readonly memory: ReadoutMemory;
  /** Goes on where another run of the same readout stood. */
  resume(memory: ReadoutMemory): void;
  /** A copy of what it remembers. */
  save(): SavedReadout;
  restore(saved: SavedReadout): void;
}

/** What a readout remembers between steps besides its signals. */
export interface ReadoutMemory {
  trainer: ReadoutTrainer;
  trained: boolean;
  /** Steps executed. */
  step: number;
  /** Targets of the last `horizonSteps` steps, oldest first. */
  recent: Float64Array[];
}

/** The run of one readout over the given memory. */
export function createReadoutRun(
  recordings: ReadoutRecordings,
  signals: SignalMemory,
  factory: TrainerFactory,
): ReadoutRun {
  const { plan, features, target, prediction } = recordings;
  const fresh = (): ReadoutMemory => ({
    trainer: factory(plan, features.channels, target.channels),
    trained: plan.held === true,
    step: 0,
    recent: [],
  });
  let memory = fresh();

  return {
    plan,
    get memory() {
      return memory;
    },
    resume(taken) {
      memory = taken;
    },
    save: () => saveMemory(plan.element, memory),
    restore({ trained, step, recent, recentRows, trainer }) {
      memory = { ...fresh(), trained, step, recent: rowsOf(recent, recentRows) };
      memory.trainer.restore(trainer);
    },
    drain(firstStep, executed) {
      const rows = takeRows(features, signals);
      const targets = takeRows(target, signals);
      const predictions = takeRows(prediction, signals);
      const firstPair = Math.max(firstStep, features.fromStep);
      for (let offset = 0; offset < executed; offset += 1) {
        const now = firstStep + offset;
        takeStep(plan, memory, now, {
          wanted: targets[offset] ?? new Float64Array(),
          row: now < firstPair ? undefined : rows[now - firstPair],
          predicted: predictions[offset] ?? new Float64Array(),
        });
      }
      memory.step = firstStep + executed;
    },
    trainBefore(now) {
      if (memory.trained || now !== plan.trainUntilStep) return [];
      const solution = memory.trainer.solve();
      if (!solution.ok) return solution.problems.map((found) => placed(found, { element: plan.element }));
      signals.view(plan.weights).set(solution.value.weights);
      signals.view(plan.bias).set(solution.value.bias);
      signals.writeNumber(plan.trained, 1);
      memory.trained = true;
      return [];
    },
    state: () => stateOf(plan, memory),
    reset() {
      memory = fresh();
    },
  };
}

function stateOf(plan: ProgramReadout, { trainer, trained, step }: ReadoutMemory): ReadoutState {
  const phase = trained ? 'scored' : step <= plan.washoutSteps ? 'washout' : 'collecting';
  const scores = trainer.scores();
  return { element: plan.element, phase: trained && scores.scoredSteps === 0 ? 'predicting' : phase, ...scores };
}

function saveMemory(element: string, { trainer, trained, step, recent }: ReadoutMemory): SavedReadout {
  const flat = new Float64Array(recent.reduce((sum, row) => sum + row.length, 0));
  recent.forEach((row, index) => flat.set(row, index * row.length));
  return { element, trained, step, recent: flat, recentRows: recent.length, trainer: trainer.save() };
}

function rowsOf(flat: Float64Array, rows: number): Float64Array[] {
  const width = rows === 0 ? 0 : flat.length / rows;
  return Array.from({ length: rows }, (_, row) => flat.slice(row * width, (row + 1) * width));
}

interface StepRows {
  readonly wanted: Float64Array;
  /** Features of `horizon` steps before; undefined outside the training. */
  readonly row: Float64Array | undefined;
  readonly predicted: Float64Array;
}

/** One step: a pair to learn from, or a prediction to score. */
function takeStep(
  plan: ProgramReadout,
  memory: ReadoutMemory,
  now: number,
  { wanted, row, predicted }: StepRows,
): void {
  const { trainer, recent } = memory;
  if (row !== undefined && plan.held !== true) trainer.addPair(row, wanted);
  const inTest = now >= plan.trainUntilStep && (plan.testUntilStep === null || now < plan.testUntilStep);
  if (inTest) trainer.addScore(predicted, wanted, recent.length >= plan.horizonSteps ? recent[0] : undefined);
  recent.push(wanted.slice());
  if (recent.length > Math.max(1, plan.horizonSteps)) recent.shift();
}

/** The rows of a recording as views, which is empty afterwards. */
function takeRows(recording: Recording, signals: SignalMemory): Float64Array[] {
  const count = signals.readNumber(recording.count);
  signals.writeNumber(recording.count, 0);
  const buffer = signals.view(recording.buffer) as Float64Array;
  return Array.from({ length: count }, (_, row) =>
    buffer.subarray(row * recording.channels, (row + 1) * recording.channels),
  );
}
