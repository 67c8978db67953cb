/** Value entry: lists and distributions as people type them. */
import { describe, expect, it } from 'vitest';
import { expectOk } from '../../engine/base/result.ts';
import type { KindCatalogue, ParameterSpec } from '../../engine/model/kind.ts';
import { readValue, valueText } from './value-entry.ts';

const voltage: ParameterSpec = {
  name: 'v',
  title: 'threshold',
  description: '',
  type: 'quantity',
  unit: 'mV',
  default: -50,
  perCell: true,
};
const catalogue: KindCatalogue = {
  entries: [],
  find: () => undefined,
  distributionArguments: (id) => (id === 'normal' ? ['mean', 'deviation'] : undefined),
};
const read = (text: string, spec = voltage) => readValue(text, spec, 'mV', catalogue);

describe('values that differ from cell to cell', () => {
  it('given a list with one unit at its end, then all values have it', () => {
    expect(expectOk(read('-50, -51, -52.5 mV'))).toEqual({ values: [-50, -51, -52.5], unit: 'mV' });
  });

  it('given a list without unit, then it takes the unit of the field', () => {
    expect(expectOk(read('1, 2'))).toEqual({ values: [1, 2], unit: 'mV' });
  });

  it('given a distribution, then it is kept as one, and its text reads back', () => {
    const value = expectOk(read('normal(-60 mV, 5 mV)'));
    expect(value).toEqual({
      distribution: 'normal',
      arguments: { mean: { value: -60, unit: 'mV' }, deviation: { value: 5, unit: 'mV' } },
    });
    expect(expectOk(read(valueText(value, {})))).toEqual(value);
  });

  it.each(['gauss(1, 2)', 'normal(1 mV)', 'normal(1 mA, 2 mV)', '1, 2 nA'])('given %s, then it is refused', (text) => {
    expect(read(text).ok).toBe(false);
  });

  it('given a parameter that is the same for all cells, then a list is refused', () => {
    const { perCell: _perCell, ...shared } = voltage;
    expect(read('1, 2 mV', shared).ok).toBe(false);
  });
});
