/** Example: norse's LIFAdEx with its own numbers, with and without adaptation, and the recurrent layer of its manual. */
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import { connection, element, example, plot, probe, quantity } from './describe.ts';

/** What arrives in each step while the stimulus is on: i settles at 4 = 0.8 / (dt · 200 Hz). */
export const arriving = 0.8;

/** 3 s in steps of 1 ms, norse's own: six time constants of the adaptation. */
export function norseAdex(): SpikeloomDocument {
  return example({
    name: 'AdEx of norse',
    note: {
      place: [0, -170],
      width: 506,
      text: `The same current into two cells: one adapts, the other does not.
Look at the gaps between spikes: without adaptation they stay as they are; with it they grow while "a" rises towards its balance (time constant 0.5 s). Right: ten Poisson inputs onto twenty cells that act on each other.
Source: norse, LIFAdEx and LIFAdExRecurrent, with their default numbers.`,
    },
    run: { timeStep: quantity(1, 'ms'), duration: quantity(3, 's'), seed: 1, speed: null },
    elements: [
      element('current', 'stimuli/step', 'Current step', [0, 110], {
        amplitude: quantity(arriving, '1'),
        start: quantity(100, 'ms'),
        stop: quantity(3000, 'ms'),
      }),
      element('adapting', 'layers/lif-ad-ex', 'Adapting', [300, 0], {}),
      element('plain', 'layers/lif-ad-ex', 'Not adapting', [300, 230], {
        adaptation_current: quantity(0, '1'),
        adaptation_spike: quantity(0, '1'),
      }),
      element('poisson', 'stimuli/poisson', 'Poisson input', [620, 0], { size: 10, rate: quantity(200, 'Hz') }),
      element('recurrent', 'layers/lif-ad-ex-recurrent', 'Recurrent', [920, 0], { size: 20 }),
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
      probe('probe-v', 'adapting.v'),
      probe('probe-a', 'adapting.a'),
    ],
    plots: [
      plot('plot-raster', 'raster', 'probe-adapting', 'probe-plain', 'probe-recurrent'),
      plot('plot-states', 'traces', 'probe-v', 'probe-a'),
    ],
  });
}
