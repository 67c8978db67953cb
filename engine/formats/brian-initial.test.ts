/** Initial values of single cells out of a Brian snippet: what they become, and what is left alone. */
import { describe, expect, it } from 'vitest';
import { readConstants } from '../equations/constants-text.ts';
import { expectOk } from '../base/result.ts';
import { call } from './brian-neuron.ts';
import { differsByCell, readInitial, type InitialValues } from './brian-initial.ts';

const constants = expectOk(readConstants('El = -60*mV\nVt = -50*mV\nN_E = 3', call));
const read = (text: string, cells = 4) => readInitial(text, cells, constants, call);
const numbers = (found: InitialValues | undefined) => {
  const { dimension: _dimension, ...rest } = found ?? { dimension: undefined };
  return rest;
};

describe('initial values', () => {
  it.each([
    ['El', { kind: 'same', value: -0.06 }],
    ['N_E*mV', { kind: 'same', value: 0.003 }],
    ['El + rand()*(Vt - El)', { kind: 'uniform', low: -0.06, high: -0.05 }],
    ['El - rand(N)*10*mV', { kind: 'uniform', low: -0.07, high: -0.06 }],
    ['(randn()*1.5 + 4)*10*nS', { kind: 'normal', mean: 4e-8, deviation: 1.5e-8 }],
    ['np.random.randn(len)*2*mV', { kind: 'normal', mean: 0, deviation: 2e-3 }],
    ['i*mV/N', { kind: 'each', values: [0, 0.25e-3, 0.5e-3, 0.75e-3] }],
  ])('%s', (text, expected) => {
    const found = numbers(read(text)) as Record<string, unknown>;
    for (const [name, value] of Object.entries(expected)) {
      if (typeof value === 'number') expect(found[name]).toBeCloseTo(value, 12);
      else if (Array.isArray(value))
        (found[name] as number[]).forEach((each, n) => expect(each).toBeCloseTo(value[n] as number, 12));
      else expect(found[name]).toBe(value);
    }
  });

  it.each([
    'rand()*rand()*mV',
    'El + abs(randn())*mV',
    'clip(randn(), 0, 1)*mV',
    'El + rand()*i*mV',
    'El*(',
    'unknown*mV',
    'exp(rand())*mV',
    'rand() + El',
  ])('%s is left alone', (text) => {
    expect(read(text)).toBeUndefined();
  });

  it('of more cells than a document should hold are left alone', () => {
    expect(read('i*mV', 100_001)).toBeUndefined();
  });

  it('know which texts differ by cell', () => {
    expect(['rand()*mV', 'i*mV', 'mV/N', 'randn(3)'].map(differsByCell)).toEqual([true, true, true, true]);
    expect(['El + 5*mV', 'random_value'].map(differsByCell)).toEqual([false, false]);
  });
});
