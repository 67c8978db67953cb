/** Recurrent integrate-and-fire layer for spikes, advanced exactly from step to step (Rockpool 1.0.7 RecIAFSpkInNest). */
import { ok, type Result } from '../../base/result.ts';
import type { ElementBuilder, ElementKind } from '../../build/library-kind.ts';
import type { PopulationSignals } from '../../build/population/definition.ts';
import { expandPopulation } from '../../build/population/expand-population.ts';
import { sizeParameter } from '../specs.ts';
import { spikeOutput } from '../stimuli/spikes.ts';
import { exactIafNames, exactIafParameters, exactMembrane, refractorySteps } from './exact-iaf.ts';
import { eventPort } from './event-input.ts';
import { expandDelayedRecurrence, spikeSynapseParameters, synapticStates } from './delayed-recurrence.ts';
import { matrixShape } from './weights.ts';

export const recIafExact: ElementKind = {
  id: 'layers/rec-iaf-exact',
  family: 'layers',
  title: 'Recurrent IAF layer, exact steps',
  summary:
    'Leaky integrate-and-fire cells with delayed exponential synapses for input spikes and for their own, solved exactly.',
  keywords: [
    ...['rockpool', 'RecIAFSpkInNest', 'NEST', 'iaf_psc_exp', 'LIF', 'recurrent', 'spiking', 'delay', 'reservoir'],
  ],
  parameters: [
    { ...sizeParameter(50), description: 'Number of cells; follows from the weights where they are given.' },
    ...exactIafParameters,
    ...spikeSynapseParameters,
  ],
  inputs: [eventPort],
  outputs: [spikeOutput],
  states: [
    { name: 'v', title: 'membrane potential', unit: 'V' },
    ...synapticStates,
    { name: 'countdown', title: 'refractory steps left', unit: '1', holds: 'counts' },
  ],
  equations: [
    'dv/dt = (v_rest − v + (I_exc + I_inh + bias) / conductance) / tau_mem, solved exactly over each step',
    'dI_exc/dt = −I_exc / tau_syn_exc;  dI_inh/dt = −I_inh / tau_syn_inh',
    'v ≥ v_thresh → spike, v = v_reset, held for refractory / dt steps',
    'spike over a weight W after its delay: I_exc += W where W > 0, else I_inh += W',
  ],
  source: 'Rockpool 1.0.7, RecIAFSpkInNest; NEST, iaf_psc_exp',
  defaultProbe: 'spikes',
  sizes({ parameters }) {
    const size = matrixShape(parameters, 'weights_rec')?.[1] ?? parameters.number('size');
    return ok({ outputs: { spikes: size }, cells: size });
  },
  expand: (builder) => expandDelayedRecurrence(builder, expandCells),
};

function expandCells(builder: ElementBuilder, cells: number): Result<PopulationSignals> {
  const synaptic = [
    { current: 'I_exc', tau: 'tau_syn_exc' },
    { current: 'I_inh', tau: 'tau_syn_inh' },
  ];
  return expandPopulation(builder, {
    cells,
    model: 'v : volt\nI_exc : amp\nI_inh : amp\ncountdown : 1',
    method: 'discrete',
    update: [
      exactMembrane('bias', synaptic),
      ...synaptic.map(({ current, tau }) => `${current} = ${current}*exp(-dt/${tau})`),
    ].join('\n'),
    parameters: [...exactIafNames, 'tau_syn_exc', 'tau_syn_inh'],
    threshold: 'v >= v_thresh',
    reset: `v = v_reset\ncountdown = ${refractorySteps}`,
    initial: { v: 'v_rest' },
  });
}
