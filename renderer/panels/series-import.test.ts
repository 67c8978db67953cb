/** Series import: columns, times, and files that are wrong. */
import { describe, expect, it } from 'vitest';
import { expectOk } from '../../engine/base/result.ts';
import { writeNpz } from '../../engine/formats/npz.ts';
import { decodeArray } from '../../engine/model/arrays.ts';
import { importSeriesInto } from '../commands/series-gestures.ts';
import { createTestWorkbench } from '../stores/workbench.test-support.ts';
import { guessTiming, importColumns } from './series-import.ts';
import { openSource } from './series-source.ts';

const csv = (text: string, name = 'data.csv') => expectOk(openSource(name, new TextEncoder().encode(text)));
const numbers = (result: ReturnType<typeof importColumns>) => [...expectOk(decodeArray(expectOk(result).array)).values];

describe('a CSV file', () => {
  const table = 'year,month,number,note\n1749,1,58,a\n1749,2,62.6,b\n1749,3,70,c\n';

  it('given columns of text among columns of numbers, then only the chosen ones are read', () => {
    const source = csv(table);
    expect(source.columns).toEqual(['year', 'month', 'number', 'note']);
    expect(source.numeric).toEqual(['year', 'month', 'number']);
    const imported = importColumns(source, ['number'], { kind: 'steps' });
    expect(numbers(imported)).toEqual([58, 62.6, 70]);
    expect(expectOk(imported)).toMatchObject({
      array: { shape: [3, 1], source: 'data.csv · number' },
      period: { value: 0 },
    });
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
    expect(timing).toEqual({ kind: 'column', column: 'time_ms', unit: 'ms' });
    const imported = importColumns(source, ['v'], timing);
    expect(expectOk(imported)).toMatchObject({ period: { value: 2, unit: 'ms' }, resampled: false });
    expect(numbers(imported)).toEqual([1, 2, 3]);
  });

  it('given times that are not evenly spaced, then the values are read off between the rows', () => {
    const imported = importColumns(csv('t,v\n0,0\n1,10\n4,40\n'), ['v'], { kind: 'column', column: 't', unit: 's' });
    expect(expectOk(imported)).toMatchObject({ period: { value: 2000, unit: 'ms' }, resampled: true });
    expect(numbers(imported)).toEqual([0, 20, 40]);
  });

  it('given times that go back, then the row is named', () => {
    const result = importColumns(csv('t,v\n0,0\n2,1\n1,2\n'), ['v'], { kind: 'column', column: 't', unit: 's' });
    expect(result).toMatchObject({ ok: false, problems: [{ code: 'csv/time-order' }] });
  });

  it.each([0, -5, Number.NaN])('given a sample rate of %s, then it is refused', (hertz) => {
    expect(importColumns(csv(table), ['number'], { kind: 'rate', hertz }).ok).toBe(false);
  });
});

describe('a npz file', () => {
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
        parameters: { series: { array: imported.array.id }, sample_period: { value: 1000, unit: 'ms' } },
      },
    ]);
    services.documents.undo();
    expect(services.document.getState().document.arrays).toEqual({});
  });
});
