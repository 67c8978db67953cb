/** Example: a layer of one's own, typed as equations: quadratic integrate-and-fire cells, each with a current of its own. */
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import { connection, element, example, plot, probe, quantity } from './describe.ts';

const equations = `dx/dt = (x**2 + I)/tau : 1
I : 1
tau : second (shared)
peak : 1 (shared)`;

/** From the second second on a kick every 200 ms. */
export const ownCells = { count: 21, tauSeconds: 0.01, peak: 10, seconds: 2, kick: 2.5, kicks: 5 };

/** Currents from −2 to 8; below 0 a cell rests. */
export const currents: readonly number[] = Array.from({ length: ownCells.count }, (_, cell) => (cell - 4) / 2);

/** x runs to infinity in finite time; at the peak a cell spikes and begins anew at its opposite. */
export function ownLayer(): SpikeloomDocument {
  return example({
    name: 'A layer of one’s own',
    note: {
      place: [0, -210],
      width: 506,
      text: `A neuron that is in no library, typed as equations in the block "Quadratic cells".
Cell by cell the current I grows from −2 to 8. First second: cells with I > 0 fire, the faster the larger I is: 2 τ / √I · atan(10 / √I) from spike to spike. From then on kicks of 2.5 come to all: a resting cell answers where the kick is larger than 2 √−I, and the first one never does.
Source: Rockpool 1.0.7, "Writing a new Layer subclass"; theory: Ermentrout and Kopell (1986).`,
    },
    run: { timeStep: quantity(0.05, 'ms'), duration: quantity(ownCells.seconds, 's'), seed: 1, speed: null },
    elements: [
      element('kicks', 'stimuli/regular-spikes', 'Kicks', [0, 0], {
        interval: quantity(200, 'ms'),
        first: quantity(1000, 'ms'),
      }),
      element('cells', 'neurons/equations', 'Quadratic cells', [300, 0], {
        size: ownCells.count,
        model: equations,
        threshold_condition: 'x > peak',
        reset_statements: 'x = -peak',
        refractory_period: '',
        event_handlers: 'on synapses: x += w',
        method: 'rk4',
        tau: quantity(1000 * ownCells.tauSeconds, 'ms'),
        peak: quantity(ownCells.peak, '1'),
        I: { values: [...currents], unit: '1' },
        x: { values: currents.map((current) => 0 - Math.sqrt(Math.max(0, -current))), unit: '1' },
      }),
    ],
    connections: [
      connection('kicks-cells', 'all-to-all', 'kicks.spikes', 'cells.synapses', {
        weight: quantity(ownCells.kick, '1'),
      }),
    ],
    probes: [
      probe('probe-kicks', 'kicks.spikes'),
      probe('probe-spikes', 'cells.spikes'),
      probe('probe-x', 'cells.x', [0, 2, 6]),
    ],
    plots: [plot('plot-raster', 'raster', 'probe-spikes'), plot('plot-x', 'traces', 'probe-x')],
  });
}
