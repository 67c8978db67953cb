/** Integrate-and-fire cells in discrete time as Rockpool 1.0.7's Torch layers have them: what the feed-forward and the recurrent layer share. */
import type { Result } from '../../base/result.ts';
import type { SignalId } from '../../build/ir/types.ts';
import type { ElementBuilder } from '../../build/library-kind.ts';
import type { PopulationInput, PopulationSignals } from '../../build/population/definition.ts';
import { expandPopulation } from '../../build/population/expand-population.ts';
import { roundHalfEven } from '../../math/elementary.ts';
import type { ParameterSpec, StateSpec } from '../../model/kind.ts';
import { choice, quantity } from '../specs.ts';
import { eventVector } from './event-input.ts';
import { layProduct, type LayerMatrix } from './layer-weights.ts';
import { noiseCurrent, noiseParameter } from './brian-iaf.ts';

const perCell = { perCell: true } as const;
const membrane = { ...perCell, group: 'Membrane' } as const;

/** Time constant of a synaptic current. */
export function synapseTime(name: string, title: string, milliseconds: number, description: string): ParameterSpec {
  return quantity(name, title, milliseconds, 'ms', description, { ...perCell, exclusiveMinimum: 0 });
}

/** What arrives at the port. */
export const inputType: ParameterSpec = choice(
  'input_type',
  'input',
  'currents',
  [
    { value: 'currents', title: 'currents' },
    { value: 'spikes', title: 'spikes, through exponential synapses' },
  ],
  'Whether the input is a current, or spikes that each add to a synaptic current.',
  { favourite: true },
);

/** Parameters common to the layers. */
export const torchIafParameters: readonly ParameterSpec[] = [
  quantity('tau_mem', 'membrane time constant', 20, 'ms', 'How fast the membrane forgets.', {
    ...{ ...perCell, exclusiveMinimum: 0, minimumSteps: 1, favourite: true },
  }),
  quantity('bias', 'bias current', 15, 'mA', 'Constant current into every cell; the membrane resistance is 1 Ω.', {
    ...{ ...perCell, favourite: true },
  }),
  quantity('v_thresh', 'threshold', -55, 'mV', 'A cell spikes when its membrane exceeds this.', membrane),
  quantity('v_reset', 'reset', -65, 'mV', 'Membrane at the start and after a spike.', membrane),
  quantity('v_rest', 'resting potential', -65, 'mV', 'Membrane without input.', membrane),
  quantity(
    'refractory',
    'refractory period',
    0,
    'ms',
    'Time after a spike during which the membrane is held, rounded to whole time steps (half to even).',
    { minimum: 0, group: 'Membrane' },
  ),
  noiseParameter,
];

/** States common to the layers. */
export const torchIafStates: readonly StateSpec[] = [
  { name: 'v', title: 'membrane potential', unit: 'V' },
  { name: 'v_peak', title: 'membrane before the reset', unit: 'V' },
  { name: 'I_syn', title: 'current into the cell', unit: 'A' },
  { name: 'countdown', title: 'refractory steps left', unit: '1', holds: 'counts' },
];

export interface TorchCells {
  readonly cells: number;
  /** Statements that set I_syn, and those that follow on the membrane. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** The membrane after the step, where the cell is not refractory. */
  readonly advanced: string;
  readonly inputs: Readonly<Record<string, PopulationInput>>;
  /** Names of further states, all currents, and of further parameters. */
  readonly currents: readonly string[];
  readonly parameters: readonly string[];
}

/** The membrane one step of Euler later, driven by I_syn and bias. */
export const leakyMembrane = 'v + dt/tau_mem*(v_rest - v + 1*ohm*(I_syn + bias))';

/** The noise current as an addend; empty without noise. */
export function noiseAddend(builder: ElementBuilder): string {
  return builder.number('noise_std') > 0 ? noiseCurrent : '';
}

/** Currents, then membrane, spike and reset; a cell that spikes is held for the steps of `countdown`. */
export function expandTorchIaf(builder: ElementBuilder, request: TorchCells): Result<PopulationSignals> {
  const steps = roundHalfEven(builder.number('refractory') / builder.timeStepSeconds);
  const { cells, before, after, advanced, inputs, currents, parameters } = request;
  const shown = builder.probes('v_peak');
  return expandPopulation(builder, {
    cells,
    model: [
      'v : volt',
      ...(shown ? ['v_peak : volt'] : []),
      ...['I_syn', ...currents].map((name) => `${name} : amp`),
      'countdown : 1',
    ].join('\n'),
    method: 'discrete',
    update: [
      ...before,
      steps > 0 ? `v = where(countdown > 0, v, ${advanced})` : `v = ${advanced}`,
      ...after,
      ...(shown ? ['v_peak = v'] : []),
      ...(steps > 0 ? ['countdown = max(countdown - 1, 0)'] : []),
    ].join('\n'),
    parameters: ['tau_mem', 'bias', 'v_thresh', 'v_reset', 'v_rest', 'noise_std', ...parameters],
    inputs,
    noise: ['noise'],
    threshold: 'v > v_thresh',
    reset: steps > 0 ? `v = v_reset\ncountdown += ${steps}` : 'v = v_reset',
    initial: { v: 'v_reset', ...(shown ? { v_peak: 'v_reset' } : {}) },
  });
}

/** Lays the product of the weights and what arrives: events are counted, or 1 wherever there are any; no input, no product. */
export function layDrive(builder: ElementBuilder, weights: LayerMatrix, result: SignalId): void {
  const channels = builder.inputSize('in');
  if (channels === 0) return;
  const counted = builder.text('input_type') === 'currents' || builder.flag('add_events');
  const vector = eventVector(builder, channels, counted);
  layProduct(builder, { name: 'in/product', matrix: weights, vector, result, access: 'sets' });
}

/** A vector that weighted input is written to in every step; constant zeros where nothing is connected. */
export function driveVector(builder: ElementBuilder, cells: number): SignalId {
  const role = builder.inputSize('in') === 0 ? 'constant' : 'transient';
  return builder.signal({ name: 'drive', shape: [cells], initial: 0, role, unit: 'A' });
}
