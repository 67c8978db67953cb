/** Series import: columns, times, and files that are wrong. */
import { describe, expect, it } from 'vitest';
import { defined } from '../../engine/base/assert.ts';
import { expectOk } from '../../engine/base/result.ts';
import { writeNpz } from '../../engine/formats/npz.ts';
import { writeSeriesNpz } from '../../engine/formats/series-npz.ts';
import { seriesOfElement } from '../../engine/library/element-series.ts';
import { createContinuousSeries } from '../../engine/timeseries/continuous-series.ts';
import { createEventSeries } from '../../engine/timeseries/event-series.ts';
import { importSeriesInto } from '../commands/series-gestures.ts';
import { createTestWorkbench } from '../stores/workbench.test-support.ts';
import { guessEvents, guessTiming, importColumns, importEvents } from './series-import.ts';
import { openSource } from './series-source.ts';

const csv = (text: string, name = 'data.csv') => expectOk(openSource(name, new TextEncoder().encode(text)));
const numbers = (result: ReturnType<typeof importColumns>): number[] => {
  const { series } = expectOk(result);
  return [...(series.type === 'continuous' ? series.samples : series.channels)];
};

describe('a CSV file', () => {
  const table = 'year,month,number,note\n1749,1,58,a\n1749,2,62.6,b\n1749,3,70,c\n';

  it('given columns of text among columns of numbers, then only the chosen ones are read', () => {
    const source = csv(table);
    expect(source.columns).toEqual(['year', 'month', 'number', 'note']);
    expect(source.numeric).toEqual(['year', 'month', 'number']);
    const imported = importColumns(source, ['number'], { kind: 'steps' });
    expect(numbers(imported)).toEqual([58, 62.6, 70]);
    expect(expectOk(imported)).toMatchObject({ everyStep: true, source: 'data.csv · number' });
  });

  it('given a bad cell, then its line and column are named and the document stays as it is', () => {
    const { services } = createTestWorkbench();
    const before = services.document.getState();
    const result = importColumns(csv(table.replace('62.6', 'oops')), ['number'], { kind: 'steps' });
    expect(result).toMatchObject({ ok: false, problems: [{ code: 'csv/bad-cell', at: { line: 3, column: 3 } }] });
    expect(services.document.getState()).toBe(before);
  });

  it('given an empty file, then it is refused', () => {
    expect(openSource('x.csv', new Uint8Array())).toMatchObject({ ok: false, problems: [{ code: 'csv/empty' }] });
  });

  it('given a column called time_ms, then it is taken for the times and gives the period', () => {
    const source = csv('time_ms,v\n0,1\n2,2\n4,3\n');
    const timing = guessTiming(source);
    expect(timing).toEqual({ kind: 'column', column: 'time_ms', unit: 'ms', fromZero: true });
    const imported = importColumns(source, ['v'], timing);
    expect([...expectOk(imported).series.times]).toEqual([0, 0.002, 0.004]);
    expect(numbers(imported)).toEqual([1, 2, 3]);
  });

  it('given times that are not evenly spaced, then the rows keep them, from the first on or as they are', () => {
    const source = csv('t,v\n1,0\n2,10\n5,40\n');
    const timing = { kind: 'column', column: 't', unit: 's' } as const;
    const timesOf = (fromZero: boolean) => [
      ...expectOk(importColumns(source, ['v'], { ...timing, fromZero }, 'previous')).series.times,
    ];
    expect(timesOf(true)).toEqual([0, 1, 4]);
    expect(timesOf(false)).toEqual([1, 2, 5]);
    expect(numbers(importColumns(source, ['v'], timing))).toEqual([0, 10, 40]);
  });

  it('given times that go back, then the row is named', () => {
    const result = importColumns(csv('t,v\n0,0\n2,1\n1,2\n'), ['v'], { kind: 'column', column: 't', unit: 's' });
    expect(result).toMatchObject({ ok: false, problems: [{ code: 'csv/time-order' }] });
  });

  it.each([0, -5, Number.NaN])('given a sample rate of %s, then it is refused', (hertz) => {
    expect(importColumns(csv(table), ['number'], { kind: 'rate', hertz }).ok).toBe(false);
  });
});

describe('a file of events', () => {
  const source = csv('time (ms),cell\n1,0\n1,2\n4.5,1\n', 'spikes.csv');

  it('given a time and a channel column, then they are taken for events', () => {
    const columns = guessEvents(source);
    expect(columns).toEqual({ time: 'time (ms)', unit: 'ms', channel: 'cell', firstChannel: 0 });
    const { series } = expectOk(importEvents(source, columns ?? usual));
    expect(series).toMatchObject({ type: 'events', channelCount: 3, start: 0 });
    expect([...series.times]).toEqual([0.001, 0.001, 0.0045]);
    expect(guessEvents(csv('time,a,b\n1,2,3\n'))).toBeUndefined();
  });

  const usual = { time: 't', unit: 's', channel: 'c', firstChannel: 0 };

  it.each([
    ['t,c\n1,0\n\n2,1\n1.5,0\n', usual, 'csv/time-order', 5],
    ['t,c\n1,0\n2,-1\n', usual, 'csv/bad-cell', 3],
    ['t,c\n1,0\n2,0.5\n', usual, 'csv/bad-cell', 3],
    ['t,c\n1,1\n2,0\n', { ...usual, firstChannel: 1 }, 'csv/bad-cell', 3],
    ['t,c\n1,1\n2,NaN\n', usual, 'csv/bad-cell', 3],
  ])('given %s, then the line is named', (text, columns, code, line) => {
    expect(importEvents(csv(text), columns)).toMatchObject({ ok: false, problems: [{ code, at: { line } }] });
  });
});

describe('a saved series', () => {
  const rows = expectOk(
    createContinuousSeries(Float64Array.of(0.1, 0.4, 0.5), Float64Array.of(1, 2, 3), 1, {
      interpolation: 'nearest',
      periodic: true,
      stop: 0.7,
    }),
  );
  const spikes = expectOk(createEventSeries(Float64Array.of(0.1, 0.4), Int32Array.of(3, 0), { channelCount: 5 }));

  it.each([
    ['stimuli/series', rows],
    ['stimuli/events', spikes],
  ] as const)('given as npz, then its settings are kept: %s', (kind, series) => {
    const { services } = createTestWorkbench();
    const source = expectOk(openSource('x.npz', writeSeriesNpz({ series, name: 'saved' })));
    expect(source.saved).toEqual({ series, name: 'saved' });
    importSeriesInto(services, { series, source: 'x.npz' }, 'x.npz', undefined, undefined);
    const { document } = services.document.getState();
    const [element] = Object.values(document.elements);
    expect(element).toMatchObject({ kind, name: 'X' });
    const played = expectOk(defined(seriesOfElement(document, element?.id ?? ''), 'series'));
    expect(played).toMatchObject({ times: series.times, channelCount: series.channelCount, periodic: series.periodic });
  });

  it('given for a block that plays the other kind, then it is refused', () => {
    const { services } = createTestWorkbench();
    importSeriesInto(services, { series: rows, source: '' }, 'a.npz', undefined, undefined);
    const [id = ''] = Object.keys(services.document.getState().document.elements);
    const before = services.document.getState();
    const target = { element: id, parameter: 'series' };
    const refused = importSeriesInto(services, { series: spikes, source: '' }, 'b.npz', target, undefined);
    expect(refused).toMatchObject([{ code: 'timeseries/invalid' }]);
    expect(services.document.getState()).toBe(before);
  });
});

describe('a npz file', () => {
  it('given an array [times, members, channels], then it is played as a batch', () => {
    const values = Float64Array.from({ length: 12 }, (_, place) => place);
    const source = expectOk(openSource('b.npz', writeNpz(new Map([['x', { shape: [2, 3, 2], values }]]))));
    expect(source.columns).toEqual(['x 0,0', 'x 0,1', 'x 1,0', 'x 1,1', 'x 2,0', 'x 2,1']);
    const whole = importColumns(source, source.columns, { kind: 'steps' });
    expect(numbers(whole)).toEqual([...values]);
    expect(expectOk(whole).members).toBe(3);
    expect(expectOk(importColumns(source, ['x 0,0', 'x 2,0'], { kind: 'steps' })).members).toBe(2);
    expect(expectOk(importColumns(source, ['x 0,0', 'x 2,0', 'x 2,1'], { kind: 'steps' })).members).toBeUndefined();
    const { services } = createTestWorkbench();
    importSeriesInto(services, expectOk(whole), 'b.npz', undefined, undefined);
    expect(Object.values(services.document.getState().document.elements)).toMatchObject([
      { parameters: { members: 3 } },
    ]);
  });

  it('given arrays of equal length, then their columns go together', () => {
    const bytes = writeNpz(
      new Map([
        ['a', { values: Float64Array.of(1, 2, 3) }],
        ['b', { values: Float64Array.of(1, 2, 3, 4, 5, 6), shape: [3, 2] }],
      ]),
    );
    const source = expectOk(openSource('x.npz', bytes));
    expect(source.columns).toEqual(['a', 'b 0', 'b 1']);
    expect(numbers(importColumns(source, ['a', 'b 1'], { kind: 'steps' }))).toEqual([1, 2, 2, 4, 3, 6]);
  });

  it('given a damaged file, then it is refused', () => {
    expect(openSource('x.npz', Uint8Array.of(1, 2, 3)).ok).toBe(false);
  });
});

describe('the import into the document', () => {
  it('given no target, then a block is added with the numbers, as one step that can be undone', () => {
    const { services } = createTestWorkbench();
    const imported = expectOk(
      importColumns(csv('t_s,v\n0,1\n1,2\n', 'my_data.csv'), ['v'], { kind: 'column', column: 't_s', unit: 's' }),
    );
    expect(importSeriesInto(services, imported, 'my_data.csv', undefined, undefined)).toEqual([]);
    const { document } = services.document.getState();
    expect(Object.values(document.elements)).toMatchObject([
      {
        kind: 'stimuli/series',
        name: 'My data',
        parameters: { series: { unit: '1' }, sample_period: { value: 1000, unit: 'ms' } },
      },
    ]);
    services.documents.undo();
    expect(services.document.getState().document.arrays).toEqual({});
  });
});
