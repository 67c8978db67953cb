import { describe, expect, it } from 'vitest';
import { axisLabels, axisUnit, roundValues } from './axis-unit.ts';

describe('unit of an axis', () => {
  it('takes the prefix that keeps numbers between 1 and 1000', () => {
    expect(axisUnit('V', 0.07)).toEqual({ scale: 1000, label: 'mV' });
    expect(axisUnit('A', 3e-10)).toEqual({ scale: 1e12, label: 'pA' });
    expect(axisUnit('V', 1)).toEqual({ scale: 1, label: 'V' });
  });

  it('writes the units of equations as symbols', () => {
    expect(axisUnit('volt', 0.07)).toEqual({ scale: 1000, label: 'mV' });
    expect(axisUnit('ohm', 5e6)).toEqual({ scale: 1e-6, label: 'MΩ' });
  });

  it('leaves alone what has no unit or a composed one', () => {
    expect(axisUnit('1', 0.002)).toEqual({ scale: 1, label: '' });
    expect(axisUnit('V/s', 0.002)).toEqual({ scale: 1, label: 'V/s' });
    expect(axisUnit('V', 0)).toEqual({ scale: 1, label: 'V' });
  });
});

describe('labels', () => {
  it('have just enough digits', () => {
    expect(axisLabels([-65, -60, -55])).toEqual(['−65', '−60', '−55']);
    expect(axisLabels([0, 0.05, 0.1])).toEqual(['0.00', '0.05', '0.10']);
    expect(axisLabels([-0, 1])).toEqual(['0', '1']);
  });

  it('stand at round values inside the range', () => {
    expect(roundValues(-0.4, 10.2, 5)).toEqual([0, 2.5, 5, 7.5, 10]);
    expect(roundValues(3, 3, 5)).toEqual([3]);
  });
});
