import { describe, expect, it } from 'vitest';
import { defined } from '../base/assert.ts';
import { expectOk } from '../base/result.ts';
import { encodeArray } from '../model/arrays.ts';
import type { ParameterValue } from '../model/value.ts';
import { createContinuousSeries, type InterpolationKind } from '../timeseries/continuous-series.ts';
import { evaluateSeries } from '../timeseries/evaluate.ts';
import { elementDocument, prepared, runOn } from './library-models.test-support.ts';
import { elementKinds } from './library.ts';
import { prepareRun } from './prepare-run.ts';

const rows = 7;
const samples = Float64Array.of(1, 5, -2, 4, 0.5, 4, 3, 0, 3, -1, -4, 2, 2, 2);
const data = encodeArray(samples, [rows, 2], { source: 'test' });
const ms = (value: number): ParameterValue => ({ value, unit: 'ms' });

/** The document of a stimulus that plays the rows above every 2.5 ms. */
function document(parameters: Record<string, ParameterValue>) {
  const kind = defined(elementKinds.find('stimuli/series'), 'series');
  const base = elementDocument(kind, {
    everyPort: false,
    parameters: { sample_period: ms(2.5), ...parameters, series: { array: data.id, unit: '1' } },
  });
  return { ...base, arrays: { ...base.arrays, [data.id]: data } };
}

/** What it plays in steps of 1 ms. */
function played(parameters: Record<string, ParameterValue>, steps: number): Float64Array[] {
  return (['interpreter', 'wasm'] as const).map((target) => {
    return Float64Array.from(runOn(target, prepared(document(parameters)).program, steps)['probe probe_out'] ?? []);
  });
}

/** What the same series is at the times of the steps, as the time series package reads it. */
function read(interpolation: InterpolationKind, steps: number, closed = false, delay = 0): Float64Array {
  const values = closed ? Float64Array.of(...samples, 1, 5) : samples;
  const times = Float64Array.from({ length: values.length / 2 }, (_, row) => row * 2.5 + delay);
  const series = expectOk(createContinuousSeries(times, values, 2, { interpolation, periodic: closed }));
  return evaluateSeries(
    series,
    Float64Array.from({ length: steps }, (_, step) => step),
  );
}

function expectNear(found: Float64Array, wanted: Float64Array): void {
  expect(found.length).toBe(wanted.length);
  found.forEach((value, place) => expect(Math.abs(value - (wanted[place] as number)), `${place}`).toBeLessThan(1e-9));
}

const kinds = ['linear', 'previous', 'next', 'nearest', 'quadratic', 'cubic'] as const;

describe.each(kinds)('a series from a file, between rows: %s', (interpolation) => {
  it('is what the time series package reads, with the same bits on both targets', () => {
    const [interpreted, compiled] = played({ interpolation }, 16) as [Float64Array, Float64Array];
    expectNear(interpreted, read(interpolation, 16));
    expect(compiled).toEqual(interpreted);
  });

  it('starts again without a jump or a gap: the first row follows the last', () => {
    const [interpreted, compiled] = played({ interpolation, after: 'repeat' }, 400) as [Float64Array, Float64Array];
    expectNear(interpreted, read(interpolation, 400, true));
    expect(compiled).toEqual(interpreted);
  });

  it('is later by its delay, 0 before it, and leaves out the beginning where that is negative', () => {
    const [later] = played({ interpolation, delay: ms(3) }, 19) as [Float64Array];
    expectNear(
      later,
      read(interpolation, 19, false, 3).map((value) => (Number.isNaN(value) ? 0 : value)),
    );
    const [earlier] = played({ interpolation, delay: ms(-4) }, 12) as [Float64Array];
    expectNear(earlier, read(interpolation, 12, false, -4));
  });

  it('holds its last row, or is 0, after the end; repeats in both directions', () => {
    expectNear((played({ interpolation }, 30)[0] as Float64Array).slice(-2), Float64Array.of(2, 2));
    expect([...(played({ interpolation, after: 'zero' }, 30)[0] as Float64Array).slice(-2)]).toEqual([0, 0]);
    const [around] = played({ interpolation, after: 'repeat', delay: ms(5) }, 60) as [Float64Array];
    expectNear(around.slice(10), read(interpolation, 55, true));
  });
});

it('one row per step is shifted by whole steps', () => {
  const [found] = played({ sample_period: ms(0), delay: ms(2), interpolation: 'cubic' }, 9) as [Float64Array];
  expectNear(found, Float64Array.of(0, 0, 0, 0, ...samples));
});

it('a spline through too few rows is refused with what it needs', () => {
  const short = encodeArray(samples.slice(0, 6), [3, 2], { source: 'short' });
  const of = (interpolation: string) => {
    const base = document({ interpolation });
    const subject = { ...defined(base.elements['subject'], 'subject') };
    const parameters = { ...subject.parameters, series: { array: short.id, unit: '1' } };
    return {
      ...base,
      elements: { ...base.elements, subject: { ...subject, parameters } },
      arrays: { [short.id]: short },
    };
  };
  expect(prepareRun(of('quadratic')).ok).toBe(true);
  expect(prepareRun(of('cubic')).problems[0]).toMatchObject({
    code: 'model/parameter-range',
    at: { element: 'subject', path: 'parameters.interpolation' },
  });
});
