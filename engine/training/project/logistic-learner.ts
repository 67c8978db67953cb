/** Learning by logistic regression: weights and bias of exponential synapses, on their input events filtered (Rockpool 1.0.7 `train_logreg`). */
import { problem } from '../../base/problem.ts';
import { andThen, failed, mapResult, ok, type Result } from '../../base/result.ts';
import type { ProgramObjective } from '../../build/program.ts';
import { exp } from '../../math/elementary.ts';
import { createMatrix, type Matrix } from '../../math/matrix.ts';
import { elementName } from '../../model/names.ts';
import { binaryCrossEntropy } from '../cross-entropy.ts';
import { filterEvents } from '../event-features.ts';
import type { Outcome } from '../gradient-window.ts';
import { createLogisticTrainer, type LogisticTrainer } from '../logistic-regression.ts';
import type { RidgeSolution } from '../ridge-accumulator.ts';
import type { Learner } from './learner.ts';
import { observedBy } from './objective-loss.ts';
import { recordRun, type Machine } from './record-run.ts';
import { numbersOf, ruleLayer, type RuleLayer } from './rule-layer.ts';
import type { TrainingPlan } from './training-plan.ts';

const form = {
  title: 'Logistic regression',
  kind: 'layers/exp-syn',
  layers: 'a layer of exponential synapses',
  parameters: ['weights', 'bias'],
};

/** Runs the project once to see the events. Problems: those of `ruleLayer`, of the run, and of the regression. */
export function createLogisticLearner(plan: TrainingPlan, machine: Machine): Result<Learner> {
  return andThen(ruleLayer(plan, form), (layer) =>
    andThen(decayOf(plan, layer), (decay) =>
      andThen(recordRows(plan, layer, decay, machine), (rows) =>
        andThen(beginning(layer), (start) =>
          mapResult(createLogisticTrainer(start, rows.features, rows.targets, optionsOf(plan, layer)), (trainer) =>
            learnerOf(layer, trainer, rows),
          ),
        ),
      ),
    ),
  );
}

function optionsOf({ descent }: TrainingPlan, { objective }: RuleLayer) {
  const { regularize, batchSize } = objective.logistic;
  return { learningRate: descent.learningRate, regularize, ...(batchSize === 0 ? {} : { batchSize }) };
}

/** What is left of a current after a step: one number, since all cells learn from the same filtered events. */
function decayOf({ model }: TrainingPlan, { element }: RuleLayer): Result<number> {
  return andThen(numbersOf(element, 'tau_syn', 1), (taus) => {
    const [tau = 0] = taus;
    if (taus.every((each) => each === tau))
      return ok(exp(-(element.pace?.timeStepSeconds ?? model.timeStepSeconds) / tau));
    return failed(
      problem(
        'training/shape',
        `${elementName(element.record)} has cells with different time constants; logistic regression filters its events by one.`,
        {
          hint: 'Give all cells the same tau_syn.',
          at: { element: element.record.id, path: 'parameters.tau_syn' },
        },
      ),
    );
  });
}

interface Rows {
  readonly features: Matrix;
  readonly targets: Matrix;
}

/** Filtered events and targets of the scored steps, of all members one after the other. */
function recordRows(plan: TrainingPlan, layer: RuleLayer, decay: number, machine: Machine): Result<Rows> {
  const { objective, element } = layer;
  const events = `${element.record.id}/in`;
  const signals = [events, ...observedBy(objective).slice(1)].map((signal) => ({ signal, when: 'end' as const }));
  const several = element.parameters['add_events'] !== false;
  return mapResult(recordRun(plan.program, signals, machine), (outcomes) => {
    const parts = outcomes.map((outcome) => rowsOf(outcome, events, objective, { decay, several, steps: plan.steps }));
    return {
      features: stacked(parts.map((part) => part.features)),
      targets: stacked(parts.map((part) => part.targets)),
    };
  });
}

interface Filtering {
  readonly decay: number;
  /** Several events of a step count as many. */
  readonly several: boolean;
  readonly steps: number;
}

function rowsOf(
  outcome: Outcome,
  events: string,
  objective: ProgramObjective,
  { decay, several, steps }: Filtering,
): Rows {
  const all = outcome(events);
  const counts = several ? all : all.map((count) => (count === 0 ? 0 : 1));
  const channelCount = all.length / steps;
  const { features } = filterEvents({ steps, channelCount, counts }, { decay, shifted: true });
  const { channels, target, wanted } = objective;
  const targets = target === undefined ? new Float64Array(steps * channels).fill(wanted) : outcome(target);
  return {
    features: window(features.values, channelCount, objective, steps),
    targets: window(targets, channels, objective, steps),
  };
}

function window(values: Float64Array, columns: number, { from, until }: ProgramObjective, steps: number): Matrix {
  const end = Math.min(until, steps);
  return createMatrix(end - from, columns, values.slice(from * columns, end * columns));
}

function stacked(parts: readonly Matrix[]): Matrix {
  const columns = parts[0]?.columns ?? 0;
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  return createMatrix(rows, columns, Float64Array.from(parts.flatMap(({ values }) => [...values])));
}

/** The weights and biases of the document. */
function beginning({ element, objective }: RuleLayer): Result<RidgeSolution> {
  const given = element.parameters['weights'];
  if (typeof given !== 'object' || given === null || !('values' in given)) throw new Error('Bug: weights were found');
  const weights = createMatrix(given.values.length / objective.channels, objective.channels, given.values);
  return mapResult(numbersOf(element, 'bias', objective.channels), (bias) => ({ weights, bias }));
}

function learnerOf({ objective, parameters }: RuleLayer, trainer: LogisticTrainer, rows: Rows): Learner {
  const [weights, bias] = parameters;
  if (weights === undefined || bias === undefined) throw new Error('Bug: both were asked for');
  return {
    parameters: [weights, { ...bias, shape: [objective.channels] }],
    held: () =>
      new Map([
        [weights.signal, trainer.model.weights.values.slice()],
        [bias.signal, trainer.model.bias.slice()],
      ]),
    epoch() {
      const loss = lossOf(trainer.model, rows);
      return mapResult(trainer.epoch(), () => loss);
    },
    dispose: () => undefined,
  };
}

/** Mean cross entropy of the rows under a model. */
function lossOf({ weights, bias }: RidgeSolution, { features, targets }: Rows): number {
  const { columns } = targets;
  const predicted = new Float64Array(targets.values.length);
  for (let row = 0; row < features.rows; row += 1)
    for (let column = 0; column < columns; column += 1) {
      let sum = bias[column] as number;
      for (let input = 0; input < features.columns; input += 1)
        sum +=
          (features.values[row * features.columns + input] as number) *
          (weights.values[input * columns + column] as number);
      predicted[row * columns + column] = sum;
    }
  return binaryCrossEntropy('prediction', targets.values)(() => predicted).value;
}
