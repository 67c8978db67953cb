/** Two traces against each other: which rows meet, what the errors are, and what is refused. */
import { describe, expect, it } from 'vitest';
import { expectOk } from '../../../engine/base/result.ts';
import { constantTarget, matchRows, observablesOf, type RecordedTrace } from './compare-traces.ts';

/** Samples of one channel or several, every `step` seconds. */
function trace(values: readonly number[], channels = 1, step = 0.1): RecordedTrace {
  const times = Float64Array.from({ length: values.length / channels }, (_, row) => row * step);
  return { times, values: Float64Array.from(values), channels };
}

const whole = { fromSeconds: 0, toSeconds: 10 };

describe('matchRows', () => {
  it('given a span, then only its rows count, and rows without a number are left out and told', () => {
    const predicted = { trace: trace([NaN, 2, 3, 4, 5]), channel: 0 };
    const target = { trace: trace([1, 1, 1, 1, 1]), channel: 0 };
    const found = expectOk(matchRows(predicted, target, { fromSeconds: 0, toSeconds: 0.3 }));
    expect([...found.predicted.values]).toEqual([2, 3, 4]);
    expect([found.rows, found.left]).toEqual([3, 1]);
  });

  it('given traces of different steps, then the times they share meet', () => {
    const fine = { trace: trace([0, 1, 2, 3, 4, 5, 6]), channel: 0 };
    const coarse = { trace: trace([10, 13, 16], 1, 0.3), channel: 0 };
    const found = expectOk(matchRows(fine, coarse, whole));
    expect([...found.predicted.values, ...found.target.values]).toEqual([0, 3, 6, 10, 13, 16]);
  });

  it('given a channel of several, then that one is compared', () => {
    const both = { trace: trace([1, 10, 2, 20], 2), channel: 1 };
    expect([...expectOk(matchRows(both, both, whole)).target.values]).toEqual([10, 20]);
  });

  it('given nothing to compare, then each reason is told', () => {
    const one = { trace: trace([1, 2, 3]), channel: 'all' } as const;
    const code = (...[left, right, span]: Parameters<typeof matchRows>) =>
      matchRows(left, right, span).problems.map((found) => found.code);
    expect(code(one, { trace: trace([1, 2, 3, 4], 2), channel: 'all' }, whole)).toEqual(['training/shape']);
    expect(code(one, one, { fromSeconds: 5, toSeconds: 6 })).toEqual(['training/too-few-samples']);
    expect(code({ trace: trace([NaN, NaN, NaN]), channel: 0 }, one, whole)).toEqual(['training/not-finite']);
  });
});

describe('observablesOf', () => {
  it('given a prediction that is off by one, then the errors are those of its definition', () => {
    const matched = expectOk(
      matchRows({ trace: trace([1, 3, 3, 5]), channel: 0 }, { trace: trace([0, 2, 4, 6]), channel: 0 }, whole),
    );
    const values = Object.fromEntries(observablesOf(matched).map(({ id, value }) => [id, value]));
    // Target 0, 2, 4, 6: mean 3, variance 5, range 6, quartiles 1.5 and 4.5; every error is 1.
    expect(values).toMatchObject({ mse: 1, rmse: 1, mae: 1, rsquare: 0.8 });
    expect(values['minmax']).toBeCloseTo(1 / 6, 12);
    expect(values['var']).toBeCloseTo(1 / 5, 12);
    expect(values['mean']).toBeCloseTo(1 / 3, 12);
    expect(values['q1q3']).toBeCloseTo(1 / 3, 12);
    expect(constantTarget(matched)).toBeUndefined();
  });

  it('given a target that never changes, then what is a share of its spread has no value, which is said', () => {
    const matched = expectOk(
      matchRows({ trace: trace([1, 2]), channel: 0 }, { trace: trace([0, 0]), channel: 0 }, whole),
    );
    const without = observablesOf(matched).filter(({ value }) => value === undefined);
    expect(without.map(({ id }) => id)).toEqual(['rsquare', 'minmax', 'var', 'mean', 'q1q3']);
    expect(constantTarget(matched)).toMatchObject({ code: 'measure/impossible', severity: 'warning' });
  });
});
