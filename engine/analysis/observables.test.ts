/** Errors of predicted series, worked out by hand for four rows of two features. */
import { describe, expect, it } from 'vitest';
import { expectOk } from '../base/result.ts';
import {
  errorNorms,
  errorOverall,
  errorPerFeature,
  normalisedError,
  normalisedErrorPerFeature,
  type FeatureSeries,
} from './observables.ts';

const series = (...values: number[]): FeatureSeries => ({ shape: [4, 2], values: Float64Array.from(values) });
const target = series(1, 10, 2, 20, 3, 30, 4, 40);
/** One off by 1 in every row, the other by 2. */
const predicted = series(2, 12, 3, 22, 4, 32, 5, 42);

describe('errors', () => {
  it('given errors of 1 and 2, then overall and per feature they are means of these', () => {
    expect(expectOk(errorOverall('mse', predicted, target))).toBeCloseTo(2.5, 12);
    expect(expectOk(errorOverall('rmse', predicted, target))).toBeCloseTo(Math.sqrt(2.5), 12);
    expect(expectOk(errorOverall('mae', predicted, target))).toBeCloseTo(1.5, 12);
    expect([...expectOk(errorPerFeature('mse', predicted, target))]).toEqual([1, 4]);
    // 1 − 4·1/5 and 1 − 4·4/500.
    const explained = expectOk(errorPerFeature('rsquare', predicted, target));
    expect(explained[0]).toBeCloseTo(0.2, 12);
    expect(explained[1]).toBeCloseTo(1 - 16 / 500, 12);
  });

  it('given a norm, then rmse is divided by range, variance, mean or quartiles of the targets', () => {
    const wanted = {
      minmax: [1 / 3, 2 / 30],
      var: [1 / 1.25, 2 / 125],
      mean: [1 / 2.5, 2 / 25],
      q1q3: [1 / 1.5, 2 / 15],
    };
    for (const norm of Object.keys(errorNorms) as (keyof typeof errorNorms)[]) {
      const found = expectOk(normalisedErrorPerFeature(norm, predicted, target));
      wanted[norm].forEach((value, feature) => expect(found[feature], norm).toBeCloseTo(value, 12));
    }
    expect(expectOk(normalisedError(2, predicted, target))).toBeCloseTo(Math.sqrt(2.5) / 2, 12);
    expect(expectOk(normalisedError('minmax', predicted, target))).toBeCloseTo(Math.sqrt(2.5) / 39, 12);
  });

  it('given several series, then a feature is gathered from all of them', () => {
    const two = (values: number[]): FeatureSeries => ({ shape: [2, 2, 2], values: Float64Array.from(values) });
    const found = errorPerFeature('mae', two([2, 12, 3, 22, 4, 32, 5, 42]), two([...target.values]));
    expect([...expectOk(found)]).toEqual([1, 2]);
  });

  it('given other shapes, then a problem names both', () => {
    const other: FeatureSeries = { shape: [2, 4], values: target.values };
    for (const refused of [
      errorOverall('mse', other, target),
      errorPerFeature('mse', other, target),
      normalisedError('var', other, target),
      normalisedErrorPerFeature('var', other, target),
    ])
      expect(refused).toMatchObject({ ok: false, problems: [{ code: 'training/shape' }] });
  });
});
