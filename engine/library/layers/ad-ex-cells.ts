/** Adaptive exponential cells in discrete time (norse LIFAdEx): what the feed-forward and the recurrent layer share. */
import type { ElementBuilder } from '../../build/library-kind.ts';
import { expandPopulation } from '../../build/population/expand-population.ts';
import type { ParameterSpec, StateSpec } from '../../model/kind.ts';
import { flag, quantity } from '../specs.ts';
import { surrogateOf, surrogateParameters } from './surrogate.ts';

const perSecond = { perCell: true, minimum: 0 } as const;

export const adExParameters: readonly ParameterSpec[] = [
  quantity('tau_mem_inv', 'inverse membrane time constant', 100, 'Hz', 'One over the membrane time constant.', {
    ...perSecond,
    favourite: true,
  }),
  quantity(
    'tau_syn_inv',
    'inverse synaptic time constant',
    200,
    'Hz',
    'One over the synaptic time constant.',
    perSecond,
  ),
  quantity(
    'tau_ada_inv',
    'inverse adaptation time constant',
    2,
    'Hz',
    'One over the adaptation time constant.',
    perSecond,
  ),
  quantity('v_leak', 'leak potential', 0, '1', 'Membrane without input.', { perCell: true }),
  quantity('v_th', 'threshold', 1, '1', 'A cell spikes when its membrane exceeds this.', {
    perCell: true,
    favourite: true,
  }),
  quantity('v_reset', 'reset', 0, '1', 'Membrane after a spike.', { perCell: true }),
  quantity('delta_T', 'slope factor', 0.5, '1', 'Sharpness of the exponential rise.', {
    perCell: true,
    exclusiveMinimum: 0,
  }),
  quantity('adaptation_current', 'adaptation coupling', 4, '1', 'How strongly the membrane drives the adaptation.', {
    perCell: true,
  }),
  quantity('adaptation_spike', 'adaptation per spike', 0.02, '1', 'What a spike adds to the adaptation.', {
    perCell: true,
  }),
  flag(
    'input_after_decay',
    'input after decay',
    false,
    'As norse 0.0.7 and before: the input is added after the decay of the current and reaches the membrane one step later.',
    { compatibility: true },
  ),
  ...surrogateParameters,
];

export const adExStates: readonly StateSpec[] = [
  { name: 'v', title: 'membrane', unit: '1' },
  { name: 'i_syn', title: 'synaptic current', unit: '1' },
  { name: 'a', title: 'adaptation', unit: '1' },
];

/** The equations, for people. */
export const adExEquations: readonly string[] = [
  'dv/dt = tau_mem_inv · (v_leak − v + delta_T · exp((v − v_th) / delta_T) + i − a)',
  'di/dt = −tau_syn_inv · i;  da/dt = tau_ada_inv · (adaptation_current · (v − v_leak) − a)',
  'v > v_th → spike, v = v_reset, a += adaptation_spike',
];

/** The cells, with signals whose sum is what arrives at each. */
export function expandAdEx(builder: ElementBuilder, cells: number, arriving: Readonly<Record<string, string>>) {
  const x = Object.keys(arriving).join(' + ');
  const late = builder.flag('input_after_decay');
  return expandPopulation(builder, {
    cells,
    model: 'v : 1\ni_syn : 1\na : 1',
    method: 'discrete',
    update: [
      late ? 'i_jumped = i_syn' : `i_jumped = i_syn + ${x}`,
      'v_next = v + dt*tau_mem_inv*((v_leak - v) + delta_T*exp((v - v_th)/delta_T) + i_jumped - a)',
      late ? `i_syn = i_jumped*(1 - dt*tau_syn_inv) + ${x}` : 'i_syn = i_jumped*(1 - dt*tau_syn_inv)',
      'a = a + dt*tau_ada_inv*(adaptation_current*(v - v_leak) - a)',
      'v = v_next',
    ].join('\n'),
    parameters: [
      'tau_mem_inv',
      'tau_syn_inv',
      'tau_ada_inv',
      'v_leak',
      'v_th',
      'v_reset',
      'delta_T',
      'adaptation_current',
      'adaptation_spike',
    ],
    inputs: Object.fromEntries(Object.entries(arriving).map(([name, signal]) => [name, { signal, unit: '1' }])),
    surrogates: { spikes: surrogateOf(builder) },
    threshold: 'v > v_th',
    reset: 'v = v_reset\na += adaptation_spike',
    initial: { v: 'v_leak', i_syn: 0, a: 0 },
  });
}
