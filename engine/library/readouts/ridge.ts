/** Ridge readout: linear regression from features to a target, trained during the run, then predicting. */
import { problem } from '../../base/problem.ts';
import { andThen, failed, mapResult, ok } from '../../base/result.ts';
import type { Result } from '../../base/result.ts';
import type { ElementBuilder, ElementKind } from '../../build/library-kind.ts';
import { add, equal, f64, i32, i32Local, load, multiply, remainder, select, step } from '../../build/ir/expressions.ts';
import { loop, store } from '../../build/ir/statements.ts';
import type { SignalId } from '../../build/ir/types.ts';
import { denseProduct } from '../../build/operators/dense-product.ts';
import { exp } from '../../math/elementary.ts';
import { flag, integer, matrix, quantity } from '../specs.ts';

export const ridge: ElementKind = {
  id: 'readouts/ridge',
  family: 'readouts',
  title: 'Ridge readout',
  summary:
    'Learns a linear map from features to a target by ridge regression, or holds one that it has learnt, then predicts and scores itself.',
  keywords: ['regression', 'linear', 'readout', 'train', 'NRMSE', 'reservoirpy Ridge', 'ReservoirRidge', 'LIFRidge'],
  parameters: [
    quantity('ridge', 'ridge parameter', 1e-4, '1', 'Penalty on large weights; the bias is not penalised.', {
      minimum: 0,
      favourite: true,
    }),
    integer('horizon', 'horizon', 1, 'How many time steps ahead the target is predicted; 0 = the present value.', {
      minimum: 0,
      maximum: 100_000,
      favourite: true,
    }),
    integer('washout', 'washout', 100, 'Steps at the beginning that are left out of the training.', { minimum: 0 }),
    integer(
      'train_until',
      'train until step',
      1000,
      'Targets before this step train the readout; targets from it on test it.',
      { minimum: 2, favourite: true },
    ),
    quantity(
      'tau_filter',
      'spike filter',
      20,
      'ms',
      'Time constant of the filter that turns incoming spikes into features.',
      { exclusiveMinimum: 0 },
    ),
    matrix(
      'weights',
      'weights',
      '1',
      'Weights [features, targets] that it has learnt; it learns anew from the run where they are absent.',
      { group: 'Learnt', absent: 'learnt from the run' },
    ),
    quantity('bias', 'bias', 0, '1', 'What it adds to each target, learnt with the weights.', {
      ...{ group: 'Learnt', perCell: true },
    }),
    flag(
      'keep_learning',
      'keep learning',
      false,
      'Learns from the run also where weights are given; until then it predicts with those.',
      {
        group: 'Learnt',
      },
    ),
  ],
  inputs: [
    {
      name: 'features',
      title: 'features',
      types: ['continuous', 'spikes'],
      accepts: 'channels',
      unit: '1',
      required: true,
    },
    { name: 'target', title: 'target', types: ['continuous'], accepts: 'channels', unit: '1', required: true },
  ],
  outputs: [
    { name: 'prediction', title: 'prediction for now', type: 'continuous', unit: '1' },
    { name: 'forecast', title: 'forecast ahead', type: 'continuous', unit: '1' },
    { name: 'target', title: 'target', type: 'continuous', unit: '1' },
  ],
  states: [],
  equations: [
    'W, b = argmin Σ (y(t) − x(t − horizon) · W − b)² + ridge · |W|²',
    'prediction(t) = x(t − horizon) · W + b',
    'forecast(t) = x(t) · W + b',
  ],
  source: 'Hoerl and Kennard (1970); bias by centring, as reservoirpy 0.4.2 Ridge',
  noGradient: 'it is fitted by regression: training does that by itself',
  defaultProbe: 'prediction',
  sizes({ inputSize }) {
    const size = inputSize('target');
    return ok({ outputs: { prediction: size, forecast: size, target: size }, cells: undefined });
  },
  expand(builder) {
    const missing = ['features', 'target'].find((port) => builder.inputSize(port) === 0);
    if (missing !== undefined) return failed(missingInput(builder, missing));
    return andThen(checkSteps(builder), () => andThen(learnt(builder), (start) => ok(expandReadout(builder, start))));
  },
};

function missingInput(builder: ElementBuilder, port: string) {
  return problem('model/missing-input', `"${builder.name}" has nothing connected to "${port}".`, {
    hint:
      port === 'target'
        ? 'Connect the series that is to be predicted to its target port.'
        : 'Connect a reservoir or layer to its features port.',
    at: { element: builder.id, path: `inputs.${port}` },
  });
}

function checkSteps(builder: ElementBuilder): Result<void> {
  const first = builder.number('washout') + builder.number('horizon');
  if (builder.number('train_until') > first + 1) return ok(undefined);
  return failed(
    problem(
      'model/parameter-range',
      `"${builder.name}" trains until step ${builder.number('train_until')}, but washout and horizon leave nothing before step ${first}.`,
      {
        hint: `Train until a step beyond ${first + 1}, or shorten the washout.`,
        at: { element: builder.id, path: 'parameters.train_until' },
      },
    ),
  );
}

/** Weights and biases to begin with. */
interface Learnt {
  readonly given: boolean;
  readonly weights: Float64Array | number;
  readonly bias: Float64Array | number;
}

function learnt(builder: ElementBuilder): Result<Learnt> {
  const [features, targets] = [builder.inputSize('features'), builder.inputSize('target')];
  const weights = builder.array('weights');
  if (weights === null) return ok({ given: false, weights: 0, bias: 0 });
  const [rows, columns = 1] = weights.shape;
  if (rows === features && columns === targets)
    return mapResult(builder.vector('bias', targets), (bias) => ({ given: true, weights: weights.values, bias }));
  return failed(
    problem(
      'model/parameter-shape',
      `The weights of "${builder.name}" are ${weights.shape.join(' × ')}; it has ${features} features and ${targets} targets.`,
      {
        hint: 'Reset the weights to learn anew.',
        at: { element: builder.id, path: 'parameters.weights' },
      },
    ),
  );
}

function expandReadout(builder: ElementBuilder, start: Learnt): void {
  const features = builder.inputSize('features');
  const targets = builder.inputSize('target');
  const horizon = builder.number('horizon');
  const present = builder.inputType('features') === 'spikes' ? filtered(builder, features) : builder.input('features');
  const paired = horizon === 0 ? present : delayedFeatures(builder, present, features, horizon);
  const weights = builder.signal({
    name: 'weights',
    shape: [features, targets],
    initial: start.weights,
    role: 'state',
  });
  const bias = builder.signal({ name: 'bias', shape: [targets], initial: start.bias, role: 'state' });
  const trained = builder.signal({ name: 'trained', shape: [1], initial: start.given ? 1 : 0, role: 'state' });
  const predict = (name: string, vector: SignalId): SignalId => {
    const result = builder.signal({ name, shape: [targets], initial: Number.NaN, role: 'transient' });
    const j = i32Local('o');
    const value = select(equal(load(trained, 0), f64(1)), add(load(result, j), load(bias, j)), f64(Number.NaN));
    builder.operator({
      name: `${name}/product`,
      reads: [vector, weights, bias, trained],
      sets: [result],
      body: [
        ...denseProduct({
          vector,
          matrix: weights,
          result,
          inputs: features,
          outputs: targets,
          transposed: false,
          accumulate: false,
        }),
        loop('o', 0, targets, [store(result, j, value)]),
      ],
    });
    builder.output(name, result);
    return result;
  };
  const prediction = predict('prediction', paired);
  predict('forecast', present);
  const target = builder.input('target');
  builder.output('target', target);
  builder.readout({
    features: paired,
    target,
    prediction,
    weights,
    bias,
    trained,
    ridge: builder.number('ridge'),
    washoutSteps: builder.number('washout') + horizon,
    trainUntilStep: builder.number('train_until'),
    testUntilStep: null,
    horizonSteps: horizon,
    ...(start.given && !builder.flag('keep_learning') ? { held: true } : {}),
  });
}

/** Exponentially filtered spikes: f ← f · e^(−dt/τ) + s. */
function filtered(builder: ElementBuilder, features: number): SignalId {
  const spikes = builder.input('features');
  const trace = builder.signal({ name: 'trace', shape: [features], initial: 0, role: 'state' });
  const out = builder.signal({ name: 'filtered', shape: [features], initial: 0, role: 'transient' });
  const decay = f64(exp(-builder.timeStepSeconds / builder.number('tau_filter')));
  const i = i32Local('i');
  builder.operator({
    name: 'filter',
    reads: [spikes, trace],
    sets: [out],
    body: [loop('i', 0, features, [store(out, i, add(multiply(load(trace, i), decay), load(spikes, i)))])],
  });
  builder.operator({
    name: 'filter/keep',
    slot: 'end',
    reads: [out],
    updates: [trace],
    body: [loop('i', 0, features, [store(trace, i, load(out, i))])],
  });
  return out;
}

/** The features as they were `horizon` steps ago. */
function delayedFeatures(builder: ElementBuilder, present: SignalId, features: number, horizon: number): SignalId {
  const ring = builder.signal({
    name: 'feature_ring',
    shape: [horizon, features],
    initial: 0,
    role: 'state',
    turning: 0,
  });
  const delayed = builder.signal({ name: 'features_delayed', shape: [features], initial: 0, role: 'transient' });
  const i = i32Local('i');
  const place = add(multiply(remainder(step, i32(horizon)), i32(features)), i);
  builder.operator({
    name: 'features/read',
    slot: 'inputs',
    reads: [ring],
    sets: [delayed],
    body: [loop('i', 0, features, [store(delayed, i, load(ring, place))])],
  });
  builder.operator({
    name: 'features/write',
    slot: 'end',
    reads: [present],
    updates: [ring],
    body: [loop('i', 0, features, [store(ring, place, load(present, i))])],
  });
  return delayed;
}
