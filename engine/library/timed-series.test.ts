/** Series with times of their own: what is played is what the time series package reads. */
import { describe, expect, it } from 'vitest';
import { defined } from '../base/assert.ts';
import { expectOk } from '../base/result.ts';
import { encodeArray } from '../model/arrays.ts';
import type { ParameterValue } from '../model/value.ts';
import { createContinuousSeries, interpolationKinds, type InterpolationKind } from '../timeseries/continuous-series.ts';
import { evaluateSeries } from '../timeseries/evaluate.ts';
import { elementDocument, prepared, runOn } from './library-models.test-support.ts';
import { elementKinds } from './library.ts';

const ms = (value: number): ParameterValue => ({ value, unit: 'ms' });
const times = [2, 3.5, 4, 9, 15.25, 16, 17, 25];
const samples = Float64Array.of(1, 5, -2, 4, 0.5, 4, 3, 0, 3, -1, -4, 2, 2, 2, 6, -3);

/** What is played in steps of 1 ms, the same on both targets. */
function played(at: readonly number[], given: Record<string, ParameterValue>, steps: number): number[] {
  const [rows, when] = [encodeArray(samples, [at.length, 2]), encodeArray(at, [at.length, 1])];
  const kind = defined(elementKinds.find('stimuli/series'), 'series');
  const parameters = { series: { array: rows.id, unit: '1' }, times: { array: when.id, unit: 'ms' }, ...given };
  const base = elementDocument(kind, { everyPort: false, parameters });
  const { program } = prepared({ ...base, arrays: { [rows.id]: rows, [when.id]: when } });
  const [interpreted, compiled] = (['interpreter', 'wasm'] as const).map((target) => runOn(target, program, steps));
  expect(compiled).toEqual(interpreted);
  return [...defined(compiled?.['probe probe_out'], 'samples')];
}

function read(at: readonly number[], interpolation: InterpolationKind, steps: number, periodic = false, delay = 0) {
  const series = expectOk(createContinuousSeries(Float64Array.from(at), samples, 2, { interpolation, periodic }));
  const asked = Float64Array.from({ length: steps }, (_, step) => step - delay);
  return Array.from(evaluateSeries(series, asked), (value) => (Number.isNaN(value) ? 0 : value));
}

function expectNear(found: readonly number[], wanted: readonly number[]): void {
  expect(found.length).toBe(wanted.length);
  found.forEach((value, place) => expect(Math.abs(value - (wanted[place] as number)), `${place}`).toBeLessThan(1e-9));
}

describe.each(interpolationKinds.filter((kind) => kind !== 'zero'))(
  'rows at times of their own: %s',
  (interpolation) => {
    it('are what the time series package reads, 0 before and after', () => {
      expectNear(played(times, { interpolation, after: 'zero' }, 30), read(times, interpolation, 30));
    });

    it('come later by a delay and hold the last row', () => {
      const found = played(times, { interpolation, delay: ms(4) }, 40);
      expectNear(found.slice(0, 60), read(times, interpolation, 30, false, 4));
      expectNear(found.slice(-2), [6, -3]);
    });

    it('start again when a round is over, in both directions', () => {
      expectNear(played(times, { interpolation, after: 'repeat' }, 200), read(times, interpolation, 200, true));
    });
  },
);

describe('rows at times of their own', () => {
  it.each(['linear', 'previous', 'next', 'nearest'] as const)('may share a time: %s', (interpolation) => {
    const twins = [0, 4, 4, 7, 7, 9.5, 12, 12];
    expectNear(played(twins, { interpolation, after: 'zero' }, 12), read(twins, interpolation, 12));
  });

  it('are silent between the end of the rows and that of a longer round', () => {
    const found = played(times, { after: 'repeat', period: ms(30) }, 70);
    expect(found.slice(2 * 26, 2 * 32).every((value) => value === 0)).toBe(true);
    expectNear(found.slice(2 * 32, 2 * 56), read(times, 'linear', 26).slice(4));
  });
});
