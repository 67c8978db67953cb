import { describe, expect, it } from 'vitest';
import { createUniformSource } from '../base/random.ts';
import { expectOk } from '../base/result.ts';
import { createMatrix, type Matrix } from '../math/matrix.ts';
import { filterEvents } from './event-features.ts';
import { createLayerRidge } from './layer-ridge.ts';
import { trainLogistic } from './logistic-regression.ts';

const source = createUniformSource(7);
const [rows, features, targets] = [60, 3, 2];
const drawn = (length: number): Float64Array => Float64Array.from({ length }, () => source.next() - 0.5);
const inputs = createMatrix(rows, features, drawn(rows * features));
const truth = { weights: createMatrix(features, targets, drawn(features * targets)), bias: drawn(targets) };
const start = { weights: createMatrix(features, targets), bias: new Float64Array(targets) };

function activity({ weights, bias }: typeof truth, of: Matrix): Matrix {
  const values = Float64Array.from({ length: of.rows * targets }, (_, place) => {
    const [row, target] = [Math.floor(place / targets), place % targets];
    let sum = bias[target] as number;
    for (let k = 0; k < features; k += 1)
      sum += (of.values[row * features + k] as number) * (weights.values[k * targets + target] as number);
    return 1 / (1 + Math.exp(-sum));
  });
  return createMatrix(of.rows, targets, values);
}

describe('logistic regression', () => {
  const wanted = activity(truth, inputs);

  it('finds the weights that made the targets', () => {
    const found = expectOk(trainLogistic(start, inputs, wanted, { learningRate: 4, epochs: 1500 }));
    found.weights.values.forEach((weight, place) =>
      expect(weight).toBeCloseTo(truth.weights.values[place] as number, 6),
    );
    found.bias.forEach((bias, place) => expect(bias).toBeCloseTo(truth.bias[place] as number, 6));
  });

  it('goes down the slope of the cross entropy and of the weights', () => {
    const options = { learningRate: 1e-3, regularize: 0.6 };
    const from = { weights: createMatrix(features, targets, drawn(features * targets)), bias: drawn(targets) };
    const entropy = (place: number, change: number): number => {
      const values = from.weights.values.slice();
      values[place] = (values[place] as number) + change;
      const model = { ...from, weights: createMatrix(features, targets, values) };
      const given = activity(model, inputs).values;
      const sum = given.reduce((total, share, at) => {
        const target = wanted.values[at] as number;
        return total - target * Math.log(share) - (1 - target) * Math.log(1 - share);
      }, 0);
      const squares = values.reduce((total, weight) => total + weight * weight, 0);
      return sum / rows + (0.6 / features / 2) * squares;
    };
    const found = expectOk(trainLogistic(from, inputs, wanted, options));
    found.weights.values.forEach((weight, place) => {
      const slope = (entropy(place, 1e-5) - entropy(place, -1e-5)) / 2e-5;
      expect((from.weights.values[place] as number) - weight).toBeCloseTo(1e-3 * slope, 9);
    });
  });

  it('takes the rows in another order from the second epoch on, by the seed', () => {
    const train = (seed: number, epochs: number) =>
      expectOk(trainLogistic(start, inputs, wanted, { learningRate: 1, batchSize: 7, epochs, seed })).weights.values;
    expect(train(1, 1)).toEqual(train(2, 1));
    expect(train(1, 3)).not.toEqual(train(2, 3));
    expect(train(1, 3)).toEqual(train(1, 3));
  });

  it.each([
    ['training/shape', createMatrix(rows, 2), { learningRate: 1 }],
    ['training/shape', inputs, { learningRate: 1, batchSize: 0 }],
    ['training/shape', inputs, { learningRate: -1 }],
    [
      'training/not-finite',
      createMatrix(rows, features, new Float64Array(rows * features).fill(NaN)),
      { learningRate: 1 },
    ],
  ])('refuses with %s', (code, given, options) => {
    expect(trainLogistic(start, given, wanted, options).problems[0]?.code).toBe(code);
  });
});

describe('filtered events', () => {
  const counts = Int32Array.of(1, 0, 2, 0, 0, 1);
  const raster = { steps: 6, channelCount: 1, counts };

  it('decay from row to row, in their own row or in the next', () => {
    const own = filterEvents(raster, { decay: 0.5, shifted: false });
    expect([...own.features.values]).toEqual([1, 0.5, 2.25, 1.125, 0.5625, 1.28125]);
    const next = filterEvents(raster, { decay: 0.5, shifted: true });
    expect([...next.features.values]).toEqual([0, 1, 0.5, 2.25, 1.125, 0.5625]);
    expect([...next.left]).toEqual([1.28125]);
  });

  it.each([true, false])('are as one in batches that go on with what was left: shifted %s', (shifted) => {
    const whole = filterEvents(raster, { decay: 0.5, shifted });
    const part = (first: number, begun?: Float64Array) =>
      filterEvents({ ...raster, steps: 3, counts: counts.slice(first, first + 3) }, { decay: 0.5, shifted, begun });
    const before = part(0);
    const after = part(3, before.left);
    expect([...before.features.values, ...after.features.values]).toEqual([...whole.features.values]);
    expect(after.left).toEqual(whole.left);
  });
});

describe('ridge regression on z-scores', () => {
  const wide = createMatrix(
    rows,
    features,
    inputs.values.map((value, place) => 10 ** (place % 3) * value + (place % 3)),
  );
  const wanted = createMatrix(rows, targets, drawn(rows * targets));
  const fit = (standardize: boolean, regularize: number, of = wide, trainBiases = true) =>
    expectOk(createLayerRidge(features, targets, { standardize, regularize, trainBiases }).addBatch(of, wanted));

  it.each([true, false])('comes to the same without a penalty, with biases: %s', (trainBiases) => {
    const [plain, scored] = [fit(false, 0, wide, trainBiases), fit(true, 0, wide, trainBiases)];
    scored.weights.values.forEach((weight, place) =>
      expect(weight).toBeCloseTo(plain.weights.values[place] as number, 9),
    );
    scored.bias.forEach((bias, place) => expect(bias).toBeCloseTo(plain.bias[place] as number, 9));
  });

  it('weighs inputs of every size alike, by the first batch', () => {
    const factors = [1, 10, 100];
    const scored = fit(true, 5);
    const narrow = fit(
      true,
      5,
      createMatrix(
        rows,
        features,
        wide.values.map((value, place) => value / (factors[place % 3] ?? 1)),
      ),
    );
    scored.weights.values.forEach((weight, place) =>
      expect(weight * (factors[Math.floor(place / targets)] as number)).toBeCloseTo(
        narrow.weights.values[place] as number,
        9,
      ),
    );
    const trainer = createLayerRidge(features, targets, { standardize: true, regularize: 5 });
    expectOk(trainer.addBatch(wide, wanted));
    const twice = expectOk(trainer.addBatch(wide, wanted));
    const half = fit(true, 2.5);
    twice.weights.values.forEach((weight, place) =>
      expect(weight).toBeCloseTo(half.weights.values[place] as number, 9),
    );
  });
});
