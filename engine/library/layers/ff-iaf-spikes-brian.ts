/** Feed-forward integrate-and-fire layer with exponential synapses (Rockpool 1.0.7 FFIAFSpkInBrian). */
import { andThen, mapResult, ok } from '../../base/result.ts';
import type { ElementKind } from '../../build/library-kind.ts';
import type { KindDescriptor } from '../../model/kind.ts';
import { matrix, quantity, sizeParameter } from '../specs.ts';
import { spikeOutput } from '../stimuli/spikes.ts';
import { brianIafParameters, cellTime, expandBrianIaf } from './brian-iaf.ts';
import { ownStates } from './brian-own-equations.ts';
import { describeByTexts } from './describe-by-texts.ts';
import { layInput, rateCalculation } from './layer-weights.ts';
import { inputMatrix, matrixShape } from './weights.ts';

const base: KindDescriptor = {
  id: 'layers/ff-iaf-spikes-brian',
  family: 'layers',
  title: 'IAF layer for spikes',
  summary: 'Leaky integrate-and-fire cells driven by input spikes through exponential synapses.',
  keywords: ['rockpool', 'FFIAFSpkInBrian', 'LIF', 'spiking', 'synapse', 'tempotron'],
  parameters: [
    { ...sizeParameter(20), description: 'Number of cells; follows from the weights where they are given.' },
    ...brianIafParameters(10),
    quantity('tau_syn', 'synaptic time constant', 20, 'ms', 'Decay of the synaptic current.', cellTime),
    matrix(
      'weights',
      'input weights',
      'mA',
      'Weights [inputs, cells] that an input spike adds to the synaptic current; drawn when absent.',
    ),
    ...rateCalculation,
  ],
  inputs: [{ name: 'in', title: 'input spikes', types: ['spikes', 'continuous'], accepts: 'channels', unit: '1' }],
  outputs: [spikeOutput],
  states: [
    { name: 'v', title: 'membrane potential', unit: 'V' },
    { name: 'I_syn', title: 'synaptic current', unit: 'A' },
  ],
  equations: [
    'dv/dt = (v_rest − v + r_m · (I_syn + bias + noise)) / tau_mem',
    'dI_syn/dt = −I_syn / tau_syn',
    'v > v_thresh → spike, v = v_reset; input spike of m: I_syn += W[m, :]',
  ],
  source: 'Rockpool 1.0.7, FFIAFSpkInBrian',
  defaultProbe: 'spikes',
};

const described = describeByTexts(base, ['neuron_eq'], (text) => ({
  states: [...base.states, ...ownStates(text('neuron_eq'), base.states)],
}));

export const ffIafSpikesBrian: ElementKind = {
  ...described,
  sizes({ parameters }) {
    const size = matrixShape(parameters, 'weights')?.[1] ?? parameters.number('size');
    return ok({ outputs: { spikes: size }, cells: size });
  },
  expand(builder) {
    const cells = matrixShape(builder, 'weights')?.[1] ?? builder.number('size');
    return andThen(inputMatrix(builder, 'weights', cells, 0.01, 'A'), (weights) =>
      mapResult(expandBrianIaf(builder, { cells, currents: { I_syn: 'tau_syn' }, leak: true }), ({ states }) =>
        layInput(builder, { slot: 'synapses', matrix: weights, result: states['I_syn'] ?? '', access: 'updates' }),
      ),
    );
  },
};
