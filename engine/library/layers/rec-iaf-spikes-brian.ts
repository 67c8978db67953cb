/** Recurrent integrate-and-fire layer with exponential synapses for input and recurrence (Rockpool 1.0.7 RecIAFSpkInBrian). */
import { andThen, mapResult, ok } from '../../base/result.ts';
import type { ElementBuilder, ElementKind } from '../../build/library-kind.ts';
import type { KindDescriptor } from '../../model/kind.ts';
import { matrix, quantity, sizeParameter } from '../specs.ts';
import { spikeOutput } from '../stimuli/spikes.ts';
import { brianIafParameters, cellTime, expandBrianIaf } from './brian-iaf.ts';
import { ownStates } from './brian-own-equations.ts';
import { describeByTexts } from './describe-by-texts.ts';
import { layInput, laySpikeProduct, spikingCalculation, type LayerMatrix } from './layer-weights.ts';
import { inputMatrix, matrixShape, recurrentMatrix } from './weights.ts';

const base: KindDescriptor = {
  id: 'layers/rec-iaf-spikes-brian',
  family: 'layers',
  title: 'Recurrent IAF layer for spikes',
  summary: 'Leaky integrate-and-fire cells with exponential synapses for input spikes and for their own.',
  keywords: ['rockpool', 'RecIAFSpkInBrian', 'LIF', 'recurrent', 'spiking', 'reservoir'],
  parameters: [
    { ...sizeParameter(50), description: 'Number of cells; follows from the weights where they are given.' },
    ...brianIafParameters(10.5),
    quantity('tau_syn_inp', 'input time constant', 50, 'ms', 'Decay of the current that input spikes make.', cellTime),
    quantity('tau_syn_rec', 'recurrent time constant', 50, 'ms', 'Decay of the recurrent synaptic current.', cellTime),
    matrix('weights_in', 'input weights', 'mA', 'Weights [inputs, cells] of input spikes; drawn when absent.'),
    matrix('weights_rec', 'recurrent weights', 'mA', 'Weights [from, to] of own spikes; drawn when absent.'),
    ...spikingCalculation,
  ],
  inputs: [{ name: 'in', title: 'input spikes', types: ['spikes', 'continuous'], accepts: 'channels', unit: '1' }],
  outputs: [spikeOutput],
  states: [
    { name: 'v', title: 'membrane potential', unit: 'V' },
    { name: 'I_syn_inp', title: 'input current', unit: 'A' },
    { name: 'I_syn_rec', title: 'recurrent current', unit: 'A' },
  ],
  equations: [
    'dv/dt = (v_rest − v + r_m · (I_syn_inp + I_syn_rec + bias + noise)) / tau_mem',
    'dI_syn_inp/dt = −I_syn_inp / tau_syn_inp;  dI_syn_rec/dt = −I_syn_rec / tau_syn_rec',
    'v > v_thresh → spike, v = v_reset',
    'input spike of m: I_syn_inp += W_in[m, :]; spike of i: I_syn_rec += W_rec[i, :]',
  ],
  source: 'Rockpool 1.0.7, RecIAFSpkInBrian',
  defaultProbe: 'spikes',
};

const described = describeByTexts(base, ['neuron_eq'], (text) => ({
  states: [...base.states, ...ownStates(text('neuron_eq'), base.states)],
}));

export const recIafSpikesBrian: ElementKind = {
  ...described,
  sizes({ parameters }) {
    const size = matrixShape(parameters, 'weights_rec')?.[1] ?? parameters.number('size');
    return ok({ outputs: { spikes: size }, cells: size });
  },
  expand(builder) {
    const cells = matrixShape(builder, 'weights_rec')?.[1] ?? builder.number('size');
    return andThen(inputMatrix(builder, 'weights_in', cells, 0.01, 'A'), (input) =>
      andThen(recurrentMatrix(builder, 'weights_rec', cells, 0.002, 'A'), (recurrent) =>
        expandCells(builder, cells, input, recurrent),
      ),
    );
  },
};

function expandCells(builder: ElementBuilder, cells: number, input: LayerMatrix, recurrent: LayerMatrix) {
  const currents = { I_syn_inp: 'tau_syn_inp', I_syn_rec: 'tau_syn_rec' };
  return mapResult(expandBrianIaf(builder, { cells, currents, leak: true }), ({ states, spikes = '' }) => {
    layInput(builder, { slot: 'synapses', matrix: input, result: states['I_syn_inp'] ?? '', access: 'updates' });
    const result = states['I_syn_rec'] ?? '';
    laySpikeProduct(builder, { name: 'recurrent/deliver', matrix: recurrent, spikes, result });
  });
}
