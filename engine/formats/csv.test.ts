import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectOk } from '../base/result.ts';
import { guessDelimiter } from './csv-lines.ts';
import { evenPeriod, seriesFromTable } from './csv-series.ts';
import { parseCsv } from './csv.ts';

const data = (name: string): Uint8Array => readFileSync(new URL(`../../assets/data/${name}`, import.meta.url));
const valuesOf = (text: string): number[] => [...expectOk(parseCsv(text)).values];

describe('reading CSV', () => {
  it('finds separator, header and decimal mark by itself', () => {
    expect(expectOk(parseCsv('a,b\n1,2\n3,4\n'))).toEqual({
      names: ['a', 'b'],
      rows: 2,
      values: new Float64Array([1, 2, 3, 4]),
      lines: new Int32Array([2, 3]),
    });
    expect(valuesOf('x;y\n1,5;2\n-3,25;4e1')).toEqual([1.5, 2, -3.25, 40]);
    expect(valuesOf('1\t2\r\n3\t4\r\n')).toEqual([1, 2, 3, 4]);
    expect(valuesOf('  1   2\n 3 \t 4\n')).toEqual([1, 2, 3, 4]);
    expect(valuesOf('1\n2\n3')).toEqual([1, 2, 3]);
    expect(valuesOf('1,2,\n3,4,\n')).toEqual([1, 2, 3, 4]);
    expect(valuesOf('\ufeffa\n1\n\n# a remark\n2')).toEqual([1, 2]);
    expect(guessDelimiter('1,5;2\n3;4\n')).toBe(';');
  });

  it('reads quoted fields with separators, quotes and line breaks inside', () => {
    const table = expectOk(parseCsv('"a, ""b""",c\n"1","2"\n3,4'));
    expect(table.names).toEqual(['a, "b"', 'c']);
    expect([...table.values]).toEqual([1, 2, 3, 4]);
    expect([...expectOk(parseCsv('note,v\n"two\nlines",7\nx,8', { columns: ['v'] })).lines]).toEqual([2, 4]);
  });

  it('reads chosen columns by name or number, and looks at no other', () => {
    const text = 'date,value,weight\nmonday,1,10\ntuesday,2,20';
    expect([...expectOk(parseCsv(text, { columns: ['weight', 2] })).values]).toEqual([10, 1, 20, 2]);
    const missing = parseCsv(text, { columns: ['price', 9] });
    expect(missing.problems.map((found) => found.code)).toEqual(['csv/column', 'csv/column']);
  });

  it('names every bad cell by line and column', () => {
    const result = parseCsv('year,month\n1749,1\n1750,x\n,3\n1751,nan');
    expect(result.ok).toBe(false);
    expect(result.problems.map(({ code, at }) => [code, at?.line, at?.column])).toEqual([
      ['csv/bad-cell', 3, 2],
      ['csv/bad-cell', 4, 1],
      ['csv/bad-cell', 5, 2],
    ]);
    expect(result.problems[0]?.message).toBe('Line 3, column 2 ("month") holds "x", which is not a number.');
  });

  it('lists twenty problems and counts the rest', () => {
    const problems = parseCsv(`v,w\n${'1,x\n'.repeat(50)}`).problems;
    expect(problems.length).toBe(21);
    expect(problems[20]?.message).toContain('30 more');
  });

  it('names lines of another length, and files without numbers', () => {
    expect(parseCsv('a,b\n1,2\n3\n4,5').problems).toMatchObject([{ code: 'csv/ragged', at: { line: 3 } }]);
    for (const empty of ['', '\n\n', 'a,b\n', '# only remarks'])
      expect(parseCsv(empty).problems).toMatchObject([{ code: 'csv/empty' }]);
    expect(parseCsv(new Uint8Array([0x89, 0x50, 0, 0, 1, 2, 3])).problems).toMatchObject([{ code: 'csv/empty' }]);
  });

  it('reads text in UTF-16 as spreadsheets write it', () => {
    expect([...expectOk(parseCsv(Buffer.from('\ufeffa\tb\n1\t2', 'utf16le'))).values]).toEqual([1, 2]);
  });

  it('reads back any table of numbers it is given', () => {
    const row = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 8 }),
        fc.constantFrom(',', ';', '\t', ' '),
        (rows, separator) => {
          const text = rows.map((cells) => cells.join(separator)).join('\n');
          expect(valuesOf(text)).toEqual(rows.flat().map((value) => value + 0));
        },
      ),
    );
  });
});

describe('the data of the examples', () => {
  it('is read: sunspots, electrocardiogram, digits', () => {
    const sunspots = expectOk(parseCsv(data('sunspots_monthly.csv'), { columns: ['sunspot_number'] }));
    expect([sunspots.rows, sunspots.values[0], sunspots.values[1]]).toEqual([3120, 58, 62.6]);
    const heart = expectOk(seriesFromTable(expectOk(parseCsv(data('ecg.csv'))), { column: 'time_s' }));
    expect([heart.times.length, heart.channelCount, heart.samples[0]]).toEqual([1024, 1, -86]);
    expect(1 / (evenPeriod(heart.times) ?? 0)).toBeCloseTo(360, 1);
    expect(expectOk(parseCsv(data('digits.csv'))).names.length).toBe(65);
  });
});

describe('series from a table', () => {
  const table = expectOk(parseCsv('t,a,b\n0,1,2\n500,3,4\n2000,5,6'));

  it('takes times from a column or from a period', () => {
    expect(expectOk(seriesFromTable(table, { column: 't', secondsPerUnit: 0.001 }))).toMatchObject({
      times: new Float64Array([0, 0.5, 2]),
      samples: new Float64Array([1, 2, 3, 4, 5, 6]),
      channelCount: 2,
    });
    expect(expectOk(seriesFromTable(table, { samplePeriodSeconds: 0.5 })).times).toEqual(new Float64Array([0, 0.5, 1]));
    expect(evenPeriod(new Float64Array([0, 0.5, 2]))).toBeUndefined();
  });

  it('refuses times that do not increase, a missing column, a period of nothing', () => {
    const back = expectOk(parseCsv('t,a\n0,1\n2,2\n1,3'));
    expect(seriesFromTable(back, { column: 1 }).problems).toMatchObject([
      { code: 'csv/time-order', at: { line: 4, column: 1 } },
    ]);
    expect(seriesFromTable(back, { column: 'time' }).problems).toMatchObject([{ code: 'csv/column' }]);
    expect(seriesFromTable(back, { samplePeriodSeconds: 0 }).problems).toMatchObject([{ code: 'timeseries/invalid' }]);
  });
});
