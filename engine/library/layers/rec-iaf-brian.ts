/** Recurrent integrate-and-fire layer with exponential synapses (Rockpool 1.0.7 RecIAFBrian). */
import { andThen, mapResult, ok } from '../../base/result.ts';
import type { ElementBuilder, ElementKind } from '../../build/library-kind.ts';
import type { SignalId } from '../../build/ir/types.ts';
import type { KindDescriptor } from '../../model/kind.ts';
import { matrix, quantity, sizeParameter } from '../specs.ts';
import { spikeOutput } from '../stimuli/spikes.ts';
import { brianIafParameters, cellTime, currentInput, expandBrianIaf } from './brian-iaf.ts';
import { ownStates } from './brian-own-equations.ts';
import { describeByTexts } from './describe-by-texts.ts';
import { inputPerCell } from './input-per-cell.ts';
import { laySpikeProduct, spikingCalculation, type LayerMatrix } from './layer-weights.ts';
import { matrixShape, weightMatrix } from './weights.ts';

const base: KindDescriptor = {
  id: 'layers/rec-iaf-brian',
  family: 'layers',
  title: 'Recurrent IAF layer',
  summary: 'Leaky integrate-and-fire cells with recurrent exponential synapses; input currents are added cell by cell.',
  keywords: ['rockpool', 'RecIAFBrian', 'LIF', 'recurrent', 'spiking', 'reservoir'],
  parameters: [
    { ...sizeParameter(50), description: 'Number of cells; follows from the weights where they are given.' },
    ...brianIafParameters(10.5),
    quantity('tau_syn_r', 'synaptic time constant', 50, 'ms', 'Decay of the recurrent synaptic current.', cellTime),
    matrix(
      'weights',
      'recurrent weights',
      'mA',
      'Weights [from, to] added to the synaptic current by a spike; drawn when absent.',
    ),
    ...spikingCalculation,
  ],
  inputs: [{ name: 'in', title: 'input current (A)', types: ['continuous'], accepts: 'channels', unit: 'A' }],
  outputs: [spikeOutput],
  states: [
    { name: 'v', title: 'membrane potential', unit: 'V' },
    { name: 'I_syn', title: 'synaptic current', unit: 'A' },
  ],
  equations: [
    'dv/dt = (v_rest − v + r_m · (x + I_syn + bias + noise)) / tau_mem',
    'dI_syn/dt = −I_syn / tau_syn_r',
    'v > v_thresh → spike, v = v_reset; spike of i: I_syn += W[i, :]',
  ],
  source: 'Rockpool 1.0.7, RecIAFBrian',
  defaultProbe: 'spikes',
};

const described = describeByTexts(base, ['neuron_eq'], (text) => ({
  states: [...base.states, ...ownStates(text('neuron_eq'), base.states)],
}));

export const recIafBrian: ElementKind = {
  ...described,
  sizes({ parameters }) {
    const size = matrixShape(parameters, 'weights')?.[1] ?? parameters.number('size');
    return ok({ outputs: { spikes: size }, cells: size });
  },
  expand(builder) {
    const cells = matrixShape(builder, 'weights')?.[1] ?? builder.number('size');
    return andThen(inputPerCell(builder, 'in', cells), (input) =>
      andThen(inputPerCell(builder, 'in', cells, true), (ahead) =>
        andThen(weightMatrix(builder, 'weights', [cells, cells], 0.002 / Math.sqrt(cells), 'A'), (weights) =>
          expandCells(builder, cells, { input, ahead, weights }),
        ),
      ),
    );
  },
};

interface Signals {
  readonly input: SignalId;
  readonly ahead: SignalId;
  readonly weights: LayerMatrix;
}

function expandCells(builder: ElementBuilder, cells: number, { input, ahead, weights }: Signals) {
  const membrane = { cells, currents: { I_syn: 'tau_syn_r' }, input: currentInput(input, ahead), leak: true };
  return mapResult(expandBrianIaf(builder, membrane), ({ states, spikes }) => {
    const result = states['I_syn'] ?? '';
    laySpikeProduct(builder, { name: 'recurrent/deliver', matrix: weights, spikes: spikes ?? '', result });
  });
}
