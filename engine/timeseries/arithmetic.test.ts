import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectOk } from '../base/result.ts';
import { combineSamples, extremesOf, mapSamples, operations, type Operand, type Operation } from './arithmetic.ts';
import { createContinuousSeries } from './continuous-series.ts';

const make = (times: number[], samples: number[], channelCount = 1) =>
  expectOk(createContinuousSeries(Float64Array.from(times), Float64Array.from(samples), channelCount));
const combined = (samples: number[], operation: Operation, operand: Operand, swapped = false) => [
  ...expectOk(combineSamples(make([0, 1], samples), operation, operand, swapped)).samples,
];
const anything = fc.oneof(fc.double(), fc.constantFrom(0, -0, 1, -1, NaN, Infinity, -Infinity, 0.1, 7));

describe('sample and operand', () => {
  it('sums and differences count what is no number as 0, unless neither is one', () => {
    expect(combined([NaN, 2], 'add', 3)).toEqual([3, 5]);
    expect(combined([NaN, 2], 'add', NaN)).toEqual([NaN, 2]);
    expect(combined([NaN, 2], 'subtract', 3, true)).toEqual([3, 1]);
    fc.assert(
      fc.property(anything, anything, (left, right) => {
        if (Number.isNaN(left) && Number.isNaN(right)) return;
        expect(operations.add(left, right)).toBe((Number.isNaN(left) ? 0 : left) + (Number.isNaN(right) ? 0 : right));
      }),
    );
  });

  it('products, quotients and powers are no number where one of the two is none', () => {
    for (const operation of ['multiply', 'divide', 'floorDivide', 'power'] as const) {
      fc.assert(
        fc.property(anything, (other) => {
          expect([operations[operation](NaN, other), operations[operation](other, NaN)]).toEqual([NaN, NaN]);
        }),
      );
    }
  });

  it('whole quotients leave a rest with the sign of the divisor that is smaller than it', () => {
    expect(combined([7, -7], 'floorDivide', 2)).toEqual([3, -4]);
    expect(combined([7, 1], 'floorDivide', 0.1)).toEqual([69, 9]);
    expect(combined([1, 0], 'floorDivide', 0)).toEqual([NaN, NaN]);
    expect(combined([1, -3], 'floorDivide', Infinity)).toEqual([0, -1]);
    const whole = fc.integer({ min: -1000, max: 1000 });
    fc.assert(
      fc.property(
        whole,
        whole.filter((divisor) => divisor !== 0),
        (left, right) => {
          expect(operations.floorDivide(left, right) + 0).toBe(Math.floor(left / right) + 0);
        },
      ),
    );
  });

  it('powers of one are one, whatever the exponent', () => {
    expect(combined([1, -1], 'power', Infinity)).toEqual([1, 1]);
    expect(combined([2, 0], 'power', 3, true)).toEqual([9, 1]);
    expect(combined([-8, 4], 'power', 0.5)).toEqual([NaN, 2]);
  });
});

describe('an operand', () => {
  const series = make([0, 1, 2], [1, 2, 3, 4, 5, 6], 2);
  const shaped = (shape: number[], values: number[]): Operand => ({ shape, values: Float64Array.from(values) });
  const sum = (operand: Operand) => combineSamples(series, 'add', operand);

  it('spreads over samples and channels as the shape says', () => {
    expect([...expectOk(sum(shaped([2], [10, 20]))).samples]).toEqual([11, 22, 13, 24, 15, 26]);
    expect([...expectOk(sum(shaped([3, 1], [10, 20, 30]))).samples]).toEqual([11, 12, 23, 24, 35, 36]);
    expect([...expectOk(sum(shaped([3, 2], [1, 1, 1, 1, 1, 2]))).samples]).toEqual([2, 3, 4, 5, 6, 8]);
    expect([...expectOk(sum(shaped([1], [1]))).samples]).toEqual([2, 3, 4, 5, 6, 7]);
  });

  it('that does not spread is refused', () => {
    for (const operand of [shaped([3], [1, 2, 3]), shaped([2, 2], [1, 2, 3, 4]), shaped([1, 3, 2], [1, 2, 3, 4, 5, 6])])
      expect(sum(operand).problems[0]?.code).toBe('timeseries/invalid');
  });

  it('that is a series is read at the times of the first', () => {
    const other = make([0.5, 1.5], [10, 20]);
    expect([...expectOk(sum(other)).samples]).toEqual([1, 2, 18, 19, 5, 6]);
    expect([...expectOk(combineSamples(series, 'multiply', other)).samples]).toEqual([NaN, NaN, 45, 60, NaN, NaN]);
    expect(expectOk(sum(other)).times).toEqual(series.times);
  });
});

it('samples change one by one, and extremes do not count what is no number', () => {
  expect([...mapSamples(make([0, 1], [-2, 3]), Math.abs).samples]).toEqual([2, 3]);
  expect(extremesOf(make([0, 1, 2], [NaN, 3, -1]))).toEqual({ least: -1, greatest: 3 });
  expect(extremesOf(make([0], [NaN]))).toEqual({ least: NaN, greatest: NaN });
  expect(extremesOf(make([], []))).toBeUndefined();
});
