/** Adaptive exponential cells that turn currents into spikes without synapses (norse lif_adex_current_encoder). */
import { andThen, mapResult, ok } from '../../base/result.ts';
import type { ElementKind } from '../../build/library-kind.ts';
import { expandPopulation } from '../../build/population/expand-population.ts';
import { flag } from '../specs.ts';
import { spikeOutput } from '../stimuli/spikes.ts';
import { adExParameters, adExStates } from './ad-ex-cells.ts';
import { cellsAsked, cellsOfInput, inputPerCell, sizeOfInput } from './input-per-cell.ts';

const names = [
  ...['tau_mem_inv', 'tau_ada_inv', 'v_leak', 'v_th', 'v_reset', 'delta_T'],
  ...['adaptation_current', 'adaptation_spike'],
];

export const adExEncoder: ElementKind = {
  id: 'layers/ad-ex-encoder',
  family: 'layers',
  title: 'AdEx current encoder',
  summary: 'Adaptive exponential cells that code currents as spikes, one input channel per cell.',
  keywords: ['norse', 'lif_adex_current_encoder', 'encoder', 'adaptive exponential', 'spiking'],
  parameters: [
    sizeOfInput,
    ...adExParameters.filter(({ name }) => names.includes(name)),
    flag(
      'adaptation_replaced',
      'adaptation replaced',
      false,
      'The adaptation is set to its rate of change in every step instead of moving by it, as released.',
      { group: 'Compatibility', compatibility: true },
    ),
  ],
  inputs: [{ name: 'in', title: 'current', types: ['continuous', 'spikes'], accepts: 'channels', unit: '1' }],
  outputs: [spikeOutput],
  states: adExStates.filter(({ name }) => name !== 'i_syn'),
  equations: [
    'dv/dt = tau_mem_inv · (v_leak − v + delta_T · exp((v − v_th) / delta_T) + x − a)',
    'v > v_th → spike, v = v_reset, a += adaptation_spike',
    'da/dt = tau_ada_inv · (adaptation_current · (v − v_leak) − a), with v after the reset',
  ],
  source: 'norse 1.1.0, lif_adex_current_encoder; forward Euler',
  defaultProbe: 'spikes',
  sizes(request) {
    const cells = cellsAsked(request);
    return ok({ outputs: { spikes: cells }, cells });
  },
  expand(builder) {
    const cells = cellsOfInput(builder);
    const change = 'tau_ada_inv*(adaptation_current*(v - v_leak) - a)';
    const moved = builder.flag('adaptation_replaced') ? `${change}*second` : `a + dt*(${change})`;
    return andThen(inputPerCell(builder, 'in', cells), (x) =>
      mapResult(
        expandPopulation(builder, {
          cells,
          model: 'v : 1\na : 1\nfired : 1',
          method: 'discrete',
          update: [
            'risen = v + dt*tau_mem_inv*((v_leak - v) + delta_T*exp((v - v_th)/delta_T) + x - a)',
            'fired = int(risen > v_th)',
            'v = risen - fired*(risen - v_reset)',
            `a = ${moved} + fired*adaptation_spike`,
          ].join('\n'),
          parameters: names,
          inputs: { x: { signal: x, unit: '1' } },
          threshold: 'fired > 0',
          initial: { v: 'v_leak', a: 0, fired: 0 },
        }),
        () => undefined,
      ),
    );
  },
};
