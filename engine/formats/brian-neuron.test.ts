/** Brian snippets: what is taken over into the texts of an equation neuron, and what is said about the rest. */
import { describe, expect, it } from 'vitest';
import { looksLikeBrian, readBrianNeuron } from './brian-neuron.ts';

const adaptive = `
from brian2 import *
N = 4000
taum = 20*ms   # membrane
taue = 5*ms; El = -49*mV
Vt, Vr = -50*mV, -60*mV
vr = -60*mV
unused = 3
eqs = '''
dv/dt  = (ge-(v-El))/taum : volt (unless refractory)
dge/dt = -ge/taue : volt
'''
P = NeuronGroup(N, eqs, threshold='v>-50*mV', reset='v = vr', refractory=5*ms,
                method='exact')
P.v = 'vr'
P.ge = 0*mV
P.v = 'vr + rand() * 10*mV'
S = Synapses(P, P, on_pre='ge += 1*mV')
P.run_regularly('ge = 0*mV')
run(1*second)
`;

describe('a whole snippet', () => {
  const neuron = readBrianNeuron(adaptive);

  it('given a group with its strings, then every field is filled', () => {
    expect(neuron?.size).toBe(4000);
    expect(neuron?.method).toBe('exact');
    expect(neuron?.texts).toEqual({
      model: 'dv/dt  = (ge-(v-El))/taum : volt (unless refractory)\ndge/dt = -ge/taue : volt',
      threshold_condition: 'v>-50*mV',
      reset_statements: 'v = vr',
      refractory_period: '5*ms',
      every_step: 'ge = 0*mV',
      constants: 'taum = 20*ms\ntaue = 5*ms\nEl = -49*mV\nvr = -60*mV',
    });
    expect(neuron?.initial).toEqual({ v: 'vr + rand() * 10*mV', ge: '0*mV' });
  });

  it('given what has no place in a neuron, then it is named', () => {
    expect(neuron?.notTaken).toEqual(['Vt, Vr = -50*mV, -60*mV', "S = Synapses(P, P, on_pre='ge += 1*mV')"]);
  });
});

describe('other forms', () => {
  it('given a call alone, then its own strings are read', () => {
    expect(
      readBrianNeuron(`NeuronGroup(100, '''dv/dt = -v/(10*ms) : 1''', threshold="v > 1", reset="v = 0", dt=1*ms)`),
    ).toMatchObject({
      size: 100,
      texts: { model: 'dv/dt = -v/(10*ms) : 1', threshold_condition: 'v > 1', reset_statements: 'v = 0' },
      notTaken: ['dt=1*ms'],
    });
  });

  it('given a namespace and events, then both are taken', () => {
    const { texts } = readBrianNeuron(
      `G = NeuronGroup(2, 'dv/dt = -v/tau : 1', namespace={'tau': 5*ms}, events={'half': 'v > 0.5'})`,
    ) ?? { texts: {} };
    expect(texts).toEqual({ model: 'dv/dt = -v/tau : 1', constants: 'tau = 5*ms', custom_events: 'half: v > 0.5 ->' });
  });

  it('given a string and values without a group, then they are model and constants', () => {
    expect(readBrianNeuron(`tau = 10*ms\neqs = """dv/dt = -v/tau : 1"""`)?.texts).toEqual({
      model: 'dv/dt = -v/tau : 1',
      constants: 'tau = 10*ms',
    });
  });

  it.each(['x = 3', 'print("hello")', ''])('given %j, then there is no neuron', (text) =>
    expect(readBrianNeuron(text)).toBeUndefined(),
  );

  it('given a plain model, then it does not look like a snippet', () => {
    expect(looksLikeBrian('dv/dt = -v/tau : volt\ntau : second')).toBe(false);
    expect(looksLikeBrian(adaptive)).toBe(true);
  });

  it.each(["NeuronGroup(1, '''unclosed", 'NeuronGroup(', "''''''''''", 'G = NeuronGroup(1, "a" + b, method=)'])(
    'given broken Python %j, then it does not throw',
    (text) => expect(() => readBrianNeuron(text)).not.toThrow(),
  );
});
