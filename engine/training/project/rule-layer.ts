/** The layer that a rule beside gradients trains: the one that the prediction of the objective comes from. */
import { problem, type Problem } from '../../base/problem.ts';
import { failed, ok, type Result } from '../../base/result.ts';
import type { ProgramObjective } from '../../build/program.ts';
import { elementName } from '../../model/names.ts';
import type { ValidatedElement } from '../../model/validated.ts';
import type { TrainedParameter } from './trained-parameters.ts';
import type { TrainingPlan } from './training-plan.ts';

/** What a rule can train. */
export interface RuleForm {
  /** As a sentence begins with it. */
  readonly title: string;
  /** Of layers. */
  readonly kind: string;
  /** What people call such layers, with an article. */
  readonly layers: string;
  /** All that it changes; each has to be marked, and nothing else. */
  readonly parameters: readonly string[];
}

export interface RuleLayer {
  readonly objective: ProgramObjective;
  readonly element: ValidatedElement;
  /** In the order of the form. */
  readonly parameters: readonly TrainedParameter[];
}

/** Fails with `training/shape` where another element leads to the objective, `training/nothing` where other parameters are marked. */
export function ruleLayer(plan: TrainingPlan, form: RuleForm): Result<RuleLayer> {
  const [objective] = plan.objectives;
  if (objective === undefined) throw new Error('Bug: a rule without objective');
  const { model } = plan;
  const sources = model.connections.filter(
    ({ record: { to } }) => to.element === objective.element && to.port === 'prediction',
  );
  const [source] = sources;
  const element = model.elements.find(({ record }) => record.id === source?.record.from.element);
  if (sources.length !== 1 || element?.kind.id !== form.kind) return failed(wrongSource(objective, form));
  const wanted = form.parameters.map((name) => plan.parameters.find((each) => isOf(each, element, name)));
  const parameters = wanted.filter((each) => each !== undefined);
  const fits = parameters.length === wanted.length && plan.parameters.length === wanted.length;
  return fits ? ok({ objective, element, parameters }) : failed(wrongMarks(element, form));
}

function isOf({ element, name }: TrainedParameter, { record }: ValidatedElement, wanted: string): boolean {
  return element === record.id && name === wanted;
}

function wrongSource({ element }: ProgramObjective, { title, layers }: RuleForm): Problem {
  return problem('training/shape', `${title} trains ${layers}, and nothing else may lead to the prediction.`, {
    hint: `Connect ${layers} alone to "prediction", or choose gradients through time.`,
    at: { element, path: 'inputs.prediction' },
  });
}

function wrongMarks({ record }: ValidatedElement, { title, parameters }: RuleForm): Problem {
  const names = parameters.join(' and ');
  return problem('training/nothing', `${title} changes ${names} of ${elementName(record)}, no more and no less.`, {
    hint: `Mark ${names} there as trainable, and nothing elsewhere.`,
    at: { element: record.id, path: 'trainable' },
  });
}

/** A number for each of so many cells; a Problem where they would have to be drawn. */
export function numbersOf({ record, parameters }: ValidatedElement, name: string, cells: number): Result<Float64Array> {
  const value = parameters[name];
  if (typeof value === 'number') return ok(new Float64Array(cells).fill(value));
  if (typeof value === 'object' && value !== null && 'values' in value) return ok(value.values);
  return failed(
    problem('model/parameter-type', `${name} of ${elementName(record)} has to be given as numbers for this rule.`, {
      hint: 'Type a number, or a list.',
      at: { element: record.id, path: `parameters.${name}` },
    }),
  );
}
