import { describe, expect, it } from 'vitest';
import { expectOk } from '../../engine/base/result.ts';
import type { ParameterSpec } from '../../engine/model/kind.ts';
import { editableInPlace, shownValue, typedValue } from './favourite-value.ts';

const rate: ParameterSpec = { name: 'rate', title: 'rate', description: '', type: 'quantity', unit: 'Hz', default: 20 };
const size: ParameterSpec = { name: 'size', title: 'cells', description: '', type: 'integer', default: 100 };

describe('favourites on a block', () => {
  it('show the default, the value with its unit, or what it is made of', () => {
    expect(shownValue(rate, undefined)).toBe('20 Hz');
    expect(shownValue(rate, { value: 0.02, unit: 'kHz' })).toBe('0.02 kHz');
    expect(shownValue(size, 80)).toBe('80');
    expect(shownValue(rate, { values: [1, 2], unit: 'Hz' })).toBe('2 values');
    expect(editableInPlace(rate, { values: [1, 2], unit: 'Hz' })).toBe(false);
  });

  it('are read as in the inspector: other units, bare numbers, and a wrong dimension told in a sentence', () => {
    expect(expectOk(typedValue(rate, undefined, '0.1 kHz'))).toEqual({ value: 0.1, unit: 'kHz' });
    expect(expectOk(typedValue(rate, undefined, '30'))).toEqual({ value: 30, unit: 'Hz' });
    expect(expectOk(typedValue(size, undefined, '250'))).toBe(250);
    const refused = typedValue(rate, undefined, '10 mV');
    expect(refused.ok).toBe(false);
    expect(refused.problems[0]?.message).toContain('voltage');
  });
});
