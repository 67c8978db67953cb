/** Equations of the user in Brian's layers: the same numbers where they say the same, states of their own, mistakes at their place. */
import { describe, expect, it } from 'vitest';
import { defined } from '../../base/assert.ts';
import type { ParameterValue } from '../../model/value.ts';
import { elementDocument, prepared, runOn } from '../library-models.test-support.ts';
import { elementKinds } from '../library.ts';
import { prepareRun } from '../prepare-run.ts';
import { kindOf } from '../../model/kind.ts';

const membrane = `dv/dt = (v_rest - v + r_m*I_total)/tau_m : volt (unless refractory)  # membrane
I_bias : amp
v_rest : volt
tau_m : second
r_m : ohm
v_thresh : volt
v_reset : volt
`;
const synapse = 'dI_syn/dt = -I_syn/tau_s : amp\ntau_s : second\n';
const twoSynapses = `dI_syn_inp/dt = -I_syn_inp/tau_syn_inp : amp
tau_syn_inp : second
dI_syn_rec/dt = -I_syn_rec/tau_syn_rec : amp
tau_syn_rec : second
`;

/** The equations of each layer as Rockpool writes them. */
const texts = [
  ['layers/ff-iaf-brian', `${membrane}I_total = I_inp(t, i) + I_bias : amp`],
  ['layers/ff-iaf-spikes-brian', `${membrane}${synapse}I_total = I_bias + I_syn : amp`],
  ['layers/rec-iaf-brian', `${membrane}${synapse}I_total = I_inp(t,i) + I_bias + I_syn : amp`],
  ['layers/rec-iaf-spikes-brian', `${membrane}${twoSynapses}I_total = I_bias + I_syn_inp + I_syn_rec : amp`],
] as const;

function documentOf(id: string, parameters: Readonly<Record<string, ParameterValue>>) {
  const kind = defined(elementKinds.find(id), id);
  const shown = defined(kindOf(elementKinds, { kind: id, parameters }), id);
  return elementDocument({ ...kind, ...shown }, { everyPort: true, parameters });
}

function course(id: string, parameters: Readonly<Record<string, ParameterValue>>, target: 'wasm' | 'interpreter') {
  return runOn(target, prepared(documentOf(id, parameters)).program, 60);
}

const cells = { size: 3, bias: { value: 20, unit: 'mA' }, refractory: { value: 2, unit: 'ms' } } as const;

describe.each(texts)('%s', (id, neuron_eq) => {
  it.each(['rk4', 'exact'])('gives the same numbers by its own equations, with %s', (method) => {
    const own = course(id, { ...cells, method, neuron_eq }, 'wasm');
    const builtIn = course(id, { ...cells, method }, 'wasm');
    expect(own['probe probe_v']).toEqual(builtIn['probe probe_v']);
    expect(own['probe probe_spikes']).toEqual(builtIn['probe probe_spikes']);
    expect(new Set(own['probe probe_v']).size).toBeGreaterThan(20);
    expect(course(id, { ...cells, method, neuron_eq }, 'interpreter')).toEqual(own);
  });
});

describe('equations of the user', () => {
  it('leave synaptic currents to the layer', () => {
    const neuron_eq = `${membrane}I_total = I_inp(t, i) + I_bias + I_syn : amp`;
    const layer = 'layers/rec-iaf-brian';
    expect(course(layer, { ...cells, neuron_eq }, 'wasm')['probe probe_v']).toEqual(
      course(layer, cells, 'wasm')['probe probe_v'],
    );
  });

  const id = 'layers/ff-iaf-brian';
  const adapting = `dv/dt = (v_rest - v + r_m*(I_inp(t, i) + I_bias - w))/tau_m : volt
dw/dt = (g*(v - v_rest) - w)/(50*ms) : amp
g : siemens
tau_m : second
I_bias : amp
v_rest : volt`.replace('r_m*', '1*ohm*');

  it('bring states that can be probed', () => {
    const found = course(id, { ...cells, neuron_eq: adapting }, 'wasm');
    expect(found['probe probe_w']?.length).toBe(found['probe probe_v']?.length);
    expect(found['probe probe_g']?.every((value) => value === 0)).toBe(true);
  });

  it('are blamed at the place of their mistake', () => {
    const neuron_eq = adapting.replace('I_bias - w', 'I_bias - q');
    const [found] = prepareRun(documentOf(id, { neuron_eq })).problems;
    expect(found).toMatchObject({
      code: 'equations/unknown-name',
      at: { element: 'subject', path: 'parameters.neuron_eq' },
    });
    const { start = 0, end = 0 } = found?.at?.span ?? {};
    expect(neuron_eq.slice(start, end)).toBe('q');
  });

  it('need the variables that spikes and synapses act on', () => {
    const lacking = `${membrane}I_syn = 0*amp : amp\nI_total = I_bias : amp`;
    const [found] = prepareRun(documentOf('layers/ff-iaf-spikes-brian', { neuron_eq: lacking })).problems;
    expect(found).toMatchObject({ code: 'equations/unknown-name', at: { path: 'parameters.neuron_eq' } });
    expect(found?.message).toContain('I_syn');
    const [none] = prepareRun(documentOf(id, { neuron_eq: 'du/dt = -u/second : 1' })).problems;
    expect(none?.at?.path).toBe('parameters.neuron_eq');
  });
});

describe('parameters over time', () => {
  it('have a port each, and only those that can', () => {
    const parameters = { time_varying: 'bias, v_thresh' };
    const kind = kindOf(elementKinds, { kind: 'layers/ff-iaf-brian', parameters });
    expect(kind?.inputs.map(({ name, unit }) => [name, unit])).toEqual([
      ['in', '1'],
      ['bias', 'A'],
      ['v_thresh', 'V'],
    ]);
    const [found] = prepareRun(documentOf('layers/ff-iaf-brian', { time_varying: 'bias, colour' })).problems;
    expect(found).toMatchObject({ code: 'model/parameter-unknown', at: { path: 'parameters.time_varying' } });
  });

  it('follow their ports on both targets', () => {
    const parameters = { ...cells, time_varying: 'bias v_thresh v_rest' };
    expect(course('layers/ff-iaf-brian', parameters, 'wasm')).toEqual(
      course('layers/ff-iaf-brian', parameters, 'interpreter'),
    );
  });
});
