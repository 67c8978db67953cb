/** Feed-forward integrate-and-fire layer in discrete time, for currents or spikes (Rockpool 1.0.7 FFIAFTorch, FFIAFRefrTorch, FFIAFSpkInTorch, FFIAFSpkInRefrTorch). */
import { andThen, mapResult, ok } from '../../base/result.ts';
import type { ElementBuilder, ElementKind } from '../../build/library-kind.ts';
import { flag, matrix, sizeParameter } from '../specs.ts';
import { spikeOutput } from '../stimuli/spikes.ts';
import { addEventsFlag } from './event-input.ts';
import { rateCalculation, type LayerMatrix } from './layer-weights.ts';
import {
  driveVector,
  expandTorchIaf,
  inputType,
  layDrive,
  leakyMembrane,
  noiseAddend,
  synapseTime,
  torchIafParameters,
  torchIafStates,
} from './torch-iaf.ts';
import { inputMatrix, matrixShape } from './weights.ts';

export const ffIafTorch: ElementKind = {
  id: 'layers/ff-iaf-torch',
  family: 'layers',
  title: 'IAF layer, Euler',
  summary: 'Leaky integrate-and-fire cells advanced by Euler steps, driven by weighted currents or spikes.',
  keywords: [
    ...['rockpool', 'FFIAFTorch', 'FFIAFRefrTorch', 'FFIAFSpkInTorch', 'FFIAFSpkInRefrTorch'],
    ...['LIF', 'integrate and fire', 'spiking', 'refractory'],
  ],
  parameters: [
    { ...sizeParameter(20), description: 'Number of cells; follows from the weights where they are given.' },
    inputType,
    addEventsFlag(true),
    ...torchIafParameters,
    synapseTime('tau_syn', 'synaptic time constant', 20, 'Decay of the synaptic current that input spikes make.'),
    matrix('weights', 'input weights', 'mA', 'Weights [inputs, cells] of the input; drawn when absent.'),
    ...rateCalculation,
    flag(
      'noise_through_synapses',
      'noise through synapses',
      false,
      'As Rockpool 1.0.7: with spikes as input the noise is added before the synaptic current is summed up, so that its effect is many times larger.',
      { compatibility: true },
    ),
  ],
  inputs: [{ name: 'in', title: 'input', types: ['continuous', 'spikes'], accepts: 'channels', unit: '1' }],
  outputs: [spikeOutput],
  states: torchIafStates,
  equations: [
    'I_syn = x · W + noise (currents), or I_syn = I_syn · exp(−dt / tau_syn) + x · W (spikes)',
    'v = v + dt / tau_mem · (v_rest − v + r_m · (I_syn + bias)), unless refractory',
    'v > v_thresh → spike, v = v_reset, held for refractory / dt steps',
  ],
  source: 'Rockpool 1.0.7, FFIAFTorch, FFIAFRefrTorch, FFIAFSpkInTorch and FFIAFSpkInRefrTorch',
  defaultProbe: 'spikes',
  sizes({ parameters }) {
    const size = matrixShape(parameters, 'weights')?.[1] ?? parameters.number('size');
    return ok({ outputs: { spikes: size }, cells: size });
  },
  expand(builder) {
    const cells = matrixShape(builder, 'weights')?.[1] ?? builder.number('size');
    return andThen(inputMatrix(builder, 'weights', cells, 0.01, 'A'), (weights) =>
      expandCells(builder, cells, weights),
    );
  },
};

function expandCells(builder: ElementBuilder, cells: number, weights: LayerMatrix) {
  const drive = driveVector(builder, cells);
  const spikes = builder.text('input_type') === 'spikes';
  const noise = noiseAddend(builder);
  const filtered = !spikes || builder.flag('noise_through_synapses');
  const current = spikes ? 'I_syn*exp(-dt/tau_syn) + x' : 'x';
  const request = {
    cells,
    before: [`I_syn = ${current}${filtered ? noise : ''}`],
    advanced: filtered ? leakyMembrane : leakyMembrane.replace('bias', `bias${noise}`),
    after: [],
    inputs: { x: { signal: drive, unit: 'A' } },
    currents: [],
    parameters: ['tau_syn'],
  };
  return mapResult(expandTorchIaf(builder, request), () => layDrive(builder, weights, drive));
}
