/** Rockpool's `train_rr` and `train_logreg` of the exponential synapses: regressions on filtered events. */
import { problem } from '../../base/problem.ts';
import type { Result } from '../../base/result.ts';
import { andThen, failed, mapResult, ok } from '../../base/result.ts';
import { exp } from '../../math/elementary.ts';
import type { Matrix } from '../../math/matrix.ts';
import { createMatrix } from '../../math/matrix.ts';
import type { ContinuousSeries } from '../../timeseries/continuous-series.ts';
import type { EventSeries } from '../../timeseries/event-series.ts';
import { rasterForLayer } from '../../timeseries/sample-for-layer.ts';
import { filterEvents } from '../../training/event-features.ts';
import { sampleLayerBatch } from '../../training/layer-batch.ts';
import { createLayerRidge, type LayerRidge } from '../../training/layer-ridge.ts';
import { trainLogistic } from '../../training/logistic-regression.ts';
import type { RidgeSolution } from '../../training/ridge-accumulator.ts';
import {
  arrayFromMatrix,
  arrayOf,
  BadCase,
  eventsOf,
  mathMatrix,
  matrixOf,
  numberOf,
  optionalNumber,
  recordOf,
  seriesOf,
  vectorArray,
} from '../case-access.ts';
import { compare } from '../compare.ts';
import type { CaseRecord, CaseValue, ReferenceCase } from '../reference-case.ts';
import { isRecord } from '../reference-case.ts';
import { spread } from './rate-layers.ts';

type Evolve = (trained: ReferenceCase) => Result<CaseRecord>;

/** Trains as the case says. */
export function trainSynapses(reference: ReferenceCase, evolve: Evolve): Result<CaseRecord> {
  const training = reference.all['training'];
  if (!isRecord(training)) return trainInSlices(reference, evolve);
  return training['method'] === 'logreg' ? trainByLogistic(reference, training) : trainByRidge(reference, training);
}

/** What all ways of training need of the layer. */
interface Trained {
  readonly timeStep: number;
  readonly decay: number;
  readonly weights: Matrix;
  readonly bias: Float64Array;
  readonly events: EventSeries | undefined;
  readonly addEvents: boolean;
}

function trainedLayer({ parameters: given, all }: ReferenceCase): Trained {
  const timeStep = numberOf(optionalNumber(given['dt']) ?? all['dt'], 'dt');
  const weights = mathMatrix(matrixOf(given['weights'], 'weights'));
  return {
    ...{ timeStep, weights },
    decay: exp(-timeStep / numberOf(given['tau_syn'] ?? 0.005, 'tau_syn')),
    bias: spread(arrayOf(given['bias'] ?? 0, 'bias').values, weights.columns),
    events: eventsOf(all['input']),
    addEvents: given['add_events'] !== false,
  };
}

interface Sampled {
  readonly features: Matrix;
  readonly target: Matrix;
}

interface SampleRequest {
  readonly target: ContinuousSeries | undefined;
  readonly isLast: boolean;
  readonly shifted: boolean;
  readonly carried: Float64Array | undefined;
}

/** Filtered events and targets on the time base of the target. */
function sample(layer: Trained, { target, isLast, shifted, carried }: SampleRequest): Result<Sampled> {
  if (target === undefined) throw new BadCase('there is no target');
  const { timeStep, weights, events, addEvents, decay } = layer;
  const sizes = { inputCount: weights.rows, targetCount: weights.columns };
  return mapResult(sampleLayerBatch(target, undefined, { timeStep, isLast, ...sizes }), (batch) => {
    const start = batch.times[0] ?? target.start;
    const raster = rasterForLayer(events, timeStep, {
      ...{ now: start, steps: batch.times.length, channelCount: weights.rows, addEvents },
    });
    return { ...filterEvents(raster, { decay, shifted, carried }), target: batch.target };
  });
}

function lastRow({ values, rows, columns }: Matrix): Float64Array {
  return values.slice((rows - 1) * columns, rows * columns);
}

interface RidgeBatch {
  readonly target: ContinuousSeries | undefined;
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

interface Solved {
  readonly solution: RidgeSolution;
  /** Last row of features. */
  readonly state: Float64Array;
}

function solveBatch(layer: Trained, trainer: LayerRidge, batch: RidgeBatch, carried: Float64Array | undefined) {
  const request = { target: batch.target, isLast: batch.isLast, shifted: true, carried };
  return andThen(sample(layer, request), ({ features, target }) =>
    mapResult(trainer.addBatch(features, target), (solution): Solved => ({ solution, state: lastRow(features) })),
  );
}

function trainByRidge(reference: ReferenceCase, training: CaseRecord): Result<CaseRecord> {
  const layer = trainedLayer(reference);
  const trainer = createLayerRidge(layer.weights.rows, layer.weights.columns, {
    regularize: numberOf(training['regularize'] ?? 0, 'regularize'),
    trainBiases: training['train_biases'] !== false,
    fisherRelabelling: training['fisher_relabelling'] === true,
    standardize: training['standardize'] === true,
  });
  let solved: Solved | undefined;
  for (const [index, entry] of listOf(training['batches']).entries()) {
    const batch = recordOf(entry, `batch ${index}`);
    const [isFirst, isLast] = [batch['is_first'] === true, batch['is_last'] === true];
    const carried = training['store_states'] !== false && !isFirst ? solved?.state : undefined;
    const made = solveBatch(layer, trainer, { target: seriesOf(batch['target']), isFirst, isLast }, carried);
    if (!made.ok) return made;
    solved = made.value;
    const difference = compareAfter(batch['after'], trainer, solved, reference.tolerance);
    if (difference !== undefined) return failed(problem('training/shape', `After batch ${index + 1}: ${difference}.`));
  }
  if (solved === undefined) throw new BadCase('training has no batches');
  return ok(written(solved.solution));
}

function listOf(value: CaseValue | undefined): readonly CaseValue[] {
  if (Array.isArray(value)) return value as readonly CaseValue[];
  throw new BadCase('training.batches is not a list');
}

function written({ weights, bias }: RidgeSolution): CaseRecord {
  return { weights: arrayFromMatrix(weights), bias: vectorArray(bias) };
}

/** The first difference from what the case says was known after a batch. */
function compareAfter(
  expected: CaseValue | undefined,
  trainer: LayerRidge,
  { solution, state }: Solved,
  tolerance: CaseRecord,
): string | undefined {
  if (!isRecord(expected)) return undefined;
  const { xtx, xty } = trainer.progress;
  const sums = { xtx: arrayFromMatrix(xtx), xty: arrayFromMatrix(xty) };
  const compared = compare(expected, { ...sums, ...written(solution), training_state: vectorArray(state) }, tolerance);
  return compared.passed ? undefined : compared.message;
}

/** The target in slices of equal duration, then the trained layer once more from the state it had before. */
function trainInSlices(reference: ReferenceCase, evolve: Evolve): Result<CaseRecord> {
  const given = reference.parameters;
  const layer = trainedLayer(reference);
  const trainBiases = given['train_biases'] !== false;
  const { rows, columns } = layer.weights;
  const regularize = numberOf(given['regularize'] ?? 0, 'regularize');
  const trainer = createLayerRidge(rows, columns, { regularize, trainBiases });
  const target = seriesOf(reference.all['target']);
  const count = numberOf(given['num_batches'] ?? 1, 'num_batches');
  let solved: Solved | undefined;
  for (let slice = 0; slice < count; slice += 1) {
    const batch = sliceOf(target, slice, numberOf(given['batch_duration'], 'batch_duration'));
    const carried = given['store_states'] !== false ? solved?.state : undefined;
    const made = solveBatch(
      layer,
      trainer,
      { target: batch, isFirst: slice === 0, isLast: slice === count - 1 },
      carried,
    );
    if (!made.ok) return made;
    solved = made.value;
  }
  if (solved === undefined) throw new BadCase('training has no batches');
  const trained = trainBiases ? written(solved.solution) : { weights: arrayFromMatrix(solved.solution.weights) };
  const filtered = vectorArray(layer.bias.map((value) => -value));
  const again = {
    ...reference,
    parameters: { ...given, ...trained },
    all: { ...reference.all, initial_state: { filtered_state_without_bias: filtered } },
  };
  return mapResult(evolve(again), ({ output }) => ({ ...trained, output: output ?? null }));
}

/** The part of a target that a batch sees: its limits only, as the samples are looked up by time. */
function sliceOf(target: ContinuousSeries | undefined, slice: number, duration: number): ContinuousSeries | undefined {
  if (target === undefined) return undefined;
  return { ...target, start: slice * duration, stop: Math.min((slice + 1) * duration, target.stop) };
}

function trainByLogistic(reference: ReferenceCase, training: CaseRecord): Result<CaseRecord> {
  const layer = trainedLayer(reference);
  const target = seriesOf(reference.all['target']);
  const storeStates = training['store_states'] !== false;
  const batchSize = optionalNumber(training['batch_size']);
  const options = {
    learningRate: numberOf(training['learning_rate'] ?? 0, 'learning_rate'),
    regularize: numberOf(training['regularize'] ?? 0, 'regularize'),
    epochs: numberOf(training['epochs'] ?? 1, 'epochs'),
    ...(batchSize === undefined ? {} : { batchSize }),
  };
  let model: RidgeSolution = { weights: layer.weights, bias: layer.bias };
  let carried: Float64Array | undefined;
  const after: CaseRecord[] = [];
  for (let round = 0; round < numberOf(training['calls'] ?? 1, 'calls'); round += 1) {
    const made = andThen(sample(layer, { target, isLast: false, shifted: false, carried }), (batch) => {
      const features = withoutFirstInLast(batch.features, layer.decay);
      return mapResult(trainLogistic(model, features, batch.target, options), (trained) => ({ trained, features }));
    });
    if (!made.ok) return made;
    model = made.value.trained;
    const state = lastRow(made.value.features);
    carried = storeStates ? state : undefined;
    after.push({ ...written(model), training_state: vectorArray(state) });
  }
  return ok({ ...written(model), after_each_call: after });
}

/** The released kernel is one sample short, so that the last row lacks what the first row brought. */
function withoutFirstInLast(features: Matrix, decay: number): Matrix {
  const { rows, columns } = features;
  const values = features.values.slice();
  if (rows < 2) return features;
  for (let column = 0; column < columns; column += 1) {
    const place = (rows - 1) * columns + column;
    values[place] = (values[place] as number) - (values[column] as number) * decay ** (rows - 1);
  }
  return createMatrix(rows, columns, values);
}
