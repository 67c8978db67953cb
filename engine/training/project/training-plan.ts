/** What training a project comes to: which parameters, by which rule, for which objectives, over which steps. */
import { problem, type Problem } from '../../base/problem.ts';
import { failed, mapResult, ok, type Result } from '../../base/result.ts';
import type { Descent, Program, ProgramObjective } from '../../build/program.ts';
import type { ValidatedModel } from '../../model/validated.ts';
import { trainedParameters, type TrainedParameter } from './trained-parameters.ts';

/** A model with the program that was built of it for training. */
export interface PreparedTraining {
  readonly model: ValidatedModel;
  readonly program: Program;
}

export interface TrainingPlan extends PreparedTraining {
  /** All of one rule; none where only readouts are fitted. */
  readonly objectives: readonly ProgramObjective[];
  readonly rule: ProgramObjective['rule'];
  readonly parameters: readonly TrainedParameter[];
  /** That of the first objective. */
  readonly descent: Descent;
  /** Steps of the window: the whole run. */
  readonly steps: number;
}

/** Instead of what the first objective says. */
export interface DescentChoice {
  readonly epochs?: number | undefined;
  readonly learningRate?: number | undefined;
}

const noDescent: Descent = {
  ...{ epochs: 0, learningRate: 0, optimiser: 'adam', momentum: 0, clip: 0 },
  ...{ leastSeconds: 0, baseUnits: false },
};

/**
 * The plan of a project. Fails with `training/nothing` where it has neither objective nor readout, or nothing is marked;
 * `run/duration` where it has no end; `model/parameter-range` where objectives have several rules; and as
 * `trainedParameters` does.
 */
export function planTraining({ model, program }: PreparedTraining, choice: DescentChoice = {}): Result<TrainingPlan> {
  const objectives = program.objectives ?? [];
  const refusal = refuse(model, program, objectives);
  if (refusal !== undefined) return failed(refusal);
  const [first] = objectives;
  const { epochs, learningRate } = choice;
  const descent = {
    ...(first?.descent ?? noDescent),
    ...(epochs === undefined || first === undefined ? {} : { epochs }),
    ...(learningRate === undefined ? {} : { learningRate }),
  };
  const marked = first === undefined ? ok([]) : trainedParameters(model, program, descent);
  return mapResult(marked, (parameters) => ({
    ...{ model, program, objectives, parameters, descent },
    rule: first?.rule ?? 'gradient',
    steps: program.steps ?? 1,
  }));
}

function refuse(model: ValidatedModel, program: Program, objectives: readonly ProgramObjective[]): Problem | undefined {
  if (objectives.length === 0 && program.readouts.length === 0) return nothingToLearn();
  const marked = model.elements.some(({ record }) => (record.trainable?.length ?? 0) > 0);
  const [first] = objectives;
  if (first !== undefined && !marked) return nothingMarked(first);
  if (program.steps === undefined) return endless();
  return first === undefined ? undefined : severalRules(program, objectives, first);
}

function nothingToLearn(): Problem {
  return problem('training/nothing', 'The project has no training objective and no readout that learns.', {
    hint: 'Add a training objective, connect what is to be trained to it, and mark the parameters that may change.',
  });
}

function nothingMarked({ element }: ProgramObjective): Problem {
  return problem('training/nothing', 'No parameter is marked as trainable, so there is nothing that may change.', {
    hint: 'Mark parameters of the elements that lead to the objective as trainable.',
    at: { element },
  });
}

function endless(): Problem {
  return problem('run/duration', 'The project runs until it is stopped; training needs a run that ends.', {
    hint: 'Set a duration in the project.',
    at: { path: 'run.duration' },
  });
}

/** Rules beside gradients have one objective; rules don't mix. */
function severalRules(
  program: Program,
  objectives: readonly ProgramObjective[],
  first: ProgramObjective,
): Problem | undefined {
  const other = objectives.slice(1).find(({ rule }) => rule !== 'gradient' || rule !== first.rule);
  if (other === undefined) return undefined;
  const nameOf = (id: string): string => program.elements.find((each) => each.id === id)?.name ?? id;
  return problem(
    'model/parameter-range',
    `"${nameOf(first.element)}" and "${nameOf(other.element)}" are objectives that can't be trained together: only gradients through time go down several at once.`,
    {
      hint: 'Train with one of them, remove it, and train with the other.',
      at: { element: other.element, path: 'parameters.rule' },
    },
  );
}
