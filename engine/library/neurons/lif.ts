/** Population of leaky integrate-and-fire cells with exponential synaptic current. */
import { mapResult, ok } from '../../base/result.ts';
import type { ElementKind } from '../../build/library-kind.ts';
import type { ParameterSpec } from '../../model/kind.ts';
import { findRecord } from '../../model/records.ts';
import type { ParameterValue } from '../../model/value.ts';
import { expandPopulation } from '../../build/population/expand-population.ts';
import { methodParameter, quantity, sizeParameter } from '../specs.ts';
import { spikeOutput } from '../stimuli/spikes.ts';
import { equationForm } from './own-equations.ts';
import { currentInputs, externalCurrent, receiveCurrents, synapticCurrent } from './current-synapses.ts';

const threshold = 'v > v_thresh';
const reset = 'v = v_reset';
const named = ['tau_mem', 'I_e', 'tau_syn', 'R', 'v_thresh', 'v_reset', 'v_rest'];

/** Noise is a normal number per cell and step, called `noise`. */
function model(noisy: boolean): string {
  const noise = noisy ? ' + noise_std*sqrt(2*tau_mem/dt)*noise' : '';
  return [
    `dv/dt = (v_rest - v + R*(I_syn + I_ext + I_e)${noise})/tau_mem : volt (unless refractory)`,
    synapticCurrent,
  ].join('\n');
}

function asEquations(specs: readonly ParameterSpec[], parameters: Readonly<Record<string, ParameterValue>>) {
  const deviation = findRecord(parameters, 'noise_std');
  const noisy = typeof deviation === 'object' && deviation !== null && 'value' in deviation && deviation.value > 0;
  return equationForm(specs, parameters, {
    model: model(noisy),
    more: noisy ? ['noise = randn() : 1 (constant over dt)'] : [],
    threshold,
    reset,
    parameters: noisy ? [...named, 'noise_std'] : named,
    initial: { v: 'v_rest' },
    differences: noisy ? ['The noise is drawn anew, with the same strength.'] : [],
  });
}

export const lif: ElementKind = {
  id: 'neurons/lif',
  family: 'neurons',
  title: 'LIF',
  summary: 'Leaky integrate-and-fire cells with exponential synaptic currents.',
  keywords: ['leaky integrate and fire', 'iaf_psc_exp', 'spiking', 'population'],
  parameters: [
    sizeParameter(100),
    quantity('tau_mem', 'membrane time constant', 20, 'ms', 'How fast the membrane forgets.', {
      perCell: true,
      exclusiveMinimum: 0,
      favourite: true,
    }),
    quantity('I_e', 'constant current', 0, 'nA', 'Constant current into every cell.', {
      perCell: true,
      favourite: true,
    }),
    quantity('tau_syn', 'synaptic time constant', 5, 'ms', 'Decay of the synaptic current.', {
      perCell: true,
      exclusiveMinimum: 0,
      group: 'Synapses',
    }),
    quantity('R', 'membrane resistance', 40, 'Mohm', 'Turns currents into voltages.', {
      perCell: true,
      exclusiveMinimum: 0,
      group: 'Membrane',
    }),
    quantity('v_thresh', 'threshold', -50, 'mV', 'A cell spikes when its membrane exceeds this.', {
      perCell: true,
      group: 'Membrane',
    }),
    quantity('v_reset', 'reset', -60, 'mV', 'Membrane after a spike.', { perCell: true, group: 'Membrane' }),
    quantity('v_rest', 'resting potential', -60, 'mV', 'Membrane without input.', { perCell: true, group: 'Membrane' }),
    quantity('refractory', 'refractory period', 2, 'ms', 'Time after a spike during which the membrane is held.', {
      minimum: 0,
      group: 'Membrane',
    }),
    quantity('noise_std', 'noise', 0, 'mV', 'Stationary standard deviation of the membrane under noise alone.', {
      minimum: 0,
      group: 'Noise',
    }),
    methodParameter(['exponential-euler', 'euler', 'rk2', 'rk4']),
  ],
  inputs: currentInputs,
  outputs: [spikeOutput],
  states: [
    { name: 'v', title: 'membrane potential', unit: 'V' },
    { name: 'I_syn', title: 'synaptic current', unit: 'A' },
  ],
  equations: [
    'dv/dt = (v_rest − v + R · (I_syn + I_ext + I_e)) / tau_mem + noise',
    'dI_syn/dt = −I_syn / tau_syn',
    'v > v_thresh → spike, v = v_reset',
  ],
  source: 'Lapicque (1907); Gerstner, Kistler, Naud, Paninski, Neuronal Dynamics, chapter 1.3',
  defaultProbe: 'spikes',
  asEquations: (parameters) => asEquations(lif.parameters, parameters),
  sizes: ({ parameters }) => ok({ outputs: { spikes: parameters.number('size') }, cells: parameters.number('size') }),
  expand(builder) {
    const cells = builder.number('size');
    const population = expandPopulation(builder, {
      cells,
      model: model(builder.number('noise_std') > 0),
      method: builder.text('method'),
      parameters: [...named, 'noise_std'],
      inputs: externalCurrent(builder, cells),
      noise: ['noise'],
      threshold,
      reset,
      refractorySeconds: builder.number('refractory'),
      initial: { v: 'v_rest', I_syn: 0 },
    });
    return mapResult(population, (signals) => receiveCurrents(builder, signals));
  },
};
