/** Leaky cells in discrete time (norse LIF, LI): what the feed-forward and the recurrent layer and the integrator share. */
import type { ElementBuilder } from '../../build/library-kind.ts';
import { expandPopulation } from '../../build/population/expand-population.ts';
import type { ParameterSpec, StateSpec } from '../../model/kind.ts';
import { adExParameters, adExStates } from './ad-ex-cells.ts';

const ofLif = new Set(['tau_mem_inv', 'tau_syn_inv', 'v_leak', 'v_th', 'v_reset', 'input_after_decay']);
const ofTraining = new Set(['surrogate', 'sharpness', 'detach_reset']);
const ofIntegrator = new Set(['tau_mem_inv', 'tau_syn_inv', 'v_leak', 'input_after_decay']);

/** Those of the adaptive exponential cells, without adaptation and exponential rise. */
export const lifParameters: readonly ParameterSpec[] = adExParameters.filter(
  ({ name }) => ofLif.has(name) || ofTraining.has(name),
);
/** Those of cells that do not spike. */
export const integratorParameters: readonly ParameterSpec[] = adExParameters.filter(({ name }) =>
  ofIntegrator.has(name),
);
export const lifStates: readonly StateSpec[] = adExStates.filter(({ name }) => name !== 'a');

/** The equations, for people. */
export const integratorEquations: readonly string[] = [
  'dv/dt = tau_mem_inv · (v_leak − v + i)',
  'di/dt = −tau_syn_inv · i',
];
export const lifEquations: readonly string[] = [...integratorEquations, 'v > v_th → spike, v = v_reset'];

type Spiking = Pick<Parameters<typeof expandPopulation>[1], 'threshold' | 'reset' | 'surrogates' | 'outputsAfter'>;

/** The cells, with signals whose sum is what arrives at each. `more`: what they do besides. */
export function expandLif(
  builder: ElementBuilder,
  cells: number,
  arriving: Readonly<Record<string, string>>,
  more: Spiking,
) {
  const x = Object.keys(arriving).join(' + ');
  const late = builder.flag('input_after_decay');
  return expandPopulation(builder, {
    cells,
    model: 'v : 1\ni_syn : 1',
    method: 'discrete',
    update: [
      late ? 'i_jumped = i_syn' : `i_jumped = i_syn + ${x}`,
      'v = v + dt*tau_mem_inv*((v_leak - v) + i_jumped)',
      late ? `i_syn = i_jumped*(1 - dt*tau_syn_inv) + ${x}` : 'i_syn = i_jumped*(1 - dt*tau_syn_inv)',
    ].join('\n'),
    parameters: builder.kind.parameters
      .filter(({ name, perCell }) => ofLif.has(name) && perCell)
      .map(({ name }) => name),
    inputs: Object.fromEntries(Object.entries(arriving).map(([name, signal]) => [name, { signal, unit: '1' }])),
    initial: { v: 'v_leak', i_syn: 0 },
    ...more,
  });
}

/** Threshold and reset of the cells that spike. */
export const spiking = { threshold: 'v > v_th', reset: 'v = v_reset' } as const;
