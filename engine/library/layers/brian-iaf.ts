/** What the Brian-based integrate-and-fire layers of Rockpool 1.0.7 share: parameters, noise, integration. */
import { i32Local, load, normal } from '../../build/ir/expressions.ts';
import { loop, store } from '../../build/ir/statements.ts';
import { unmade, type ElementBuilder } from '../../build/library-kind.ts';
import { normalAt } from '../../math/normal.ts';
import type { SignalId } from '../../build/ir/types.ts';
import type { ParameterSpec } from '../../model/kind.ts';
import type { PopulationDefinition, PopulationInput } from '../../build/population/definition.ts';
import { methodParameter, quantity } from '../specs.ts';

/** Parameters common to the layers; `bias` has another default in each. */
export function brianIafParameters(biasMilliampere: number): readonly ParameterSpec[] {
  const perCell = { perCell: true } as const;
  return [
    quantity('tau_mem', 'membrane time constant', 20, 'ms', 'How fast the membrane forgets.', {
      ...perCell,
      exclusiveMinimum: 0,
      favourite: true,
    }),
    quantity(
      'bias',
      'bias current',
      biasMilliampere,
      'mA',
      'Constant current into every cell; the membrane resistance is 1 Ω.',
      { ...perCell, favourite: true },
    ),
    quantity('v_thresh', 'threshold', -55, 'mV', 'A cell spikes when its membrane exceeds this.', {
      ...perCell,
      group: 'Membrane',
    }),
    quantity('v_reset', 'reset', -65, 'mV', 'Membrane after a spike.', { ...perCell, group: 'Membrane' }),
    quantity('v_rest', 'resting potential', -65, 'mV', 'Membrane without input.', { ...perCell, group: 'Membrane' }),
    quantity('refractory', 'refractory period', 0, 'ms', 'Time after a spike during which the membrane is held.', {
      minimum: 0,
      group: 'Membrane',
    }),
    quantity(
      'noise_std',
      'noise current',
      0,
      'mA',
      'Strength of the noise; the stationary deviation of the membrane is about 1.6 times this.',
      { minimum: 0, group: 'Noise' },
    ),
    methodParameter(['rk4', 'rk2', 'euler', 'exponential-euler']),
  ];
}

/**
 * Noise current as Rockpool scales it: noise_std · √(2 tau_mem / dt) · 1.63 per step. It is part of the sampled input
 * current, so the last stage of an integrator sees the noise of the next step.
 */
const noiseCurrent = ' + noise_std*sqrt(2*tau_mem/dt)*1.63*noise';

export interface BrianMembrane {
  readonly cells: number;
  /** Further equations (synaptic currents), one per line. */
  readonly more: string;
  /** Name of the synaptic current, if there is one, and further parameters the equations use. */
  readonly synapticCurrent: string | undefined;
  readonly parameters: readonly string[];
  readonly input: PopulationInput;
  /** Pure integrator without leak. */
  readonly leak: boolean;
  readonly initial: Readonly<Record<string, number | string>>;
}

/** The population of an integrate-and-fire layer with membrane resistance 1 Ω. */
export function brianMembrane(builder: ElementBuilder, membrane: BrianMembrane): PopulationDefinition {
  const leak = membrane.leak ? 'v_rest - v + ' : '';
  const synaptic = membrane.synapticCurrent === undefined ? '' : ` + ${membrane.synapticCurrent}`;
  const noise = builder.number('noise_std') > 0 ? noiseCurrent : '';
  return {
    cells: membrane.cells,
    model: [
      `dv/dt = (${leak}r_m*I_total)/tau_mem : volt (unless refractory)`,
      `I_total = I_inp + bias${noise}${synaptic} : amp`,
      'r_m = 1*ohm : ohm',
      membrane.more,
    ].join('\n'),
    method: builder.text('method'),
    parameters: ['tau_mem', 'bias', 'noise_std', 'v_thresh', 'v_reset', 'v_rest', ...membrane.parameters],
    inputs: { I_inp: membrane.input, ...(noise === '' ? {} : { noise: noiseInput(builder, membrane.cells) }) },
    threshold: 'v > v_thresh',
    reset: 'v = v_reset',
    refractorySeconds: builder.number('refractory'),
    initial: { v: 'v_rest', ...membrane.initial },
  };
}

/** Standard normal numbers of this step and of the next one, per cell. */
function noiseInput(builder: ElementBuilder, cells: number): PopulationInput {
  const key = builder.stream('noise');
  const first = builder.stream('noise_first');
  const initial = builder.outline
    ? unmade
    : Float64Array.from({ length: cells }, (_, cell) => normalAt(first, 0, cell));
  const now = builder.signal({ name: 'noise', shape: [cells], initial, role: 'state' });
  const ahead = builder.signal({ name: 'noise_ahead', shape: [cells], initial: 0, role: 'transient' });
  const cell = i32Local('i');
  builder.operator({
    name: 'noise/draw',
    slot: 'inputs',
    sets: [ahead],
    body: [loop('i', 0, cells, [store(ahead, cell, normal(key, cell))])],
  });
  builder.operator({
    name: 'noise/keep',
    slot: 'end',
    reads: [ahead],
    updates: [now],
    body: [loop('i', 0, cells, [store(now, cell, load(ahead, cell))])],
  });
  return { signal: now, ahead, unit: '1' };
}

/** A current input and the same one step ahead. */
export function currentInput(signal: SignalId, ahead: SignalId): PopulationInput {
  return { signal, ahead, unit: 'amp' };
}
