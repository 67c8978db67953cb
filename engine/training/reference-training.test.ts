import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { expectOk } from '../base/result.ts';
import {
  isNumericArray,
  isRecord,
  readCase,
  type CaseRecord,
  type CaseValue,
  type ReferenceCase,
} from '../conform/reference-case.ts';
import { tanh } from '../math/elementary.ts';
import { createMatrix, multiplyMatrices, type Matrix } from '../math/matrix.ts';
import type { NumericArray } from '../model/validated.ts';
import { createContinuousSeries, type ContinuousSeries } from '../timeseries/continuous-series.ts';
import { sampleLayerBatch } from './layer-batch.ts';
import { createLayerRidge } from './layer-ridge.ts';
import { fitRidge, predictRidge } from './ridge.ts';
import { rmse, rmseOverRange, rSquare } from '../math/errors.ts';

const root = new URL('../../e2e/cases/', import.meta.url);

function casesOf(folder: string, part: string): ReferenceCase[] {
  const at = new URL(`${folder}/`, root);
  return readdirSync(at)
    .filter((name) => name.includes(part))
    .map((name) => expectOk(readCase(JSON.parse(gunzipSync(readFileSync(new URL(name, at))).toString()), name)));
}

function numbers(value: CaseValue | undefined): NumericArray {
  if (isNumericArray(value)) return value;
  if (Array.isArray(value)) return { shape: [value.length], values: Float64Array.from(value as number[]) };
  throw new Error('the case lacks an array');
}

function record(value: CaseValue | undefined): CaseRecord {
  if (!isRecord(value)) throw new Error('the case lacks a record');
  return value;
}

function matrixOf(value: CaseValue | undefined): Matrix {
  const { shape, values } = numbers(value);
  return createMatrix(shape[0] ?? 0, shape[1] ?? 1, values);
}

function seriesOf(value: CaseValue | undefined): ContinuousSeries {
  const { times, samples, t_start, t_stop } = record(value);
  const { shape, values } = numbers(samples);
  return expectOk(
    createContinuousSeries(numbers(times).values, values, shape[1] ?? 1, {
      start: t_start as number,
      stop: t_stop as number,
    }),
  );
}

function expectTrace(found: Float64Array, wanted: CaseValue | undefined, absolute: number, relative: number): void {
  const { values } = numbers(wanted);
  expect(found.length).toBe(values.length);
  const worst = Math.max(
    ...Array.from(
      values,
      (value, index) => Math.abs(value - (found[index] as number)) / (absolute + relative * Math.abs(value)),
    ),
  );
  expect(worst).toBeLessThanOrEqual(1);
}

/** A matrix [rows, columns], or a stack of them [series, rows, columns]. */
function seriesOfMatrices(value: CaseValue | undefined): Matrix[] {
  const { shape, values } = numbers(value);
  const columns = shape[shape.length - 1] as number;
  const rows = shape[shape.length - 2] as number;
  const count = values.length / (rows * columns);
  return Array.from({ length: count }, (_, index) =>
    createMatrix(rows, columns, values.slice(index * rows * columns, (index + 1) * rows * columns)),
  );
}

describe('ridge regression as reservoirpy', () => {
  for (const { id, parameters, all, expected } of casesOf('reservoirpy/Ridge', 'fit')) {
    it(`reproduces ${id}`, () => {
      const input = record(all['input']);
      const targets = seriesOfMatrices(input['Y']);
      const series = seriesOfMatrices(input['X']).map((features, index) => ({
        features,
        targets: targets[index] as Matrix,
      }));
      const options = {
        ridge: parameters['ridge'] as number,
        fitBias: parameters['fit_bias'] as boolean,
        washout: parameters['warmup'] as number,
      };
      const solution = expectOk(fitRidge(series, options));
      expectTrace(solution.weights.values, expected['Wout'], 1e-8, 1e-7);
      expectTrace(solution.bias, expected['bias'], 1e-8, 1e-7);
      expectTrace(
        expectOk(predictRidge(solution, matrixOf(input['X_test']))).values,
        expected['prediction'],
        1e-8,
        1e-7,
      );
    });
  }

  for (const { id, parameters, all, expected } of casesOf('reservoirpy/ReservoirRidge', 'mackey')) {
    it(`reproduces the readout of ${id}`, () => {
      const input = record(all['input']);
      const { features, targets, test } = reservoirStates(parameters, input);
      const solution = expectOk(
        fitRidge([{ features, targets }], {
          ridge: parameters['ridge'] as number,
          washout: parameters['warmup'] as number,
        }),
      );
      const prediction = expectOk(predictRidge(solution, test)).values;
      const truth = numbers(input['Y_test']).values;
      expectTrace(solution.weights.values, expected['Wout'], 1e-5, 1e-4);
      expectTrace(prediction, expected['prediction'], 1e-6, 1e-6);
      expect(rmseOverRange(prediction, truth)).toBeCloseTo(expected['nrmse'] as number, 8);
      expect(rmse(prediction, truth)).toBeCloseTo(expected['rmse'] as number, 8);
      expect(rSquare(prediction, truth)).toBeCloseTo(expected['rsquare'] as number, 8);
    });
  }
});

/** States of the reservoir of a case over training and, continuing, test input. */
function reservoirStates(
  parameters: CaseRecord,
  input: CaseRecord,
): { features: Matrix; targets: Matrix; test: Matrix } {
  const recurrent = matrixOf(parameters['W']);
  const inward = matrixOf(parameters['Win']);
  const bias = numbers(parameters['bias']).values;
  const leak = parameters['lr'] as number;
  let state = createMatrix(recurrent.rows, 1);
  const run = (samples: Matrix): Matrix => {
    const rows = Array.from(samples.values, (sample) => {
      const drive = multiplyMatrices(recurrent, state).values;
      state = createMatrix(
        recurrent.rows,
        1,
        state.values.map(
          (value, unit) =>
            (1 - leak) * value +
            leak * tanh((drive[unit] as number) + (inward.values[unit] as number) * sample + (bias[unit] as number)),
        ),
      );
      return [...state.values];
    });
    return createMatrix(rows.length, recurrent.rows, Float64Array.from(rows.flat()));
  };
  return {
    features: run(matrixOf(input['X_train'])),
    targets: matrixOf(input['Y_train']),
    test: run(matrixOf(input['X_test'])),
  };
}

describe('ridge regression in batches as Rockpool', () => {
  for (const { id, parameters, all } of [
    ...casesOf('rockpool/FFRateEuler', 'train-rr'),
    ...casesOf('rockpool/PassThrough', 'train-rr'),
  ]) {
    it(`reproduces ${id}`, () => {
      const training = record(all['training']);
      const [inputCount = 0, targetCount = 0] = numbers(parameters['weights']).shape;
      const trainer = createLayerRidge(inputCount, targetCount, {
        regularize: training['regularize'] as number,
        fisherRelabelling: training['fisher_relabelling'] as boolean,
      });
      for (const batch of (training['batches'] as readonly CaseValue[]).map(record)) {
        const options = { timeStep: all['dt'] as number, isLast: batch['is_last'] as boolean, inputCount, targetCount };
        const samples = expectOk(sampleLayerBatch(seriesOf(batch['target']), seriesOf(batch['input']), options));
        const solution = expectOk(trainer.addBatch(samples.input, samples.target));
        const after = record(batch['after']);
        const output = record(after['trained_output']);
        expectTrace(trainer.progress.xtx.values, after['xtx'], 1e-8, 1e-7);
        expectTrace(trainer.progress.xty.values, after['xty'], 1e-8, 1e-7);
        expectTrace(solution.weights.values, after['weights'], 1e-8, 1e-7);
        expectTrace(solution.bias, after['bias'], 1e-8, 1e-7);
        expectTrace(samples.times, output['times'], 1e-12, 1e-12);
        expectTrace(expectOk(predictRidge(solution, samples.input)).values, output['samples'], 1e-8, 1e-7);
      }
    });
  }
});
