import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createUniformSource } from '../base/random.ts';
import { expectOk } from '../base/result.ts';
import { createMatrix, type Matrix } from '../math/matrix.ts';
import { createContinuousSeries } from '../timeseries/continuous-series.ts';
import { sampleLayerBatch } from './layer-batch.ts';
import { createLayerRidge } from './layer-ridge.ts';
import { createRidgeAccumulator } from './ridge-accumulator.ts';
import { fitRidge, predictRidge } from './ridge.ts';
import { meanAbsoluteError, rmse, rSquare } from '../math/errors.ts';
import { createRunningScore, nrmse, persistenceNrmse } from './scores.ts';

function randomMatrix(rows: number, columns: number, seed: number, offset = 0): Matrix {
  const source = createUniformSource(seed);
  return createMatrix(
    rows,
    columns,
    Float64Array.from({ length: rows * columns }, () => offset + source.next()),
  );
}

const codeOf = (result: { ok: boolean; problems: readonly { code: string }[] }): string =>
  result.ok ? 'accepted' : (result.problems[0]?.code ?? '');

describe('ridge regression', () => {
  it('finds the weights and bias of a linear relation, far from zero as well', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), fc.constantFrom(0, 1, 1e4), (seed, offset) => {
        const features = randomMatrix(40, 3, seed, offset);
        const truth = { weights: randomMatrix(3, 2, seed + 1), bias: new Float64Array([0.5, -2]) };
        const targets = expectOk(predictRidge(truth, features));
        const found = expectOk(fitRidge([{ features, targets }], { ridge: 0 }));
        const distance = found.weights.values.map((value, place) =>
          Math.abs(value - (truth.weights.values[place] as number)),
        );
        expect(Math.max(...distance)).toBeLessThan(1e-6);
      }),
      { numRuns: 40 },
    );
  });

  it('is penalised: a larger ridge gives smaller weights, and the bias stays the mean', () => {
    const features = randomMatrix(30, 4, 1);
    const targets = randomMatrix(30, 1, 2);
    const strong = expectOk(fitRidge([{ features, targets }], { ridge: 1e12 }));
    expect(Math.max(...strong.weights.values.map(Math.abs))).toBeLessThan(1e-9);
    expect(strong.bias[0]).toBeCloseTo(targets.values.reduce((sum, value) => sum + value, 0) / 30, 9);
  });

  it('drops the washout of every series', () => {
    const features = randomMatrix(20, 2, 5);
    const targets = randomMatrix(20, 1, 6);
    const cut = {
      features: createMatrix(15, 2, features.values.slice(10)),
      targets: createMatrix(15, 1, targets.values.slice(5)),
    };
    expect(fitRidge([{ features, targets }], { ridge: 0.1, washout: 5 })).toEqual(fitRidge([cut], { ridge: 0.1 }));
  });

  it('says what stands in the way', () => {
    const two = randomMatrix(5, 2, 1);
    const one = randomMatrix(5, 1, 2);
    const twin = createMatrix(5, 2, Float64Array.from([1, 1, 2, 2, 3, 3, 4, 4, 5, 5]));
    const broken = createMatrix(5, 1, new Float64Array(5).fill(NaN));
    expect(codeOf(fitRidge([], { ridge: 1 }))).toBe('training/too-few-samples');
    expect(codeOf(fitRidge([{ features: two, targets: one }], { ridge: 1, washout: 5 }))).toBe(
      'training/too-few-samples',
    );
    expect(codeOf(fitRidge([{ features: two, targets: randomMatrix(4, 1, 3) }], { ridge: 1 }))).toBe('training/shape');
    expect(codeOf(fitRidge([{ features: twin, targets: one }], { ridge: 0 }))).toBe('training/singular');
    expect(codeOf(fitRidge([{ features: twin, targets: one }], { ridge: 0.1 }))).toBe('accepted');
    expect(codeOf(fitRidge([{ features: two, targets: broken }], { ridge: 1 }))).toBe('training/not-finite');
    expect(codeOf(predictRidge({ weights: two, bias: new Float64Array(2) }, two))).toBe('training/shape');
  });

  it('counts its rows and can be solved again after more of them', () => {
    const accumulator = createRidgeAccumulator(1, 1);
    accumulator.add(new Float64Array([1]), new Float64Array([2]));
    accumulator.add(new Float64Array([2]), new Float64Array([4]));
    expect(accumulator.rows).toBe(2);
    expect(expectOk(accumulator.solve({ ridge: 0 })).weights.values[0]).toBeCloseTo(2, 12);
    accumulator.add(new Float64Array([3]), new Float64Array([12]));
    expect(expectOk(accumulator.solve({ ridge: 0 })).weights.values[0]).toBeCloseTo(5, 12);
  });
});

describe('training of a layer in batches', () => {
  it('gives the same in one batch as in two', () => {
    const input = randomMatrix(30, 2, 8);
    const target = randomMatrix(30, 1, 9);
    const part = (matrix: Matrix, from: number, to: number): Matrix =>
      createMatrix(to - from, matrix.columns, matrix.values.slice(from * matrix.columns, to * matrix.columns));
    const whole = createLayerRidge(2, 1, { regularize: 0.1 });
    const pieces = createLayerRidge(2, 1, { regularize: 0.1 });
    const once = expectOk(whole.addBatch(input, target));
    expectOk(pieces.addBatch(part(input, 0, 12), part(target, 0, 12)));
    const twice = expectOk(pieces.addBatch(part(input, 12, 30), part(target, 12, 30)));
    twice.weights.values.forEach((value, place) => {
      expect(value).toBeCloseTo(once.weights.values[place] as number, 12);
    });
    expect(
      expectOk(createLayerRidge(2, 1, { regularize: 0.1, trainBiases: false }).addBatch(input, target)).bias,
    ).toEqual(new Float64Array(1));
  });

  it('refuses batches that do not fit', () => {
    const trainer = createLayerRidge(2, 1, { regularize: 0 });
    const nothing = createMatrix(0, 2);
    expect(codeOf(trainer.addBatch(randomMatrix(3, 2, 1), randomMatrix(4, 1, 1)))).toBe('training/shape');
    expect(codeOf(trainer.addBatch(nothing, createMatrix(0, 1)))).toBe('training/too-few-samples');
    expect(codeOf(trainer.addBatch(createMatrix(1, 2, new Float64Array([NaN, 1])), createMatrix(1, 1)))).toBe(
      'training/not-finite',
    );
    expect(codeOf(trainer.addBatch(createMatrix(2, 2), createMatrix(2, 1)))).toBe('training/singular');
  });

  it('reads its samples on the time base of the target', () => {
    const series = (times: number[], samples: number[]) =>
      expectOk(
        createContinuousSeries(Float64Array.from(times), Float64Array.from(samples), samples.length / times.length),
      );
    const target = series([0, 1], [0, 1]);
    const options = { timeStep: 0.5, isLast: false, inputCount: 2, targetCount: 1 };
    const batch = expectOk(sampleLayerBatch(target, series([0, 0.6], [4, 4]), options));
    expect([...batch.times]).toEqual([0, 0.5]);
    expect([...batch.input.values]).toEqual([4, 4, 4, 4]);
    expect([...expectOk(sampleLayerBatch(target, undefined, { ...options, isLast: true })).target.values]).toEqual([
      0, 0.5, 1,
    ]);
    expect(codeOf(sampleLayerBatch({ ...target, stop: 2 }, undefined, options))).toBe('training/not-finite');
    expect(codeOf(sampleLayerBatch(target, undefined, { ...options, targetCount: 3 }))).toBe('training/shape');
    expect(codeOf(sampleLayerBatch(target, series([0], [1, 2, 3]), options))).toBe('training/shape');
  });
});

describe('scores', () => {
  const target = [1, 2, 3, 4];

  it('normalise by the deviation of the target', () => {
    expect(rmse([1, 2, 3, 6], target)).toBe(1);
    expect(nrmse([2.5, 2.5, 2.5, 2.5], target)).toBe(1);
    expect(rSquare(target, target)).toBe(1);
    expect(meanAbsoluteError([1, 2, 3, 6], target)).toBe(0.5);
  });

  it('are the same gathered pair by pair', () => {
    const predicted = [1.5, 2, 2.5, 4];
    const running = createRunningScore();
    target.forEach((value, index) => {
      running.add(predicted[index] as number, value);
    });
    expect(running.count).toBe(4);
    expect(running.rmse).toBe(rmse(predicted, target));
    expect(running.nrmse).toBeCloseTo(nrmse(predicted, target), 15);
    expect(running.rSquare).toBeCloseTo(rSquare(predicted, target), 15);
  });

  it('persistence holds the value of `horizon` rows before', () => {
    expect(persistenceNrmse([5, 1, 2, 3, 4], 1, 2)).toBeCloseTo(1 / Math.sqrt(2 / 3), 12);
    expect(persistenceNrmse([1, 2, 1, 2, 1, 2], 2)).toBe(0);
  });
});
