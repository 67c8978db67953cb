/** Logistic regression by descent on batches (Rockpool 1.0.7 `train_logreg`): σ(features · weights + bias) is fitted to targets of 0 and 1. */
import { problem } from '../base/problem.ts';
import { streamKey, uniformAt } from '../base/random.ts';
import { andThen, failed, ok, type Result } from '../base/result.ts';
import { exp } from '../math/elementary.ts';
import { createMatrix, type Matrix } from '../math/matrix.ts';
import type { RidgeSolution } from './ridge-accumulator.ts';

export interface LogisticOptions {
  readonly learningRate: number;
  /** λ: the weights shrink by learningRate · λ / features in every batch. Default 0. */
  readonly regularize?: number;
  /** Rows of a batch. Default all. */
  readonly batchSize?: number;
  /** Times that all rows are gone through. Default 1. */
  readonly epochs?: number;
  /** Of the order of the rows from the second epoch on; the first takes them as they are. Default 1. */
  readonly seed?: number;
}

/** A regression that goes through its rows epoch by epoch. */
export interface LogisticTrainer {
  /** The model held now: changed in place by the next epoch. */
  readonly model: RidgeSolution;
  /** Goes through all rows once. Fails with `training/not-finite`. */
  epoch(): Result<RidgeSolution>;
}

/** Begins with a copy of the model given. Fails with `training/shape` or `training/too-few-samples`. */
export function createLogisticTrainer(
  start: RidgeSolution,
  features: Matrix,
  targets: Matrix,
  options: LogisticOptions,
): Result<LogisticTrainer> {
  const refusal = refuse(start, features, targets, options);
  if (refusal !== undefined) return failed(refusal);
  const { batchSize = features.rows, seed = 1 } = options;
  const weights = createMatrix(start.weights.rows, start.weights.columns, start.weights.values.slice());
  const model = { weights, bias: start.bias.slice() };
  const order = Array.from({ length: features.rows }, (_, row) => row);
  let done = 0;
  return ok({
    model,
    epoch() {
      if (done > 0) shuffle(order, seed, done);
      for (let first = 0; first < order.length; first += batchSize)
        descend(model, { features, targets, rows: order.slice(first, first + batchSize) }, options);
      done += 1;
      return finite(model);
    },
  });
}

/** Weights and bias after the epochs, beginning with those given. Fails with `training/shape`, `too-few-samples` or `not-finite`. */
export function trainLogistic(
  start: RidgeSolution,
  features: Matrix,
  targets: Matrix,
  options: LogisticOptions,
): Result<RidgeSolution> {
  return andThen(createLogisticTrainer(start, features, targets, options), (trainer) => {
    for (let epoch = 1; epoch < (options.epochs ?? 1); epoch += 1) trainer.epoch();
    return options.epochs === 0 ? ok(trainer.model) : trainer.epoch();
  });
}

function finite(model: RidgeSolution): Result<RidgeSolution> {
  if ([model.weights.values, model.bias].every((values) => values.every(Number.isFinite))) return ok(model);
  return failed(
    problem('training/not-finite', 'The weights became infinite or not a number during training.', {
      hint: 'Lower the learning rate.',
    }),
  );
}

function refuse({ weights, bias }: RidgeSolution, features: Matrix, targets: Matrix, options: LogisticOptions) {
  const pairs = [
    [features.rows, targets.rows],
    [features.columns, weights.rows],
    [targets.columns, weights.columns],
    [bias.length, weights.columns],
  ];
  if (pairs.some(([given, wanted]) => given !== wanted)) {
    return problem(
      'training/shape',
      `Features are ${features.rows} × ${features.columns}, targets ${targets.rows} × ${targets.columns}, weights ${weights.rows} × ${weights.columns}: rows must match, and columns be those of the weights.`,
    );
  }
  if (features.rows === 0) return problem('training/too-few-samples', 'There is nothing to train on.');
  return refuseOptions(options);
}

function refuseOptions({ batchSize = 1, epochs = 1, learningRate, regularize = 0 }: LogisticOptions) {
  const whole = [batchSize - 1, epochs].every((count) => Number.isInteger(count) && count >= 0);
  const rates = [learningRate, regularize].every((rate) => rate >= 0);
  if (whole && rates) return undefined;
  return problem(
    'training/shape',
    `Batches of ${batchSize} rows, ${epochs} epochs, a learning rate of ${learningRate} and a regularisation of ${regularize} cannot be trained with.`,
    { hint: 'Give whole numbers, at least 1 row in a batch, and rates of at least 0.' },
  );
}

interface Batch {
  readonly features: Matrix;
  readonly targets: Matrix;
  readonly rows: readonly number[];
}

/** One step down the slope of the cross entropy of a batch. */
function descend({ weights, bias }: RidgeSolution, batch: Batch, options: LogisticOptions): void {
  const { learningRate, regularize = 0 } = options;
  const slopes = createMatrix(weights.rows, weights.columns);
  const errors = new Float64Array(weights.columns);
  for (const row of batch.rows) addErrors({ weights, bias }, batch, row, { slopes, errors });
  const count = batch.rows.length;
  weights.values.forEach((weight, place) => {
    const slope = (slopes.values[place] as number) / count + (regularize / weights.rows) * weight;
    weights.values[place] = weight - learningRate * slope;
  });
  errors.forEach((error, target) => {
    bias[target] = (bias[target] as number) - (learningRate * error) / count;
  });
}

interface Sums {
  readonly slopes: Matrix;
  readonly errors: Float64Array;
}

function addErrors({ weights, bias }: RidgeSolution, batch: Batch, row: number, { slopes, errors }: Sums): void {
  const { columns } = weights;
  const feature = (index: number): number => batch.features.values[row * weights.rows + index] as number;
  for (let target = 0; target < columns; target += 1) {
    let sum = bias[target] as number;
    for (let index = 0; index < weights.rows; index += 1)
      sum += feature(index) * (weights.values[index * columns + target] as number);
    const error = 1 / (1 + exp(-sum)) - (batch.targets.values[row * columns + target] as number);
    errors[target] = (errors[target] as number) + error;
    for (let index = 0; index < weights.rows; index += 1) {
      const place = index * columns + target;
      slopes.values[place] = (slopes.values[place] as number) + feature(index) * error;
    }
  }
}

/** Fisher and Yates, from a stream of the epoch. */
function shuffle(order: number[], seed: number, epoch: number): void {
  const key = streamKey(seed, epoch);
  for (let place = order.length - 1; place > 0; place -= 1) {
    const other = Math.floor(uniformAt(key, epoch, place) * (place + 1));
    [order[place], order[other]] = [order[other] as number, order[place] as number];
  }
}
