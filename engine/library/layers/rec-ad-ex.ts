/** Recurrent layer of adaptive exponential integrate-and-fire cells for spikes (Rockpool 1.0.7 RecAEIFSpkInNest). */
import { ok, type Result } from '../../base/result.ts';
import type { ElementBuilder, ElementKind } from '../../build/library-kind.ts';
import type { PopulationInput, PopulationSignals } from '../../build/population/definition.ts';
import { expandPopulation } from '../../build/population/expand-population.ts';
import type { ParameterSpec, StateSpec } from '../../model/kind.ts';
import { integer, quantity, sizeParameter } from '../specs.ts';
import { spikeOutput } from '../stimuli/spikes.ts';
import { expandAdaptiveAdEx } from './ad-ex-adaptive.ts';
import { adExNames, adExStates, adExStep } from './ad-ex-substeps.ts';
import { expandDelayedRecurrence, spikeSynapseParameters, synapticStates } from './delayed-recurrence.ts';
import { eventPort } from './event-input.ts';
import { exactIafParameters, exactTime } from './exact-iaf.ts';
import { matrixShape } from './weights.ts';

const adaptation = { perCell: true, group: 'Adaptation' } as const;

/** How finely a step is divided. */
export const substepsParameter: ParameterSpec = integer(
  'substeps',
  'substeps',
  4,
  'Runge-Kutta steps in a time step; the threshold is looked at after each. 0 takes as many as an estimate of the error asks for, as NEST does, and counts several spikes of a cell in a time step.',
  { minimum: 0, maximum: 8, group: 'Integration' },
);

/** Adaptation and exponential rise. */
const adaptationParameters: readonly ParameterSpec[] = [
  quantity(
    'subthresh_adapt',
    'subthreshold adaptation',
    4,
    'nS',
    'Conductance that couples adaptation to the membrane.',
    {
      ...adaptation,
    },
  ),
  quantity(
    'spike_adapt',
    'adaptation by a spike',
    80.5,
    'pA',
    'What a spike adds to the adaptation current.',
    adaptation,
  ),
  {
    ...exactTime('tau_adapt', 'adaptation time constant', 144, 'Decay of the adaptation current.'),
    group: 'Adaptation',
  },
  quantity(
    'delta_t',
    'sharpness',
    2,
    'mV',
    'Rise above the threshold: a cell spikes 10 mV above it; 0 is a plain threshold.',
    {
      ...{ ...adaptation, minimum: 0, group: 'Membrane' },
    },
  ),
];

/** States of the cells. */
export const adExCellStates: readonly StateSpec[] = [
  { name: 'v', title: 'membrane potential', unit: 'V' },
  { name: 'w', title: 'adaptation current', unit: 'A' },
  ...synapticStates,
  { name: 'countdown', title: 'refractory steps left', unit: '1', holds: 'counts' },
];

/** Equations of the cells. */
export const adExEquations: readonly string[] = [
  'tau_mem · conductance · dv/dt = −conductance · (v − v_rest) + conductance · delta_t · exp((v − v_thresh) / delta_t) + I_exc + I_inh − w + bias',
  'tau_adapt · dw/dt = subthresh_adapt · (v − v_rest) − w',
  'dI_exc/dt = −I_exc / tau_syn_exc;  dI_inh/dt = −I_inh / tau_syn_inh',
  'v ≥ v_thresh + 10 mV (v_thresh where delta_t = 0) → spike, v = v_reset, w = w + spike_adapt, v held for the refractory period',
  'spike over a weight W after its delay: I_exc += W where W > 0, else I_inh += W',
];

export const recAdEx: ElementKind = {
  id: 'layers/rec-ad-ex',
  family: 'layers',
  title: 'Recurrent adaptive exponential layer',
  summary:
    'Adaptive exponential integrate-and-fire cells with delayed exponential synapses for input spikes and for their own.',
  keywords: [
    ...['rockpool', 'RecAEIFSpkInNest', 'NEST', 'aeif_psc_exp', 'AdEx', 'AEIF', 'adaptive', 'exponential', 'recurrent'],
  ],
  parameters: [
    { ...sizeParameter(50), description: 'Number of cells; follows from the weights where they are given.' },
    ...exactIafParameters,
    ...adaptationParameters,
    ...spikeSynapseParameters,
    substepsParameter,
  ],
  inputs: [eventPort],
  outputs: [spikeOutput],
  states: adExCellStates,
  equations: adExEquations,
  source: 'Rockpool 1.0.7, RecAEIFSpkInNest; NEST, aeif_psc_exp',
  defaultProbe: 'spikes',
  sizes({ parameters }) {
    const size = matrixShape(parameters, 'weights_rec')?.[1] ?? parameters.number('size');
    return ok({ outputs: { spikes: size }, cells: size });
  },
  expand: (builder) => expandDelayedRecurrence(builder, (own, cells) => expandAdExCells(own, cells)),
};

/** The cells, with the states of `adExCellStates`; values by neuron may stand for the parameters of their names. */
export function expandAdExCells(
  builder: ElementBuilder,
  cells: number,
  inputs: Readonly<Record<string, PopulationInput>> = {},
): Result<PopulationSignals> {
  const substeps = builder.number('substeps');
  if (substeps === 0) return expandAdaptiveAdEx(builder, cells, inputs);
  return expandPopulation(builder, {
    cells,
    model: adExStates,
    method: 'discrete',
    update: adExStep(substeps),
    parameters: adExNames.filter((name) => inputs[name] === undefined),
    inputs,
    threshold: 'fired > 0',
    initial: inputs['v_rest'] === undefined ? { v: 'v_rest' } : {},
  });
}
