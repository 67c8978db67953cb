import { describe, expect, it } from 'vitest';
import { expectOk } from '../base/result.ts';
import { createEmptyDocument } from '../model/new-document.ts';
import {
  createContinuousSeries,
  createSampledSeries,
  type ContinuousOptions,
} from '../timeseries/continuous-series.ts';
import { createEventSeries } from '../timeseries/event-series.ts';
import { parametersOfSeries, seriesOfElement } from './element-series.ts';
import { operationsOnEvents } from './series-operations/operations-on-events.ts';
import { operationsOnRows } from './series-operations/operations-on-rows.ts';
import type { Given, Series, SeriesOperation } from './series-operations/series-operation.ts';

function rows(times: readonly number[], samples: readonly number[], options: ContinuousOptions = {}) {
  const channels = samples.length / times.length;
  return expectOk(createContinuousSeries(Float64Array.from(times), Float64Array.from(samples), channels, options));
}

function events(times: readonly number[], channels: readonly number[], channelCount = 3) {
  return expectOk(createEventSeries(Float64Array.from(times), Int32Array.from(channels), { channelCount, start: 0 }));
}

/** The series that an element with the parameters of the series plays. */
function backAndForth(series: Series): Series | undefined {
  const { kind, parameters, arrays } = expectOk(parametersOfSeries(series, { source: 'test' }));
  const empty = createEmptyDocument('Test');
  const element = { id: 'el', kind, name: 'X', parameters };
  const found = seriesOfElement(
    { ...empty, elements: { el: element }, arrays: Object.fromEntries(arrays.map((array) => [array.id, array])) },
    'el',
  );
  return found === undefined ? undefined : expectOk(found);
}

describe('a series as parameters of a block', () => {
  it.each<[string, Series]>([
    ['rows at any times', rows([0.1, 0.25, 0.3], [1, 2, 3, 4, 5, 6], { interpolation: 'previous' })],
    ['even rows', rows([0, 0.002, 0.004], [1, 2, 3])],
    ['rows that repeat with a gap', rows([0.1, 0.25, 0.3], [1, 2, 3], { periodic: true, start: 0.1, stop: 0.5 })],
    ['events', events([0, 0.5, 0.5], [2, 0, 1])],
    ['events before 0', { ...events([0, 0.5], [2, 0]), start: -1, times: Float64Array.of(-1, 0.5) }],
    ['events that repeat', { ...events([0.1, 0.5], [2, 0]), stop: 0.7, periodic: true }],
  ])('is the same when it is read back: %s', (_, series) => {
    expect(backAndForth(series)).toEqual(series);
  });

  it('has no times where the rows are even and begin at 0', () => {
    const even = expectOk(createSampledSeries(Float64Array.of(1, 2, 3), 1, 0.0001));
    const { parameters, arrays } = expectOk(parametersOfSeries(even, { source: 'test' }));
    expect(arrays).toHaveLength(1);
    expect(parameters).toMatchObject({ times: null, sample_period: { value: 0.1, unit: 'ms' } });
  });

  it('fails where a sample is not a number, naming row, channel and time, and where there is nothing', () => {
    const holes = rows([0, 0.5], [1, 2, 3, Number.NaN]);
    const [found] = parametersOfSeries(holes, { source: '' }).problems;
    expect(found?.message).toContain('Row 2 of channel 1 (at 0.5 s) is NaN');
    expect(parametersOfSeries(events([], []), { source: '' }).ok).toBe(false);
  });
});

const line = rows([0, 0.01, 0.02], [0, 10, 20]);
const pair = rows([0, 0.02], [1, 2, 3, 4]);
const spikes = events([0, 0.004, 0.0042, 0.02], [0, 2, 2, 1]);

describe('operations on rows', () => {
  it.each<[string, Series, Given, Series | undefined, readonly number[], readonly number[]]>([
    ['clip', line, { from: '5 ms', to: '15' }, undefined, [0.005, 0.01, 0.015], [5, 10, 15]],
    ['clip', line, { from: '5 ms', sample_limits: 'false' }, undefined, [0.01, 0.02], [10, 20]],
    ['resample', line, { every: '4 ms' }, undefined, [0, 0.004, 0.008, 0.012, 0.016, 0.02], [0, 4, 8, 12, 16, 20]],
    ['delay', line, { by: '-1 s' }, undefined, [-1, -0.99, -0.98], [0, 10, 20]],
    ['channels', pair, { channels: '1, 0-1' }, undefined, [0, 0.02], [2, 1, 2, 4, 3, 4]],
    ['arithmetic', line, { operator: 'floorDivide', operand: '3' }, undefined, [0, 0.01, 0.02], [0, 3, 6]],
    [
      'arithmetic',
      line,
      { operator: 'subtract', operand: '3', swapped: 'true' },
      undefined,
      [0, 0.01, 0.02],
      [3, -7, -17],
    ],
    ['arithmetic', pair, { operator: 'multiply' }, line, [0, 0.02], [0, 0, 60, 80]],
    ['arithmetic', pair, { operator: 'negate' }, undefined, [0, 0.02], [-1, -2, -3, -4]],
    ['merge', line, {}, rows([0.01, 0.015], [1, 2]), [0, 0.01, 0.015, 0.02], [0, 10, 2, 20]],
    ['append', line, { gap: '' }, rows([5, 6], [1, 2]), [0, 0.01, 0.02, 0.03, 1.03], [0, 10, 20, 1, 2]],
    ['append-channels', pair, {}, line, [0, 0.02], [1, 2, 0, 3, 4, 20]],
  ])('%s', (id, series, given, other, times, samples) => {
    const result = expectOk(apply(id, series, given, other));
    expect([...result.times].map((time) => Number(time.toFixed(9)))).toEqual(times);
    expect([...(result.type === 'continuous' ? result.samples : [])].map((each) => Number(each.toFixed(9)))).toEqual(
      samples,
    );
  });

  it('choose the interpolation', () => {
    expect(expectOk(apply('interpolate', line, { kind: 'quadratic' }))).toEqual({
      ...line,
      interpolation: 'quadratic',
    });
  });
});

describe('operations on events', () => {
  it.each<[string, Given, Series | undefined, readonly number[], readonly number[]]>([
    ['clip', { from: '1 ms', to: '20 ms' }, undefined, [0.004, 0.0042], [2, 2]],
    ['clip', { from: '1 ms', to: '20 ms', include_stop: 'true' }, undefined, [0.004, 0.0042, 0.02], [2, 2, 1]],
    ['delay', { by: '1 s' }, undefined, [1, 1.004, 1.0042, 1.02], [0, 2, 2, 1]],
    ['channels', { channels: '2', renumber: 'true' }, undefined, [0.004, 0.0042], [0, 0]],
    ['remap', { map: '4 3 2' }, undefined, [0, 0.004, 0.0042, 0.02], [4, 2, 2, 3]],
    ['merge', { later: '1 ms' }, events([0], [1]), [0, 0.001, 0.004, 0.0042, 0.02], [0, 1, 2, 2, 1]],
    ['append', { gap: '5 ms' }, events([0], [1]), [0, 0.004, 0.0042, 0.02, 0.025], [0, 2, 2, 1, 1]],
    ['append-channels', {}, events([0.001], [0]), [0, 0.001, 0.004, 0.0042, 0.02], [0, 3, 2, 2, 1]],
  ])('%s', (id, given, other, times, channels) => {
    const result = expectOk(apply(id, spikes, given, other));
    expect([...result.times].map((time) => Number(time.toFixed(9)))).toEqual(times);
    expect([...(result.type === 'events' ? result.channels : [])]).toEqual(channels);
  });

  it('raster: counts of each step', () => {
    const result = expectOk(apply('raster', spikes, { bin: '10 ms' }));
    expect(result).toMatchObject({ type: 'continuous', channelCount: 3, interpolation: 'previous' });
    expect([...(result.type === 'continuous' ? result.samples : [])]).toEqual([1, 0, 2, 0, 0, 0, 0, 1, 0]);
  });
});

describe('what is entered wrong', () => {
  it.each<[string, Series, Given, string]>([
    ['resample', line, { every: '' }, 'Every is missing'],
    ['resample', line, { every: '0 ms' }, 'above 0'],
    ['resample', line, { every: '3 mV' }, 'Every'],
    ['channels', pair, { channels: '0, x' }, '"x"'],
    ['channels', pair, { channels: '2' }, '0 to 1'],
    ['arithmetic', line, { operand: 'many' }, '"many"'],
    ['merge', line, {}, 'second series'],
    ['remap', spikes, { map: '1 2' }, 'Give 3'],
    ['raster', spikes, { bin: '-1 ms' }, 'positive'],
    ['interpolate', pair, { kind: 'cubic' }, 'at least 4'],
  ])('%s with %s: %s', (id, series, given, words) => {
    const result = apply(id, series, given);
    expect(result.ok).toBe(false);
    expect(result.problems.map(({ message, hint }) => `${message} ${hint}`).join()).toContain(words);
  });
});

function apply(id: string, series: Series, given: Given, other?: Series) {
  const all: readonly SeriesOperation<never>[] = series.type === 'events' ? operationsOnEvents : operationsOnRows;
  const operation = all.find((each) => each.id === id) as SeriesOperation | undefined;
  if (operation === undefined) throw new Error(`there is no operation ${id}`);
  return operation.apply(series, given, other);
}
