/** Training of a project, epoch by epoch: the caller decides when the next one begins, and may end it any time with the best so far. */
import { placed, problem, type Problem } from '../../base/problem.ts';
import { andThen, mapResult, ok, type Result } from '../../base/result.ts';
import { applyEdit } from '../../model/edits/apply-edit.ts';
import { batch, type BatchEdit } from '../../model/edits/edit.ts';
import type { SpikeloomDocument } from '../../model/document.ts';
import type { ReadoutState, TrainerFactory } from '../../runtime/readout-run.ts';
import type { Parameters } from '../optimisers.ts';
import { createGradientLearner } from './gradient-learner.ts';
import type { Learner } from './learner.ts';
import { createLogisticLearner } from './logistic-learner.ts';
import { metBy, observedBy, type Met } from './objective-loss.ts';
import { recordRun, type Machine } from './record-run.ts';
import { createRidgeFit, type RidgeFit } from './ridge-fit.ts';
import { createTempotronLearner } from './tempotron-learner.ts';
import { parameterEdits } from './trained-parameters.ts';
import { planTraining, type DescentChoice, type PreparedTraining, type TrainingPlan } from './training-plan.ts';

/** How programs are made of documents. */
export interface TrainingBuilds {
  /** As a run has it. */
  readonly prepareRun: (document: SpikeloomDocument) => Result<Pick<PreparedTraining, 'program'>>;
  /** So that what is marked can be changed. */
  readonly prepareTraining: (document: SpikeloomDocument) => Result<PreparedTraining>;
}

/** What training works with. */
export interface TrainingSurroundings extends Machine, TrainingBuilds {
  readonly trainerFor: TrainerFactory;
}

/** How well an objective, or readout, is met before and after. */
export interface TrainedScore {
  readonly element: string;
  readonly name: string;
  readonly measure: 'squared' | 'binary' | 'classes' | 'spike-count' | 'nrmse';
  /** null where there was nothing to measure. */
  readonly before: number | null;
  readonly after: number | null;
  /** Of squared errors after training: root mean squared error over the deviation of the target. */
  readonly nrmse: number | null;
}

export interface TrainingOutcome {
  /** Loss of each epoch, with the parameters that it began with. */
  readonly curve: readonly number[];
  readonly bestEpoch: number | null;
  readonly scores: readonly TrainedScore[];
  /** What was learnt, as one edit; null where nothing got better. */
  readonly edit: BatchEdit | null;
  readonly problems: readonly Problem[];
}

interface Best {
  readonly epoch: number;
  readonly loss: number;
  readonly values: Parameters;
}

/** Begins: plans, differentiates, compiles. Problems: those of the plan and its learner. */
export function startTraining(
  document: SpikeloomDocument,
  choice: DescentChoice,
  surroundings: TrainingSurroundings,
): Result<TrainingRun> {
  return andThen(surroundings.prepareTraining(document), (prepared) =>
    andThen(planTraining(prepared, choice), (plan) =>
      mapResult(learnerOf(plan, surroundings), (learner) => new TrainingRun(document, plan, learner, surroundings)),
    ),
  );
}

function learnerOf(plan: TrainingPlan, machine: Machine): Result<Learner | undefined> {
  if (plan.objectives.length === 0) return ok(undefined);
  switch (plan.rule) {
    case 'gradient':
      return createGradientLearner(plan, machine);
    case 'logistic':
      return createLogisticLearner(plan, machine);
    case 'tempotron':
      return createTempotronLearner(plan, machine);
  }
}

export class TrainingRun {
  /** How many there are to be; 0 where only readouts are fitted. */
  readonly epochs: number;
  readonly curve: number[] = [];
  private readonly document: SpikeloomDocument;
  private readonly plan: TrainingPlan;
  private readonly learner: Learner | undefined;
  private readonly surroundings: TrainingSurroundings;
  private found: Best | undefined;
  private fit: RidgeFit | undefined;
  private problems: readonly Problem[] = [];

  constructor(
    document: SpikeloomDocument,
    plan: TrainingPlan,
    learner: Learner | undefined,
    surroundings: TrainingSurroundings,
  ) {
    this.document = document;
    this.plan = plan;
    this.learner = learner;
    this.surroundings = surroundings;
    this.epochs = learner === undefined ? 0 : plan.descent.epochs;
  }

  /** The epoch (from 0) with the least loss so far, and that loss. */
  get best(): { readonly epoch: number; readonly loss: number } | undefined {
    return this.found;
  }

  /** Goes through one epoch or, after the last one, some steps of the run that fits readouts; false when nothing is left. */
  advance(): boolean {
    if (this.problems.length > 0) return false;
    if (this.learner !== undefined && this.curve.length < this.epochs) return this.throughEpoch(this.learner);
    return this.throughFit();
  }

  /** What was learnt, measured on the project with the edit applied. The run is of no use afterwards. */
  finish(): TrainingOutcome {
    const edit = this.edit();
    const after =
      edit === null ? ok(this.document) : mapResult(applyEdit(this.document, edit), (done) => done.document);
    const scores = [
      ...(this.curve.length === 0 || !after.ok ? [] : this.objectiveScores(after.value)),
      ...this.readoutScores(),
    ];
    this.learner?.dispose();
    this.fit?.dispose();
    const bestEpoch = this.found?.epoch ?? null;
    return { curve: this.curve, bestEpoch, scores, edit, problems: [...this.problems, ...after.problems] };
  }

  private throughEpoch(learner: Learner): boolean {
    const values = new Map([...learner.held()].map(([id, all]) => [id, all.slice()]));
    const told = learner.epoch();
    if (!told.ok) {
      this.problems = told.problems.map((found) => this.inEpoch(found));
      return false;
    }
    if (this.found === undefined || told.value < this.found.loss)
      this.found = { epoch: this.curve.length, loss: told.value, values };
    this.curve.push(told.value);
    return this.curve.length < this.epochs || this.plan.program.readouts.length > 0;
  }

  /** Names the epoch in which numbers exploded. */
  private inEpoch(found: Problem): Problem {
    if (found.code !== 'training/not-finite' && found.code !== 'run/not-finite') return found;
    const [objective] = this.plan.objectives;
    const first = this.curve.length === 0;
    const words = first
      ? 'The loss is no finite number before anything was trained.'
      : `Training exploded in epoch ${this.curve.length + 1}: ${lowered(found.message)}`;
    const hint = first
      ? 'Run the project and look for what becomes infinite; a shorter time step may help.'
      : 'Lower the learning rate, or the greatest slope. The best parameters before are kept.';
    return placed(problem('training/not-finite', words, { hint, cause: found.message }), {
      element: objective?.element ?? '',
      path: 'parameters.learning_rate',
    });
  }

  private throughFit(): boolean {
    if (this.plan.program.readouts.every(({ held }) => held === true)) return false;
    const made = this.fit === undefined ? this.beginFit() : ok(this.fit);
    if (!made.ok) {
      this.problems = made.problems;
      return false;
    }
    this.fit = made.value;
    const more = this.fit.advance();
    this.problems = this.fit.problems;
    return more;
  }

  private beginFit(): Result<RidgeFit> {
    const { surroundings, document } = this;
    const edits = this.learnt();
    const trained =
      edits.length === 0 ? ok(document) : mapResult(applyEdit(document, batch(edits)), (done) => done.document);
    return andThen(trained, (project) =>
      andThen(surroundings.prepareRun(project), ({ program }) =>
        createRidgeFit(program, surroundings, surroundings.trainerFor),
      ),
    );
  }

  /** The edits of the best epoch; none where the first one was. */
  private learnt() {
    if (this.learner === undefined || this.found === undefined || this.found.epoch === 0) return [];
    return parameterEdits(this.learner.parameters, this.found.values);
  }

  private edit(): BatchEdit | null {
    const edits = [...this.learnt(), ...(this.fit?.edits() ?? [])];
    if (edits.length === 0) return null;
    const names = new Map(this.plan.model.elements.map(({ record }) => [record.id, record.name]));
    const ids = [...new Set(edits.map((edit) => ('id' in edit ? edit.id : '')))];
    return batch(edits, `Train ${ids.map((id) => names.get(id) ?? id).join(', ')}`);
  }

  /** What a run gives, with the parameters of the document and with those learnt. */
  private objectiveScores(trained: SpikeloomDocument): TrainedScore[] {
    const before = this.met(this.document);
    const after = trained === this.document ? before : this.met(trained);
    return this.plan.objectives.map(({ element, loss }, place) => ({
      ...{ element, name: this.nameOf(element), measure: loss },
      ...{ before: before[place]?.loss ?? null, after: after[place]?.loss ?? null, nrmse: after[place]?.nrmse ?? null },
    }));
  }

  private met(document: SpikeloomDocument): readonly Met[] {
    const { surroundings } = this;
    const found = andThen(surroundings.prepareRun(document), ({ program }) => {
      const objectives = program.objectives ?? [];
      const signals = objectives.flatMap(observedBy).map((signal) => ({ signal, when: 'end' as const }));
      return mapResult(recordRun(program, signals, surroundings), (outcomes) =>
        objectives.map((objective) => metBy(objective, outcomes, program.steps ?? 1)),
      );
    });
    return found.ok ? found.value : [];
  }

  private readoutScores(): TrainedScore[] {
    return (this.fit?.states() ?? []).map(({ element, nrmse }: ReadoutState) => ({
      ...{ element, name: this.nameOf(element), measure: 'nrmse' as const },
      ...{ before: null, after: nrmse ?? null, nrmse: nrmse ?? null },
    }));
  }

  private nameOf(id: string): string {
    return this.plan.program.elements.find((each) => each.id === id)?.name ?? id;
  }
}

/** A sentence as it goes on behind a colon. */
function lowered(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
