/** Feed-forward integrate-and-fire layer advanced exactly from step to step (Rockpool 1.0.7 FFIAFNest). */
import { andThen, mapResult, ok } from '../../base/result.ts';
import { f64, i32Local, load, multiply } from '../../build/ir/expressions.ts';
import { loop, store } from '../../build/ir/statements.ts';
import type { SignalId } from '../../build/ir/types.ts';
import type { ElementBuilder, ElementKind } from '../../build/library-kind.ts';
import { expandPopulation } from '../../build/population/expand-population.ts';
import { flag, matrix, sizeParameter } from '../specs.ts';
import { spikeOutput } from '../stimuli/spikes.ts';
import { delayedVector } from './delayed-vector.ts';
import { exactIafNames, exactIafParameters, exactMembrane, refractorySteps } from './exact-iaf.ts';
import { layProduct, rateCalculation, type LayerMatrix } from './layer-weights.ts';
import { inputMatrix, matrixShape } from './weights.ts';

const released = { compatibility: true } as const;
/** Rockpool adds 1 ms to the times of its generators, and NEST delays connections by 1 ms. */
const lateSeconds = 2e-3;

export const ffIafExact: ElementKind = {
  id: 'layers/ff-iaf-exact',
  family: 'layers',
  title: 'IAF layer, exact steps',
  summary: 'Leaky integrate-and-fire cells driven by weighted currents, solved exactly over every step.',
  keywords: ['rockpool', 'FFIAFNest', 'NEST', 'iaf_psc_exp', 'LIF', 'integrate and fire', 'spiking', 'refractory'],
  parameters: [
    { ...sizeParameter(20), description: 'Number of cells; follows from the weights where they are given.' },
    ...exactIafParameters,
    matrix('weights', 'input weights', 'pA', 'Weights [inputs, cells] of the input; drawn when absent.'),
    ...rateCalculation,
    flag('late_input', 'late input', false, 'As Rockpool 1.0.7: the input arrives 2 ms late.', released),
    flag(
      'milli_twice',
      'inputs count a thousandfold',
      false,
      'As Rockpool 1.0.7: inputs and weights are both taken in thousandths, so that their product counts a thousandfold next to the bias.',
      released,
    ),
  ],
  inputs: [{ name: 'in', title: 'input', types: ['continuous', 'spikes'], accepts: 'channels', unit: '1' }],
  outputs: [spikeOutput],
  states: [
    { name: 'v', title: 'membrane potential', unit: 'V' },
    { name: 'countdown', title: 'refractory steps left', unit: '1', holds: 'counts' },
  ],
  equations: [
    'dv/dt = (v_rest − v + (x · W + bias) / conductance) / tau_mem, solved exactly over each step',
    'v ≥ v_thresh → spike, v = v_reset, held for refractory / dt steps',
  ],
  source: 'Rockpool 1.0.7, FFIAFNest; NEST, iaf_psc_exp',
  defaultProbe: 'spikes',
  sizes({ parameters }) {
    const size = matrixShape(parameters, 'weights')?.[1] ?? parameters.number('size');
    return ok({ outputs: { spikes: size }, cells: size });
  },
  expand(builder) {
    const cells = matrixShape(builder, 'weights')?.[1] ?? builder.number('size');
    return andThen(inputMatrix(builder, 'weights', cells, 1e-11, 'A'), (weights) =>
      mapResult(expandCells(builder, cells, arriving(builder, cells, weights)), () => undefined),
    );
  },
};

/** The weighted input of a step; zeros where nothing is connected. */
function arriving(builder: ElementBuilder, cells: number, matrix: LayerMatrix): SignalId {
  const channels = builder.inputSize('in');
  const signal = { name: 'drive', shape: [cells], initial: 0, unit: 'A' } as const;
  if (channels === 0) return builder.signal({ ...signal, role: 'constant' });
  const drive = builder.signal({ ...signal, role: 'transient' });
  const late = builder.flag('late_input') ? Math.round(lateSeconds / builder.timeStepSeconds) : 0;
  const vector = delayedVector(builder, builder.input('in'), channels, late);
  layProduct(builder, { name: 'in/product', matrix, vector, result: drive, access: 'sets' });
  return builder.flag('milli_twice') ? thousandfold(builder, drive, cells) : drive;
}

function thousandfold(builder: ElementBuilder, drive: SignalId, cells: number): SignalId {
  const scaled = builder.signal({ name: 'drive_scaled', shape: [cells], initial: 0, role: 'transient', unit: 'A' });
  const cell = i32Local('i');
  const body = [loop('i', 0, cells, [store(scaled, cell, multiply(load(drive, cell), f64(1000)))])];
  builder.operator({ name: 'drive/scale', reads: [drive], sets: [scaled], body });
  return scaled;
}

function expandCells(builder: ElementBuilder, cells: number, drive: SignalId) {
  return expandPopulation(builder, {
    cells,
    model: 'v : volt\ncountdown : 1',
    method: 'discrete',
    update: exactMembrane('bias + x', []),
    parameters: exactIafNames,
    inputs: { x: { signal: drive, unit: 'A' } },
    threshold: 'v >= v_thresh',
    reset: `v = v_reset\ncountdown = ${refractorySteps}`,
    initial: { v: 'v_rest' },
  });
}
