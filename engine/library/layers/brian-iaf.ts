/** What the Brian-based integrate-and-fire layers of Rockpool 1.0.7 share: parameters, noise, integration. */
import type { Result } from '../../base/result.ts';
import { i32Local, load, normal } from '../../build/ir/expressions.ts';
import { loop, store } from '../../build/ir/statements.ts';
import { unmade, type ElementBuilder } from '../../build/library-kind.ts';
import { normalAt } from '../../math/normal.ts';
import type { SignalId } from '../../build/ir/types.ts';
import type { ParameterSpec } from '../../model/kind.ts';
import type { PopulationInput, PopulationSignals } from '../../build/population/definition.ts';
import { expandPopulation } from '../../build/population/expand-population.ts';
import { methodParameter, quantity } from '../specs.ts';
import { checkOwnStates, ownEquations, placedAtText, userModel } from './brian-own-equations.ts';

/** A time constant of the cells: integrators cannot follow what is faster than their step. */
export const cellTime = { perCell: true, exclusiveMinimum: 0, minimumSteps: 1 } as const;

/** Parameters common to the layers; `bias` has another default in each. */
export function brianIafParameters(biasMilliampere: number): readonly ParameterSpec[] {
  const perCell = { perCell: true } as const;
  return [
    quantity('tau_mem', 'membrane time constant', 20, 'ms', 'How fast the membrane forgets.', {
      ...cellTime,
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
    noiseParameter,
    methodParameter(['rk4', 'rk2', 'euler', 'exponential-euler', 'exact', 'heun', 'milstein']),
    ownEquations,
  ];
}

/** Strength of the noise of integrate-and-fire layers. */
export const noiseParameter: ParameterSpec = quantity(
  'noise_std',
  'noise current',
  0,
  'mA',
  'Strength of the noise; the stationary deviation of the membrane is about 1.6 times this.',
  { minimum: 0, group: 'Noise' },
);

/**
 * Noise current as Rockpool scales it: noise_std · √(2 tau_mem / dt) · 1.63 per step. It is part of the sampled input
 * current, so the last stage of an integrator sees the noise of the next step.
 */
export const noiseCurrent = ' + noise_std*sqrt(2*tau_mem/dt)*1.63*noise';

export interface BrianMembrane {
  readonly cells: number;
  /** Exponential synaptic currents, with the parameter that is the time constant of each. */
  readonly currents: Readonly<Record<string, string>>;
  /** Current that arrives from outside, if any. */
  readonly input?: PopulationInput;
  /** Parameters that follow a port over time, by name. */
  readonly varying?: Readonly<Record<string, PopulationInput>>;
  /** False for a pure integrator. */
  readonly leak: boolean;
}

const fixed = ['tau_mem', 'bias', 'noise_std', 'v_thresh', 'v_reset', 'v_rest'];

/** The population of an integrate-and-fire layer with membrane resistance 1 Ω, by its own equations or those of the user. */
export function expandBrianIaf(builder: ElementBuilder, membrane: BrianMembrane): Result<PopulationSignals> {
  const { cells, currents, input, varying = {} } = membrane;
  const noisy = builder.number('noise_std') > 0;
  const own = builder.text('neuron_eq');
  const noise: Readonly<Record<string, PopulationInput>> = noisy ? { noise: noiseInput(builder, cells) } : {};
  const sampled: Readonly<Record<string, PopulationInput>> = input === undefined ? {} : { [inputName]: input };
  const text = noisy ? noiseCurrent : '';
  const expanded = expandPopulation(builder, {
    cells,
    model: own === '' ? builtInModel(membrane, text) : userModel(own, currents, `${sampledText(input)}${text}`),
    method: builder.text('method'),
    parameters: [...fixed, ...Object.values(currents)].filter((name) => !(name in varying)),
    inputs: { ...sampled, ...noise, ...varying },
    threshold: 'v > v_thresh',
    reset: 'v = v_reset',
    refractorySeconds: builder.number('refractory'),
    initial: { v: 'v_rest' },
  });
  return own === '' ? expanded : checkOwnStates(placedAtText(expanded), builder.id, Object.keys(currents));
}

const inputName = 'I_in';

function sampledText(input: PopulationInput | undefined): string {
  return input === undefined ? '0*amp' : inputName;
}

function builtInModel({ currents, input, leak }: BrianMembrane, noise: string): string {
  const summed = [...(input === undefined ? [] : [inputName]), 'bias'].join(' + ');
  const synaptic = Object.keys(currents).map((current) => ` + ${current}`);
  return [
    `dv/dt = (${leak ? 'v_rest - v + ' : ''}r_m*I_total)/tau_mem : volt (unless refractory)`,
    `I_total = ${summed}${noise}${synaptic.join('')} : amp`,
    'r_m = 1*ohm : ohm',
    ...Object.entries(currents).map(([current, tau]) => `d${current}/dt = -${current}/${tau} : amp`),
  ].join('\n');
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
