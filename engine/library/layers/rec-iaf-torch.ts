/** Recurrent integrate-and-fire layer in discrete time, for currents or spikes (Rockpool 1.0.7 RecIAFTorch, RecIAFRefrTorch, RecIAFSpkInTorch, RecIAFSpkInRefrTorch, RecIAFSpkInRefrCLTorch). */
import { andThen, mapResult, ok, type Result } from '../../base/result.ts';
import type { SignalId } from '../../build/ir/types.ts';
import type { ElementBuilder, ElementKind } from '../../build/library-kind.ts';
import type { ParameterSpec } from '../../model/kind.ts';
import { choice, flag, matrix, quantity, sizeParameter } from '../specs.ts';
import { spikeOutput } from '../stimuli/spikes.ts';
import { addEventsFlag } from './event-input.ts';
import { inputPerCell } from './input-per-cell.ts';
import { laySpikeProduct, spikingCalculation, type LayerMatrix } from './layer-weights.ts';
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
import { inputMatrix, matrixShape, recurrentMatrix } from './weights.ts';

const constantLeak = { group: 'Leak' } as const;

const leakParameters: readonly ParameterSpec[] = [
  choice(
    'leak',
    'leak',
    'exponential',
    [
      { value: 'exponential', title: 'exponential, with the membrane time constant' },
      { value: 'constant', title: 'constant, towards the resting potential' },
      { value: 'downwards', title: 'constant, always downwards' },
    ],
    'How the membrane forgets.',
    constantLeak,
  ),
  quantity('leak_rate', 'leak rate', 20, 'mV/s', 'Slope of a constant leak.', { ...constantLeak, perCell: true }),
  flag('lower_limit', 'lower limit', false, 'The membrane does not fall below the lowest potential.', constantLeak),
  quantity('state_min', 'lowest potential', -85, 'mV', 'What the membrane does not fall below.', {
    ...constantLeak,
    perCell: true,
  }),
];

const compatibility: readonly ParameterSpec[] = [
  flag(
    'leak_as_released',
    'weak constant leak',
    false,
    'As Rockpool 1.0.7: a constant leak is multiplied by dt / tau_mem, without resting potential it points upwards, and the bias is ignored.',
    { compatibility: true },
  ),
  flag(
    'fast_synapses_silent',
    'fast synapses are silent',
    false,
    'As Rockpool 1.0.7: the cells do not act on each other where all recurrent time constants are shorter than the time step.',
    { compatibility: true },
  ),
];

export const recIafTorch: ElementKind = {
  id: 'layers/rec-iaf-torch',
  family: 'layers',
  title: 'Recurrent IAF layer, Euler',
  summary:
    'Integrate-and-fire cells advanced by Euler steps, with recurrent exponential synapses, for currents or spikes.',
  keywords: [
    ...['rockpool', 'RecIAFTorch', 'RecIAFRefrTorch', 'RecIAFSpkInTorch', 'RecIAFSpkInRefrTorch'],
    ...['RecIAFSpkInRefrCLTorch', 'LIF', 'recurrent', 'spiking', 'refractory', 'constant leak'],
  ],
  parameters: [
    { ...sizeParameter(50), description: 'Number of cells; follows from the weights where they are given.' },
    inputType,
    addEventsFlag(true),
    ...torchIafParameters,
    synapseTime('tau_syn_inp', 'input time constant', 50, 'Decay of the current that input spikes make.'),
    synapseTime(
      'tau_syn_rec',
      'recurrent time constant',
      50,
      'Decay of the current that the cells make in each other.',
    ),
    ...leakParameters,
    matrix('weights_in', 'input weights', 'mA', 'Weights [inputs, cells] of input spikes; drawn when absent.'),
    matrix('weights_rec', 'recurrent weights', 'mA', 'Weights [from, to] of own spikes; drawn when absent.'),
    ...spikingCalculation,
    ...compatibility,
  ],
  inputs: [{ name: 'in', title: 'input', types: ['continuous', 'spikes'], accepts: 'channels', unit: '1' }],
  outputs: [spikeOutput],
  states: [
    ...torchIafStates,
    { name: 'I_inp', title: 'input current', unit: 'A' },
    { name: 'I_rec', title: 'recurrent current', unit: 'A' },
  ],
  equations: [
    'I_inp = x, cell by cell (currents), or I_inp = I_inp · exp(−dt / tau_syn_inp) + x · W_in (spikes)',
    'I_syn = I_inp + I_rec + noise',
    'v = v + dt / tau_mem · (v_rest − v + r_m · (I_syn + bias)), unless refractory',
    'constant leak: v = v + dt / tau_mem · r_m · (I_syn + bias) ± dt · leak_rate',
    'v > v_thresh → spike, v = v_reset, held for refractory / dt steps',
    'I_rec = I_rec · exp(−dt / tau_syn_rec); spike of i: I_rec += W_rec[i, :]',
  ],
  source:
    'Rockpool 1.0.7, RecIAFTorch, RecIAFRefrTorch, RecIAFSpkInTorch, RecIAFSpkInRefrTorch and RecIAFSpkInRefrCLTorch',
  defaultProbe: 'spikes',
  sizes({ parameters }) {
    const size = matrixShape(parameters, 'weights_rec')?.[1] ?? parameters.number('size');
    return ok({ outputs: { spikes: size }, cells: size });
  },
  expand(builder) {
    const cells = matrixShape(builder, 'weights_rec')?.[1] ?? builder.number('size');
    return andThen(recurrentMatrix(builder, 'weights_rec', cells, 0.002, 'A'), (recurrent) =>
      andThen(arriving(builder, cells), (x) => expandCells(builder, cells, x, recurrent)),
    );
  },
};

/** What arrives at the cells in a step: the currents themselves, or weighted spikes. */
function arriving(builder: ElementBuilder, cells: number): Result<SignalId> {
  if (builder.text('input_type') === 'currents') return inputPerCell(builder, 'in', cells);
  return mapResult(inputMatrix(builder, 'weights_in', cells, 0.01, 'A'), (weights) => {
    const drive = driveVector(builder, cells);
    layDrive(builder, weights, drive);
    return drive;
  });
}

function expandCells(builder: ElementBuilder, cells: number, x: SignalId, recurrent: LayerMatrix) {
  const spikes = builder.text('input_type') === 'spikes';
  const request = {
    cells,
    before: [
      `I_inp = ${spikes ? 'I_inp*exp(-dt/tau_syn_inp) + x' : 'x'}`,
      `I_syn = I_inp + I_rec${noiseAddend(builder)}`,
      'I_rec = I_rec*exp(-dt/tau_syn_rec)',
    ],
    advanced: membraneText(builder),
    after: builder.flag('lower_limit') ? ['v = max(v, state_min)'] : [],
    inputs: { x: { signal: x, unit: 'A' } },
    currents: ['I_inp', 'I_rec'],
    parameters: ['tau_syn_inp', 'tau_syn_rec', 'leak_rate', 'state_min'],
  };
  return andThen(builder.vector('tau_syn_rec', cells), (taus) =>
    mapResult(expandTorchIaf(builder, request), ({ states, spikes: fired = '' }) => {
      const silent = taus.every((tau) => tau < builder.timeStepSeconds) && builder.flag('fast_synapses_silent');
      if (silent) return;
      const result = states['I_rec'] ?? '';
      laySpikeProduct(builder, { name: 'recurrent/deliver', matrix: recurrent, spikes: fired, result });
    }),
  );
}

function membraneText(builder: ElementBuilder): string {
  const leak = builder.text('leak');
  if (leak === 'exponential') return leakyMembrane;
  const released = builder.flag('leak_as_released');
  const towards = 'dt*leak_rate*(int(v < v_rest) - int(v > v_rest))';
  if (released) return `v + dt/tau_mem*(1*ohm*I_syn + ${leak === 'constant' ? towards : 'dt*leak_rate'})`;
  return `v + dt/tau_mem*1*ohm*(I_syn + bias) ${leak === 'constant' ? `+ ${towards}` : '- dt*leak_rate'}`;
}
