/** Example: norse's LIFAdEx with its own numbers, with and without adaptation, and the recurrent layer of its manual. */
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import { connection, element, example, plot, probe, quantity } from './describe.ts';

/** What arrives in each step while the stimulus is on: i settles at 4 = 0.8 / (dt · 200 Hz). */
export const arriving = 0.8;

/** 1 s in steps of 1 ms, norse's own. */
export function norseAdex(): SpikeloomDocument {
  return example({
    name: 'AdEx of norse',
    note: {
      place: [-340, 0],
      width: 300,
      text: `The same current into two cells: one adapts, the other does not.
Compare their rates, and zoom in on the raster: without adaptation spikes stay 3 ms apart; with it the gaps grow while "a" rises towards its balance (time constant 0.5 s). Below: ten Poisson inputs onto twenty cells that act on each other.
Source: norse, LIFAdEx and LIFAdExRecurrent, with their default numbers.`,
    },
    run: { timeStep: quantity(1, 'ms'), duration: quantity(1, 's'), seed: 1, speed: null },
    elements: [
      element('current', 'stimuli/step', 'Current step', [0, 100], {
        amplitude: quantity(arriving, '1'),
        start: quantity(100, 'ms'),
        stop: quantity(10, 's'),
      }),
      element('adapting', 'layers/lif-ad-ex', 'Adapting', [300, 0], {}),
      element('plain', 'layers/lif-ad-ex', 'Not adapting', [300, 200], {
        adaptation_current: quantity(0, '1'),
        adaptation_spike: quantity(0, '1'),
      }),
      element('poisson', 'stimuli/poisson', 'Poisson input', [0, 380], { size: 10, rate: quantity(200, 'Hz') }),
      element('recurrent', 'layers/lif-ad-ex-recurrent', 'Recurrent', [300, 400], { size: 20 }),
    ],
    connections: [
      connection('current-adapting', 'wire', 'current.out', 'adapting.in'),
      connection('current-plain', 'wire', 'current.out', 'plain.in'),
      connection('poisson-recurrent', 'wire', 'poisson.spikes', 'recurrent.in'),
    ],
    probes: [
      probe('probe-adapting', 'adapting.spikes'),
      probe('probe-plain', 'plain.spikes'),
      probe('probe-recurrent', 'recurrent.spikes'),
      probe('probe-current', 'current.out'),
      probe('probe-poisson', 'poisson.spikes'),
      probe('probe-v', 'adapting.v'),
      probe('probe-a', 'adapting.a'),
    ],
    plots: [
      plot('plot-raster', 'raster', 'probe-adapting', 'probe-plain', 'probe-recurrent'),
      plot('plot-states', 'traces', 'probe-v', 'probe-a'),
    ],
  });
}
