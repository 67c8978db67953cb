/** Population of adaptive exponential integrate-and-fire cells. */
import { mapResult, ok } from '../../base/result.ts';
import type { ElementKind } from '../../build/library-kind.ts';
import { expandPopulation } from '../../build/population/expand-population.ts';
import { methodParameter, quantity, sizeParameter } from '../specs.ts';
import { spikeOutput } from '../stimuli/spikes.ts';
import { equationForm } from './own-equations.ts';
import { currentInputs, externalCurrent, receiveCurrents, synapticCurrent } from './current-synapses.ts';

const threshold = 'v > V_peak';
const reset = 'v = V_reset\nw += b';
const named = ['I_e', 'C_m', 'g_L', 'E_L', 'V_T', 'Delta_T', 'V_peak', 'V_reset', 'a', 'b', 'tau_w', 'tau_syn'];

/** The exponential stops growing where a cell is far beyond its peak. */
const model = [
  'dv/dt = (g_L*(E_L - v) + g_L*Delta_T*exp(clip((v - V_T)/Delta_T, -inf, 20)) - w + I_syn + I_ext + I_e)/C_m : volt (unless refractory)',
  'dw/dt = (a*(v - E_L) - w)/tau_w : amp',
  synapticCurrent,
].join('\n');

export const adex: ElementKind = {
  id: 'neurons/adex',
  family: 'neurons',
  title: 'AdEx',
  summary: 'Adaptive exponential integrate-and-fire cells: regular, bursting and adapting firing.',
  keywords: ['adaptive exponential', 'aeif', 'Brette Gerstner', 'bursting', 'adaptation'],
  parameters: [
    sizeParameter(100),
    quantity('I_e', 'constant current', 1, 'nA', 'Constant current into every cell.', {
      perCell: true,
      favourite: true,
    }),
    quantity('C_m', 'membrane capacitance', 281, 'pF', 'Capacitance of the membrane.', {
      perCell: true,
      exclusiveMinimum: 0,
      group: 'Membrane',
    }),
    quantity('g_L', 'leak conductance', 30, 'nS', 'Conductance of the leak.', {
      perCell: true,
      exclusiveMinimum: 0,
      group: 'Membrane',
    }),
    quantity('E_L', 'leak potential', -70.6, 'mV', 'Membrane without input.', { perCell: true, group: 'Membrane' }),
    quantity('V_T', 'exponential threshold', -50.4, 'mV', 'Where the exponential rise sets in.', {
      perCell: true,
      group: 'Membrane',
    }),
    quantity('Delta_T', 'slope factor', 2, 'mV', 'Sharpness of the exponential rise.', {
      perCell: true,
      exclusiveMinimum: 0,
      group: 'Membrane',
    }),
    quantity('V_peak', 'peak', 0, 'mV', 'A cell spikes when its membrane exceeds this.', {
      perCell: true,
      group: 'Membrane',
    }),
    quantity('V_reset', 'reset', -70.6, 'mV', 'Membrane after a spike.', { perCell: true, group: 'Membrane' }),
    quantity('refractory', 'refractory period', 2, 'ms', 'Time after a spike during which the membrane is held.', {
      minimum: 0,
      group: 'Membrane',
    }),
    quantity('a', 'subthreshold adaptation', 4, 'nS', 'How strongly the membrane drives the adaptation current.', {
      perCell: true,
      favourite: true,
      group: 'Adaptation',
    }),
    quantity('b', 'spike adaptation', 80.5, 'pA', 'What a spike adds to the adaptation current.', {
      perCell: true,
      favourite: true,
      group: 'Adaptation',
    }),
    quantity('tau_w', 'adaptation time constant', 144, 'ms', 'Decay of the adaptation current.', {
      perCell: true,
      exclusiveMinimum: 0,
      group: 'Adaptation',
    }),
    quantity('tau_syn', 'synaptic time constant', 5, 'ms', 'Decay of the synaptic current.', {
      perCell: true,
      exclusiveMinimum: 0,
      group: 'Synapses',
    }),
    methodParameter(['euler', 'rk2', 'rk4']),
  ],
  inputs: currentInputs,
  outputs: [spikeOutput],
  states: [
    { name: 'v', title: 'membrane potential', unit: 'V' },
    { name: 'w', title: 'adaptation current', unit: 'A' },
    { name: 'I_syn', title: 'synaptic current', unit: 'A' },
  ],
  equations: [
    'dv/dt = (−g_L · (v − E_L) + g_L · Delta_T · exp((v − V_T) / Delta_T) − w + I_syn + I_ext + I_e) / C_m',
    'dw/dt = (a · (v − E_L) − w) / tau_w',
    'v > V_peak → spike, v = V_reset, w += b',
  ],
  source: 'Brette and Gerstner (2005), J. Neurophysiol. 94, 3637–3642',
  defaultProbe: 'spikes',
  asEquations: (parameters) =>
    equationForm(adex.parameters, parameters, {
      model,
      more: [],
      threshold,
      reset,
      parameters: named,
      initial: { v: 'E_L' },
      differences: [],
    }),
  sizes: ({ parameters }) => ok({ outputs: { spikes: parameters.number('size') }, cells: parameters.number('size') }),
  expand(builder) {
    const cells = builder.number('size');
    const population = expandPopulation(builder, {
      cells,
      model,
      method: builder.text('method'),
      parameters: named,
      inputs: externalCurrent(builder, cells),
      threshold,
      reset,
      refractorySeconds: builder.number('refractory'),
      initial: { v: 'E_L', w: 0, I_syn: 0 },
    });
    return mapResult(population, (signals) => receiveCurrents(builder, signals));
  },
};
