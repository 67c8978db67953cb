/** Adaptive exponential cells in discrete time, feed-forward (norse LIFAdEx). */
import { andThen, mapResult, ok } from '../../base/result.ts';
import type { ElementBuilder, ElementKind } from '../../build/library-kind.ts';
import { expandPopulation } from '../../build/population/expand-population.ts';
import { flag, quantity, sizeParameter } from '../specs.ts';
import { spikeOutput } from '../stimuli/spikes.ts';
import { inputPerCell } from './input-per-cell.ts';

const perSecond = { perCell: true, minimum: 0 } as const;

export const lifAdEx: ElementKind = {
  id: 'layers/lif-ad-ex',
  family: 'layers',
  title: 'LIF AdEx layer',
  summary: 'Dimensionless adaptive exponential cells with a synaptic current, one input channel per cell.',
  keywords: ['norse', 'LIFAdEx', 'adaptive exponential', 'spiking'],
  parameters: [
    {
      ...sizeParameter(1),
      description: 'Number of cells; follows from the input where it is connected with more than one channel.',
    },
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
  ],
  inputs: [{ name: 'in', title: 'input', types: ['continuous', 'spikes'], accepts: 'channels', unit: '1' }],
  outputs: [spikeOutput],
  states: [
    { name: 'v', title: 'membrane', unit: '1' },
    { name: 'i_syn', title: 'synaptic current', unit: '1' },
    { name: 'a', title: 'adaptation', unit: '1' },
  ],
  equations: [
    'dv/dt = tau_mem_inv · (v_leak − v + delta_T · exp((v − v_th) / delta_T) + i − a)',
    'di/dt = −tau_syn_inv · i;  da/dt = tau_ada_inv · (adaptation_current · (v − v_leak) − a)',
    'v > v_th → spike, v = v_reset, a += adaptation_spike',
  ],
  source: 'norse 1.1.0, LIFAdEx; the released order of the forward Euler steps',
  defaultProbe: 'spikes',
  sizes({ parameters, inputSize }) {
    const connected = inputSize('in');
    if (connected === undefined) return ok({ outputs: { spikes: undefined }, cells: undefined });
    const size = connected > 1 ? connected : parameters.number('size');
    return ok({ outputs: { spikes: size }, cells: size });
  },
  expand(builder) {
    const connected = builder.inputSize('in');
    const cells = connected > 1 ? connected : builder.number('size');
    return andThen(inputPerCell(builder, 'in', cells), (input) =>
      mapResult(expandCells(builder, cells, input), () => undefined),
    );
  },
};

function expandCells(builder: ElementBuilder, cells: number, input: string) {
  const late = builder.flag('input_after_decay');
  return expandPopulation(builder, {
    cells,
    model: 'v : 1\ni_syn : 1\na : 1',
    method: 'discrete',
    update: [
      late ? 'i_jumped = i_syn' : 'i_jumped = i_syn + x',
      'v_next = v + dt*tau_mem_inv*((v_leak - v) + delta_T*exp((v - v_th)/delta_T) + i_jumped - a)',
      late ? 'i_syn = i_jumped*(1 - dt*tau_syn_inv) + x' : 'i_syn = i_jumped*(1 - dt*tau_syn_inv)',
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
    inputs: { x: { signal: input, unit: '1' } },
    threshold: 'v > v_th',
    reset: 'v = v_reset\na += adaptation_spike',
    initial: { v: 'v_leak', i_syn: 0, a: 0 },
  });
}
