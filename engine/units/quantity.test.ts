/** Tests of typed quantities: parsing, exact conversion, showing. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectOk } from '../base/result.ts';
import { checkDimension, fromSi, siNumber, toSi } from './convert.ts';
import { formatQuantity } from './format-quantity.ts';
import { parseQuantity } from './parse-quantity.ts';
import { printQuantity } from './quantity.ts';

function siOf(text: string): number {
  return expectOk(toSi(expectOk(parseQuantity(text)))).value;
}

function firstProblem(text: string): unknown {
  const { code, at, hint } = parseQuantity(text).problems[0] ?? {};
  return { code, span: at?.span, hint };
}

describe('parseQuantity', () => {
  it.each([
    ['20 ms', { value: 20, unit: 'ms' }],
    ['0.3nA', { value: 0.3, unit: 'nA' }],
    ['-55mV', { value: -55, unit: 'mV' }],
    ['−55 mV', { value: -55, unit: 'mV' }],
    ['1e-4', { value: 1e-4, unit: '' }],
    ['  10 ', { value: 10, unit: '' }],
    ['0,5 V', { value: 0.5, unit: 'V' }],
    ['50%', { value: 50, unit: '%' }],
    ['10 1/ms', { value: 10, unit: '1/ms' }],
  ])('reads %s', (text, quantity) => {
    expect(expectOk(parseQuantity(text))).toEqual(quantity);
  });

  it.each([
    ['10 mv', 'units/unknown-unit', { start: 3, end: 5 }, 'Did you mean mV?'],
    ['10 sec', 'units/unknown-unit', { start: 3, end: 6 }, 'Did you mean s?'],
    ['3 nS/foo', 'units/unknown-unit', { start: 5, end: 8 }, 'Units look like ms, mV, nA, pF, nS, MΩ, Hz.'],
    ['abc', 'units/syntax', { start: 0, end: 3 }, 'Write a number and a unit, such as 20 ms.'],
    ['', 'units/syntax', { start: 0, end: 0 }, 'Write a number and a unit, such as 20 ms.'],
    ['1,000 mV', 'units/syntax', { start: 0, end: 5 }, 'Write 1000 or 1.000.'],
    ['10 20', 'units/syntax', { start: 3, end: 5 }, 'Write one number and one unit, such as 20 ms.'],
    ['1e999 V', 'units/syntax', { start: 0, end: 5 }, undefined],
    ['3 m^', 'units/syntax', { start: 3, end: 4 }, undefined],
    ['1 mV)', 'units/syntax', { start: 4, end: 5 }, undefined],
    ['1 mV/', 'units/syntax', { start: 4, end: 5 }, undefined],
    ['1 (mV', 'units/syntax', { start: 4, end: 5 }, undefined],
  ])('refuses %j', (text, code, span, hint) => {
    expect(firstProblem(text)).toEqual({ code, span, hint });
  });

  it('given a printed quantity, reads back the same', () => {
    const units = fc.constantFrom(
      '',
      'ms',
      'mV',
      'nA',
      'pF',
      'nS',
      'MΩ',
      'Mohm',
      'Hz',
      'kHz',
      '%',
      'rad',
      'µs',
      'V/s',
      'A/m**2',
      'min',
    );
    const numbers = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
    fc.assert(
      fc.property(numbers, units, (value, unit) => {
        expect(expectOk(parseQuantity(printQuantity({ value, unit })))).toEqual({ value, unit });
      }),
    );
  });

  it('given any text, answers without throwing', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const result = parseQuantity(text);
        expect(result.ok || result.problems.length > 0).toBe(true);
      }),
    );
  });
});

describe('toSi', () => {
  it.each([
    ['20 ms', 0.02],
    ['-55 mV', -0.055],
    ['0.3nA', 3e-10],
    ['-70.6 mV', -0.0706],
    ['281 pF', 281e-12],
    ['2 Mohm', 2e6],
    ['3 MΩ', 3e6],
    ['5 volts', 5],
    ['5 millivolt', 0.005],
    ['1.7 kHz', 1700],
    ['50 %', 0.5],
    ['2 min', 120],
    ['1 kg', 1],
    ['250 g', 0.25],
    ['10 mM', 10],
    ['1 µF/cm²', 0.01],
    ['4 1/ms', 4000],
    ['36 J/(kg*K)', 36],
    ['7 mm^-1', 7000],
    ['180 deg', Math.PI],
    ['100 mV/s^0.5', 0.1],
  ])('%s is exactly %d', (text, value) => {
    expect(siOf(text)).toBe(value);
  });

  it('given a number of at most 15 digits, comes back from SI unchanged', () => {
    const decimals = fc.tuple(fc.integer({ min: -999_999_999, max: 999_999_999 }), fc.integer({ min: -12, max: 12 }));
    fc.assert(
      fc.property(decimals, fc.constantFrom('ms', 'mV', 'nA', 'MΩ', 'kHz', '%', 'cm^2'), ([digits, exponent], unit) => {
        const value = Number(`${digits}e${exponent}`);
        expect(fromSi(siNumber(value, unit), unit)).toBe(value);
      }),
    );
  });

  it('given an unknown unit, fails', () => {
    expect(toSi({ value: 1, unit: 'furlong' }).problems[0]?.code).toBe('units/unknown-unit');
  });
});

describe('checkDimension', () => {
  it('given the right dimension in another unit, gives the SI number', () => {
    expect(expectOk(checkDimension({ value: 300, unit: 'pA' }, 'nA', 'bias'))).toBe(3e-10);
  });

  it.each([
    [{ value: 10, unit: 'mV' }, 'A', '10 mV is a voltage (volt); bias is a current (ampere).', 'Did you mean 10 mA?'],
    [{ value: 10, unit: '' }, 'nA', '10 is a plain number; bias is a current (ampere).', 'Did you mean 10 nA?'],
    [
      { value: 10, unit: 'ms' },
      '1',
      '10 ms is a time (second); bias is a plain number.',
      'Write the number without a unit: 10.',
    ],
    [
      { value: 1, unit: 'V/s' },
      'm/s',
      '1 V/s is a voltage per time (volt/second); bias is a speed (metre/second).',
      'Did you mean 1 m/s?',
    ],
    [
      { value: 2, unit: 'ms' },
      '%',
      '2 ms is a time (second); bias is a plain number.',
      'Write the number without a unit: 2.',
    ],
  ])('refuses %o for %s in a sentence naming both', (quantity, unit, message, hint) => {
    expect(checkDimension(quantity, unit, 'bias').problems).toEqual([
      { code: 'model/parameter-dimension', severity: 'error', message, hint },
    ]);
  });

  it('given an unknown unit, tells so', () => {
    expect(checkDimension({ value: 1, unit: 'mq' }, 'A', 'bias').problems[0]?.code).toBe('units/unknown-unit');
  });
});

describe('formatQuantity', () => {
  it.each([
    [-0.055, 'V', '-55 mV'],
    [0.00099996, 'V', '1 mV'],
    [2e7, 'ohm', '20 MΩ'],
    [0, 'mV', '0 V'],
    [3600, 's', '3600 s'],
    [0.02, 'ms', '20 ms'],
    [0.5, '%', '50 %'],
    [12345, '1', '12300'],
    [1.23456e-9, 'A', '1.23 nA'],
    [0.3, 'kg', '300 g'],
    [999.6, 'Hz', '1 kHz'],
    [0.00012, 'V/s', '120 µV/s'],
    [Number.NaN, 'V', 'not a number'],
    [Number.POSITIVE_INFINITY, 'V', '∞ V'],
    [1.5, 'rad', '1.5 rad'],
  ])('%d in %s is shown as %s', (value, unit, text) => {
    expect(formatQuantity(value, unit)).toBe(text);
  });

  it('given any number, what is shown reads back within half a percent', () => {
    const numbers = fc.double({ min: 1e-20, max: 1e20, noNaN: true });
    fc.assert(
      fc.property(numbers, fc.constantFrom('V', 'A', 's', 'Hz', 'F', 'S/m^2', '1'), (value, unit) => {
        expect(Math.abs(siOf(formatQuantity(value, unit)) / value - 1)).toBeLessThan(0.0051);
      }),
    );
  });
});
