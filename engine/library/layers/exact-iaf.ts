/** Integrate-and-fire cells advanced exactly from step to step, as NEST has them: what the layers of Rockpool 1.0.7 on NEST share. */
import type { ParameterSpec } from '../../model/kind.ts';
import { quantity } from '../specs.ts';

const perCell = { perCell: true } as const;
const membrane = { ...perCell, group: 'Membrane' } as const;

/** A time constant of the cells; exact steps follow any. */
export function exactTime(name: string, title: string, milliseconds: number, description: string): ParameterSpec {
  return quantity(name, title, milliseconds, 'ms', description, { ...perCell, exclusiveMinimum: 0 });
}

/** Parameters common to the layers. */
export const exactIafParameters: readonly ParameterSpec[] = [
  quantity('tau_mem', 'membrane time constant', 20, 'ms', 'How fast the membrane forgets.', {
    ...{ ...perCell, exclusiveMinimum: 0, minimumSteps: 1, favourite: true },
  }),
  quantity('bias', 'bias current', 15, 'pA', 'Constant current into every cell.', { ...perCell, favourite: true }),
  quantity('conductance', 'leak conductance', 1, 'nS', 'The capacitance is tau_mem · conductance.', {
    ...{ ...membrane, exclusiveMinimum: 0 },
  }),
  quantity('v_thresh', 'threshold', -55, 'mV', 'A cell at or above it spikes.', membrane),
  quantity('v_reset', 'reset', -65, 'mV', 'Membrane after a spike.', membrane),
  quantity('v_rest', 'resting potential', -65, 'mV', 'Membrane at the start and without input.', membrane),
  quantity(
    'refractory',
    'refractory period',
    1,
    'ms',
    'Time after a spike during which the membrane is held, rounded up to whole time steps.',
    { ...membrane, minimum: 0 },
  ),
];

/** Names of the parameters above, for the text of the cells. */
export const exactIafNames = ['tau_mem', 'bias', 'conductance', 'v_thresh', 'v_reset', 'v_rest', 'refractory'] as const;

/** Whole steps of the refractory period, rounded up; what lies within a thousandth of a step counts as whole. */
export const refractorySteps = 'ceil(refractory/dt - 0.001)';

/** Exact solution over one step under a constant current and synaptic currents that decay; unless refractory. */
export function exactMembrane(constant: string, synaptic: readonly { current: string; tau: string }[]): string {
  const kicks = synaptic.map(
    ({ current, tau }) => `dt/(conductance*tau_mem)*exp(-dt/tau_mem)*exprel(dt/tau_mem - dt/${tau})*${current}`,
  );
  return [
    'kept = exp(-dt/tau_mem)',
    `v_next = v_rest + (v - v_rest)*kept + (1 - kept)/conductance*(${constant})${kicks.map((kick) => ` + ${kick}`).join('')}`,
    'v = where(countdown > 0, v, v_next)',
    'countdown = max(countdown - 1, 0)',
  ].join('\n');
}
